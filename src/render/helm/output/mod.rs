//! From rendered files to documents in the order of installation.

pub mod head;
pub mod order;
pub mod split;
