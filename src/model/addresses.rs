//! Addresses of the web in a script: whether each names one commit, so that what is there never changes.

use crate::parse::shell::script::Script;

/// The length of a commit's hash.
const HASH: usize = 40;

/// What is known of the addresses of one pipeline.
#[derive(Clone, Copy, Default)]
pub(super) struct Pipeline {
    /// The place of the first command with an address.
    first: Option<u32>,
    /// The place of the first command with an address that names no commit.
    loose: Option<u32>,
}

impl Pipeline {
    /// Whether there are addresses up to a place, and all name a commit.
    pub(super) fn of(self, place: u32) -> bool {
        self.first.is_some_and(|first| first <= place)
            && self.loose.is_none_or(|loose| loose > place)
    }
}

/// What is known of each pipeline's addresses.
pub(super) fn of_pipelines(script: &Script, count: usize) -> Vec<Pipeline> {
    let mut pipelines = vec![Pipeline::default(); count];
    for command in &script.commands {
        let pipeline = &mut pipelines[command.pipeline as usize];
        let place = command.place;
        for word in &command.words {
            for (at, _) in word.text.match_indices("://") {
                let earliest = |known: Option<u32>| Some(known.map_or(place, |it| it.min(place)));
                pipeline.first = earliest(pipeline.first);
                if !names_commit(&word.text[at + 3..]) {
                    pipeline.loose = earliest(pipeline.loose);
                }
            }
        }
    }
    pipelines
}

/// Whether a part of an address, from its host on, is a full hash.
fn names_commit(address: &str) -> bool {
    let end = address.find(|sign: char| sign.is_whitespace() || "\"'`)".contains(sign));
    let address = &address[..end.unwrap_or(address.len())];
    let mut parts = address.split(['/', '@', '=', '?', '#']).skip(1);
    parts.any(|part| part.len() == HASH && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_a_whole_hash() {
        let hash = "0123456789abcdef0123456789abcdef01234567";
        assert!(names_commit(&format!(
            "raw.githubusercontent.com/a/b/{hash}/install.sh)"
        )));
        assert!(names_commit(&format!("cdn.jsdelivr.net/gh/a/b@{hash}/x")));
        assert!(!names_commit("raw.githubusercontent.com/a/b/main/x"));
        assert!(!names_commit(&format!("x.org/y \"{hash}\"")));
        assert!(!names_commit("x.org/0123456/y"));
    }
}
