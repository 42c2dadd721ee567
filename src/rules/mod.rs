//! The catalogue: every rule with its metadata, its aliases and its page.
