//! What standard output can show: colors and links.

use std::env;
use std::io::{self, IsTerminal};

use crate::cli::arguments::Color;
use crate::report::Style;

/// Programs that show links and name themselves in `TERM_PROGRAM`.
const PROGRAMS: &[&str] = &[
    "iTerm.app",
    "WezTerm",
    "vscode",
    "ghostty",
    "Hyper",
    "rio",
    "Tabby",
];

/// Terminals that show links and name themselves in `TERM`.
const TERMINALS: &[&str] = &[
    "xterm-kitty",
    "alacritty",
    "xterm-ghostty",
    "foot",
    "wezterm",
];

/// Variables that only terminals with links set.
const MARKS: &[&str] = &[
    "WT_SESSION",
    "DOMTERM",
    "KONSOLE_VERSION",
    "KITTY_WINDOW_ID",
];

/// How a report on standard output looks.
pub(super) fn style(color: Color) -> Style {
    let has_color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal() && !is_set("NO_COLOR"),
    };
    Style {
        color: has_color,
        links: has_color && is_terminal() && shows_links(),
    }
}

/// Whether a person reads standard output on a terminal that understands escape sequences.
fn is_terminal() -> bool {
    io::stdout().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Whether the terminal is known to show links: one that does not would lose the addresses.
fn shows_links() -> bool {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    // A terminal within a terminal passes on what it understands itself.
    if ["TMUX", "STY", "CI"].into_iter().any(is_set) {
        return false;
    }
    // GNOME Terminal and others of its library, since 0.50.
    let has_library = variable("VTE_VERSION")
        .parse::<u32>()
        .is_ok_and(|version| version >= 5000);
    has_library
        || PROGRAMS.contains(&variable("TERM_PROGRAM").as_str())
        || TERMINALS.contains(&variable("TERM").as_str())
        || MARKS.iter().any(|name| is_set(name))
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}
