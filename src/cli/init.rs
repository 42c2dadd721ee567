//! `hullmark init`: a configuration that changes nothing yet, with a comment on each setting, for what there is in a folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::cli::{CliError, ExitStatus, arguments, listing, migrate, new_config, print_text, say};
use crate::sources::{Kind, Roots, SourceDb};

/// What may be set, all of it switched off by a comment.
const SETTINGS: &str = "\
# Rules, domains or profiles to run (`hullmark rules` lists them); `default` is what runs without this.
# select: [default, image/missing-digest]

# What to leave out; ids of other linters name the rules that cover them.
# ignore: [hadolint:DL3008]

# severity:
#   image/latest-tag: error

# Files that are not checked, as in a .gitignore.
# exclude: [\"vendor/**\"]

# The least severity that fails a run: error, warning, info or never.
# fail-on: warning

# What differs for some paths; the last one that matches has precedence.
# overrides:
#   - paths: [\"dev/**\"]
#     ignore: [kubernetes/missing-memory-limit]

# Findings that are known and not shown: `hullmark baseline` writes the file.
# baseline: hullmark-baseline.txt

# Rules that nothing else here, no comment and no baseline takes away.
# locked: [secret]

# What comments in files may suppress.
# suppressions:
#   reason: required
#   expiry: 90d
";

/// Looks at a folder, and writes a configuration for it.
pub(super) fn init(arguments: &arguments::Init, working: &Path) -> Result<ExitStatus, CliError> {
    let folder = working.join(&arguments.folder);
    let mut db = SourceDb::on_disk(working);
    let files = db.discover(&Roots {
        paths: vec![arguments.folder.clone()],
        ..Roots::default()
    })?;
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for kind in files.iter().filter_map(|file| Some(db.read(*file)?.0.kind)) {
        *counts.entry(kind).or_default() += 1;
    }
    let mut text =
        "# The configuration of hullmark. Nothing is set yet: remove the `#` of what you need.\n"
            .to_owned();
    let found: Vec<String> = counts
        .iter()
        .map(|(kind, count)| counted(*kind, *count))
        .collect();
    if !found.is_empty() {
        // Writing to a String does not fail.
        let _ = writeln!(text, "# Checked here: {}.", found.join(", "));
    }
    text.push('\n');
    text.push_str(SETTINGS);
    new_config::check(&text, &folder)?;
    let others = migrate::found(&folder);
    if !others.is_empty() {
        say(&format!(
            "there are configurations of other linters ({}): `hullmark migrate` makes a hullmark.yml of them",
            others.join(", ")
        ));
    }
    if arguments.stdout {
        return print_text(&text, false);
    }
    new_config::write(&text, &folder, working)?;
    print_text(&format!("{} is written\n", new_config::FILE), false)
}

/// `2 Dockerfiles`.
fn counted(kind: Kind, count: usize) -> String {
    let word = listing::title(kind);
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}
