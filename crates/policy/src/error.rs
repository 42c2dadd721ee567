//! Why policies cannot be compiled.

use crate::complaint::Complaint;
use crate::metadata::Fault;

/// Why a policy cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A fault in a policy.
    Faulty {
        /// The file.
        path: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// What the engine says without a place.
    Engine(String),
}

impl Error {
    pub(crate) fn faulty(path: &str, fault: Fault) -> Self {
        Self::Faulty {
            path: path.to_owned(),
            fault,
        }
    }

    /// What the engine says. What it compiles has the lines of what was written, but not always its columns.
    pub(crate) fn engine(text: &str) -> Self {
        let Complaint {
            path,
            line,
            message,
            ..
        } = Complaint::read(text);
        if path.is_empty() {
            return Self::Engine(message);
        }
        Self::faulty(&path, Fault::new(line, message))
    }
}
