//! References to images: registry, repository, tag and digest, wherever they are written.
