//! The words of a command line that starts a component of Kubernetes, and the flags among them.

use hullmark_tables::{ComponentFlag, Components, component_flag, components};

use crate::model::kubernetes::value;
use crate::model::row::RowBuilder;
use crate::parse::yaml::tree::{NodeId, Tree};

/// The components, as their programs are called.
const COMPONENTS: [&str; 5] = [
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "etcd",
    "kubelet",
];

/// Switches, which take no word behind them as their value.
const SWITCHES: [&str; 16] = [
    "--anonymous-auth",
    "--auto-tls",
    "--allow-privileged",
    "--client-cert-auth",
    "--enable-bootstrap-token-auth",
    "--kubelet-https",
    "--leader-elect",
    "--make-iptables-util-chains",
    "--peer-auto-tls",
    "--peer-client-cert-auth",
    "--profiling",
    "--protect-kernel-defaults",
    "--rotate-certificates",
    "--rotate-server-certificates",
    "--service-account-lookup",
    "--use-service-account-credentials",
];

/// Flags as they are read.
#[derive(Default)]
pub(super) struct Flags {
    /// Name, value if it is known, and path.
    pub(super) found: Vec<(String, Option<String>, String)>,
    pub(super) is_open: bool,
}

/// A word of a command line: its text, `None` if it is not known, and its path.
pub(super) struct Token<'t> {
    pub(super) text: Option<&'t str>,
    pub(super) path: String,
    /// Whether it is the program of a container that names none, as its image does.
    pub(super) is_implied: bool,
}

/// The program of a container that names none: its image is called like it.
pub(super) fn implied(tree: &Tree, container: NodeId) -> Option<Token<'_>> {
    let image = tree.text_at(container, "image")?;
    let last = image.rsplit('/').next()?;
    let name = last.split([':', '@']).next()?;
    COMPONENTS.contains(&name).then_some(Token {
        text: Some(name),
        path: String::new(),
        is_implied: true,
    })
}

/// The words of `command` or `args`; a script in one word becomes its words.
pub(super) fn words<'t>(
    tree: &'t Tree,
    container: NodeId,
    list: &str,
    tokens: &mut Vec<Token<'t>>,
) {
    let Some(node) = value::child(tree, container, list) else {
        return;
    };
    let mut token = |text, path: &str| {
        tokens.push(Token {
            text,
            path: path.to_owned(),
            is_implied: false,
        });
    };
    if value::is_unknown(tree, node) {
        token(None, list);
        return;
    }
    for (number, item) in tree.items(node).iter().enumerate() {
        let path = format!("{list}.{number}");
        match tree.text(*item) {
            Some(text) if is_script(text) => {
                let parts = text.split_whitespace().filter(|part| *part != "\\");
                for part in parts {
                    token(Some(part.trim_matches(['"', '\''])), &path);
                }
            }
            Some(text) if !value::is_unknown(tree, *item) || text.contains('=') => {
                token(Some(text), &path);
            }
            _ => token(None, &path),
        }
    }
}

/// Whether a word is a script that starts a component.
fn is_script(text: &str) -> bool {
    text.contains(char::is_whitespace)
        && !text.starts_with('-')
        && text
            .split_whitespace()
            .any(|part| component(part).is_some())
}

/// The component that a word names, with or without its folder.
fn component(word: &str) -> Option<&'static str> {
    if word.starts_with('-') || word.contains('=') {
        return None;
    }
    let name = word.rsplit('/').next()?;
    COMPONENTS.into_iter().find(|component| *component == name)
}

/// Programs that start the one behind them.
const STARTERS: [&str; 12] = [
    "bash",
    "dumb-init",
    "env",
    "exec",
    "go-runner",
    "hyperkube",
    "nice",
    "nsenter",
    "setsid",
    "sh",
    "sudo",
    "tini",
];

/// Words of a script behind which a command begins.
const SEPARATORS: [&str; 7] = ["&&", "||", "|", ";", "&", "then", "do"];

/// The component that is started, and the number of the word that says so.
pub(super) fn program(tokens: &[Token<'_>]) -> Option<(&'static str, usize)> {
    let mut is_start = true;
    let mut is_hyperkube = false;
    for (number, token) in tokens.iter().enumerate() {
        let word = token.text.unwrap_or_default();
        let found = match word {
            "apiserver" if is_hyperkube => Some("kube-apiserver"),
            "controller-manager" if is_hyperkube => Some("kube-controller-manager"),
            "scheduler" if is_hyperkube => Some("kube-scheduler"),
            _ => component(word),
        };
        if let Some(component) = found.filter(|_| is_start) {
            return Some((component, number));
        }
        let name = word.rsplit('/').next().unwrap_or_default();
        is_hyperkube = name == "hyperkube";
        let goes_on = word.starts_with('-') || word.contains('=') || STARTERS.contains(&name);
        is_start = SEPARATORS.contains(&word) || word.ends_with(';') || (is_start && goes_on);
    }
    None
}

/// A flag with two dashes before it and dashes between its words.
pub(super) fn plain(name: &str) -> String {
    let name = name.trim_start_matches('-').replace('_', "-");
    ["--", &name].concat()
}

impl Flags {
    /// Reads the flags behind the program, up to what ends its command in a script.
    pub(super) fn read(&mut self, tokens: &[Token<'_>]) {
        let mut number = 0;
        while let Some(token) = tokens.get(number) {
            number += 1;
            let Some(text) = token.text else {
                self.is_open = true;
                continue;
            };
            if matches!(text, ";" | "&&" | "||" | "|" | "&") {
                break;
            }
            if !text.starts_with('-') {
                self.is_open |= value::is_templated(text) || text.starts_with('$');
                continue;
            }
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (text, None),
            };
            if value::is_templated(name) {
                self.is_open = true;
                continue;
            }
            let name = plain(name);
            let next = tokens.get(number).and_then(|next| next.text);
            let follows =
                next.filter(|next| !next.starts_with('-') && !SWITCHES.contains(&name.as_str()));
            let (value, path) = match (value, follows) {
                (Some(value), _) => (value.trim_matches(['"', '\'']), &token.path),
                (None, Some(next)) => {
                    number += 1;
                    (next, &tokens[number - 1].path)
                }
                (None, None) if SWITCHES.contains(&name.as_str()) => ("true", &token.path),
                (None, None) => ("", &token.path),
            };
            let is_known = !value::is_templated(value) && !value.starts_with('$');
            self.found
                .push((name, is_known.then(|| value.to_owned()), path.clone()));
        }
    }

    /// Sets the columns that say which flags are written.
    pub(super) fn set(&self, row: RowBuilder<Components>) -> RowBuilder<Components> {
        let names = self.found.iter().map(|(name, ..)| name);
        let known = self.found.iter();
        let known = known.filter_map(|(name, value, _)| Some((name.clone(), value.as_deref()?)));
        let settings: Vec<RowBuilder<ComponentFlag>> = self
            .found
            .iter()
            .map(|(name, value, path)| {
                RowBuilder::new()
                    .text(component_flag::name, name)
                    .maybe_text(component_flag::value, value.as_deref())
                    .text(component_flag::field, path)
            })
            .collect();
        row.texts(components::written, names)
            .map(components::flags, known)
            .set(components::settings, settings)
            .set(components::is_whole, !self.is_open)
    }
}
