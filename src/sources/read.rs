//! Reads a candidate once: its bytes, what they are, their text.

use std::sync::Arc;

use crate::sources::candidate::{Candidate, Input};
use crate::sources::kind::{Name, name, sniff_kind};
use crate::sources::template::is_dockerfile_template;
use crate::sources::{Content, FileSystem, Kind, ReadProblem, Source, Unjudged, decode};
use crate::span::{FileId, Span};

/// The largest file that is checked. Larger ones are data; what a Dockerfile of 10 MiB takes fits into 200 MB.
const LARGEST: u64 = 10 << 20;

/// How much of a file is looked at to see whether it is text.
const BEGINNING: usize = 8 << 10;

/// How much of a larger file is looked at to see whether it is ours at all.
const GLANCE: u64 = 64 << 10;

/// Reads a candidate, or says why it is no file of ours. What cannot be read at all is an empty source with a problem; what is not text throughout is
/// read as far as it goes, and the problem says from where it is not.
pub(super) fn read(
    id: FileId,
    candidate: &Candidate,
    files: &dyn FileSystem,
) -> Result<(Source, Option<ReadProblem>), Unjudged> {
    let content = match &candidate.input {
        Input::Memory(bytes, _) => Content {
            bytes: bytes.to_vec(),
            is_whole: true,
        },
        Input::Closed(reason) => return Ok(unreadable(id, candidate, reason)),
        _ => match files.read(&candidate.full, LARGEST, GLANCE) {
            Ok(content) => content,
            Err(error) => {
                let unreadable = || unreadable(id, candidate, &error.to_string());
                return is_ours(candidate).then(unreadable).ok_or(Unjudged::NoKind);
            }
        },
    };
    let bytes = match decode::utf16(&content.bytes) {
        Some(text) => text.into_bytes(),
        None => content.bytes,
    };
    let kind = match kind(candidate, &bytes, files) {
        // What is behind the beginning of it nobody looks at.
        Err(Unjudged::NoKind) if !content.is_whole && name(candidate.file_name()) == Name::Yaml => {
            Kind::Kubernetes
        }
        kind => kind?,
    };
    if !content.is_whole {
        let message = format!("file is larger than {} MiB", LARGEST >> 20);
        return Ok(unreadable(id, candidate, &message));
    }
    Ok(match decode::utf8(bytes) {
        Ok((text, problem)) => (source(id, candidate, kind, text), problem),
        Err(message) => unreadable(id, candidate, message),
    })
}

fn source(id: FileId, candidate: &Candidate, kind: Kind, text: String) -> Source {
    let source = Source::new(id, Arc::clone(&candidate.path), kind, text);
    match candidate.input {
        Input::Disk | Input::Named | Input::Memory(_, true) => source.on_disk(&candidate.full),
        _ => source,
    }
}

/// An empty source that carries a problem: as a manifest, because an empty manifest gives no rows, but an empty Dockerfile lacks all that one should have.
fn unreadable(id: FileId, candidate: &Candidate, reason: &str) -> (Source, Option<ReadProblem>) {
    let problem = ReadProblem {
        message: reason.to_owned(),
        span: Span::default(),
    };
    let source = source(id, candidate, Kind::Kubernetes, String::new());
    (source, Some(problem))
}

/// Whether a file that cannot be read would have been ours, as far as its name shows.
fn is_ours(candidate: &Candidate) -> bool {
    let by_name = name(candidate.file_name());
    matches!(candidate.input, Input::Named) || matches!(by_name, Name::Dockerfile | Name::Yaml)
}

fn kind(candidate: &Candidate, bytes: &[u8], files: &dyn FileSystem) -> Result<Kind, Unjudged> {
    let from_path = candidate.kind_from_path();
    if from_path == Some(Kind::Dockerfile) && is_dockerfile_template(bytes) {
        return Err(Unjudged::Template);
    }
    if let Some(kind) = from_path {
        return Ok(kind);
    }
    let kind = match (name(candidate.file_name()), &candidate.input) {
        (Name::DockerfileTemplate, _) => Err(Unjudged::Template),
        (Name::Other, Input::Disk) => Err(Unjudged::NoKind),
        (name, _) => sniff_kind(name, &candidate.full, bytes, files),
    };
    match kind {
        Ok(Kind::Dockerfile) if is_dockerfile_template(bytes) => Err(Unjudged::Template),
        Err(Unjudged::NoKind) if is_binary(bytes) => Err(Unjudged::Binary),
        kind => kind,
    }
}

/// Whether the beginning of a file holds what no text does.
fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..BEGINNING).unwrap_or(bytes);
    memchr::memchr(0, head).is_some()
}
