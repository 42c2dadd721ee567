//! From rendered files to documents in the order of installation.

pub mod documents;
pub mod head;
pub mod order;
pub mod split;
