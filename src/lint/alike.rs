//! What messages have in common that say the same of several subjects.

/// How a message begins to say with which values it holds.
const NOTE: &str = ", with `";

/// The version that a message is about, the first name in it.
pub(super) fn version(message: &str) -> &str {
    message.split('`').nth(1).unwrap_or_default()
}

/// A message without what an earlier pass added.
pub(super) fn plain(message: &str) -> &str {
    message
        .find(" (like ")
        .map_or(message, |end| &message[..end])
}

/// A message without the name of its subject, and without the values that it takes.
pub(super) fn lacks(message: &str) -> &str {
    let message = plain(message);
    let message = match message.find(NOTE) {
        Some(end) => &message[..end + NOTE.len()],
        None => message,
    };
    let name = message
        .split_once('`')
        .and_then(|(_, rest)| rest.split_once('`'));
    name.map_or(message, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::{lacks, plain};

    #[test]
    fn messages_are_compared_without_names_and_counts() {
        let message = "container `web` has no memory limit (like 2 more in this file)";
        assert_eq!(plain(message), "container `web` has no memory limit");
        assert_eq!(lacks(message), " has no memory limit");
        assert_eq!(lacks("no name"), "no name");
        assert_eq!(lacks("`a` is b, with `c.d: true`"), " is b, with `");
    }
}
