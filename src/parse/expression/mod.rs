//! `${{ }}` expressions: where they stand in the file, what they read, and what is wrong with them.
