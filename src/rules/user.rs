//! A user's own rules: the same form and the same rights as ours, with messages that say where and what to write.
