//! Reads small YAML files of which only values count, not places: kustomizations, patches, autoscalers.

use std::path::Path;

use serde_yaml::Value;

use crate::sources::FileSystem;

/// How many documents of a file are read.
const MOST: usize = 64;

/// The documents of a text, up to the first that is no YAML.
pub(super) fn documents(text: &str) -> Vec<Value> {
    use serde::Deserialize;
    let documents = serde_yaml::Deserializer::from_str(text).take(MOST);
    documents
        .map_while(|document| Value::deserialize(document).ok())
        .collect()
}

/// The bytes of a regular file, if there are at most that many.
pub(super) fn whole(files: &dyn FileSystem, path: &Path, most: u64) -> Option<Vec<u8>> {
    if !files.is_file(path) {
        return None;
    }
    let content = files.read(path, most, 0).ok()?;
    content.is_whole.then_some(content.bytes)
}
