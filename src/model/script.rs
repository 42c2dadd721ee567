//! Shell scripts and their commands as rows, wherever a script is written.
