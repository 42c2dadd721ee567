//! Whether the replicas of a program elect a leader: one of them works, and the others wait.

use crate::parse::yaml::tree::{NodeId, Tree};

/// Whether an option or a variable of a container switches the election on.
pub(super) fn is_elected(tree: &Tree, spec: NodeId) -> bool {
    let containers = tree.get(spec, "containers");
    let containers = containers.map(|list| tree.items(list)).unwrap_or_default();
    containers.iter().any(|container| {
        let words = ["command", "args"].into_iter();
        let lists = words.filter_map(|name| tree.get(*container, name));
        let mut words = lists
            .flat_map(|list| tree.items(list))
            .filter_map(|word| tree.text(*word));
        let env = tree.get(*container, "env");
        let mut env = env.map(|list| tree.items(list)).unwrap_or_default().iter();
        words.any(is_switch)
            || env.any(|item| {
                let name = tree.text_at(*item, "name").unwrap_or_default();
                let value = tree.text_at(*item, "value").unwrap_or("true");
                is_named(&name.to_ascii_lowercase().replace('_', "-")) && !is_off(value)
            })
    })
}

/// Whether a word of a command line does: `--leader-elect`, `-enable-leader-election=true`.
fn is_switch(word: &str) -> bool {
    word.starts_with('-') && {
        let option = word.trim_start_matches('-');
        let (name, value) = option.split_once('=').unwrap_or((option, "true"));
        is_named(&name.to_ascii_lowercase()) && !is_off(value)
    }
}

fn is_named(name: &str) -> bool {
    let plain = name.replace('-', "");
    plain.contains("leaderelect") && !name.starts_with("no-") && !name.starts_with("disable")
}

fn is_off(value: &str) -> bool {
    matches!(value.trim(), "false" | "False" | "0" | "no" | "off")
}

#[cfg(test)]
mod tests {
    use super::is_switch;

    #[test]
    fn options_switch_the_election_on() {
        for word in [
            "--leader-elect",
            "--leader-elect=true",
            "-enable-leader-election",
            "--leaderElection",
            "--leader-election-id=web",
        ] {
            assert!(is_switch(word), "{word}");
        }
        for word in [
            "--leader-elect=false",
            "--no-leader-election",
            "--disable-leader-election",
            "leader",
            "--port=1",
        ] {
            assert!(!is_switch(word), "{word}");
        }
    }
}
