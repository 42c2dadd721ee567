//! Shell scripts: `brush-parser` behind our own commands and words, with their bytes in the file.
