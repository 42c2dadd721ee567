//! Reads a candidate once: its bytes, what they are, their text.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::sources::context::Surroundings;
use crate::sources::kind::{Name, name, told_by_content};
use crate::sources::template::is_dockerfile_template;
use crate::sources::{Candidate, Kind, Origin, ReadProblem, Source, decode};
use crate::span::{Lines, Span};

/// The largest file that is judged. Larger ones are data; what a Dockerfile of 10 MiB takes fits into 200 MB.
const LARGEST: u64 = 10 << 20;

/// How much of a larger file is looked at to see whether it is ours at all.
const GLANCE: u64 = 64 << 10;

/// Reads a candidate; nothing if it is no file of ours. What cannot be read at all is an empty source with a problem; what is no text throughout is
/// read as far as it goes, and the problem says from where it is not.
pub fn read(candidate: &Candidate) -> Option<(Source, Option<ReadProblem>)> {
    let (bytes, is_whole) = match &candidate.origin {
        Origin::Memory(bytes) => (bytes.to_vec(), true),
        Origin::Closed(reason) => return Some(unreadable(candidate, reason)),
        Origin::Disk | Origin::Named => match load(&candidate.full) {
            Ok(loaded) => loaded,
            Err(error) => {
                return is_ours(candidate).then(|| unreadable(candidate, &error.to_string()));
            }
        },
    };
    let bytes = match decode::utf16(&bytes) {
        Some(text) => text.into_bytes(),
        None => bytes,
    };
    let kind = kind(candidate, &bytes)?;
    if !is_whole {
        let message = format!("file is larger than {} MiB", LARGEST >> 20);
        return Some(unreadable(candidate, &message));
    }
    match decode::utf8(bytes) {
        Ok((text, problem)) => Some((source(candidate, kind, text), problem)),
        Err(message) => Some(unreadable(candidate, message)),
    }
}

fn source(candidate: &Candidate, kind: Kind, text: String) -> Source {
    Source {
        path: Arc::clone(&candidate.path),
        kind,
        lines: Lines::of(&text),
        text,
        surroundings: match candidate.origin {
            Origin::Disk | Origin::Named => {
                Some(Surroundings::new(&candidate.full, &candidate.disk))
            }
            Origin::Memory(_) | Origin::Closed(_) => None,
        },
    }
}

/// An empty source that carries a problem: as a manifest, because an empty manifest gives no rows, but an empty Dockerfile lacks all that one should have.
fn unreadable(candidate: &Candidate, reason: &str) -> (Source, Option<ReadProblem>) {
    let problem = ReadProblem {
        message: reason.to_owned(),
        span: Span::default(),
    };
    (
        source(candidate, Kind::Kubernetes, String::new()),
        Some(problem),
    )
}

/// The bytes of a regular file, and whether they are all of them.
fn load(path: &Path) -> io::Result<(Vec<u8>, bool)> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let is_whole = size <= LARGEST;
    let wanted = if is_whole { LARGEST } else { GLANCE };
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(wanted)).unwrap_or(0) + 1);
    file.take(wanted).read_to_end(&mut bytes)?;
    Ok((bytes, is_whole))
}

/// Whether a file that cannot be read would have been ours, as far as its name can tell.
fn is_ours(candidate: &Candidate) -> bool {
    let by_name = name(candidate.file_name());
    matches!(candidate.origin, Origin::Named) || matches!(by_name, Name::Dockerfile | Name::Yaml)
}

fn kind(candidate: &Candidate, bytes: &[u8]) -> Option<Kind> {
    let told = candidate.told_kind();
    if told == Some(Kind::Dockerfile) && is_dockerfile_template(bytes) {
        return None;
    }
    told.or_else(|| match (name(candidate.file_name()), &candidate.origin) {
        (Name::Other, Origin::Disk) => None,
        (name, _) => told_by_content(name, &candidate.full, bytes),
    })
}
