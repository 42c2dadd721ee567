//! What may stand on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::finding::Severity;
use crate::report::Format;

/// The words that are commands; anything else in their place is a path or a flag of `check`.
const COMMANDS: &[&str] = &[
    "check", "explain", "rules", "test", "parse", "render", "help",
];

/// One linter for Dockerfiles, Kubernetes manifests and GitHub workflows, with rules in Rego.
#[derive(Debug, Parser)]
#[command(
    name = "hullmark",
    version,
    max_term_width = 100,
    disable_help_subcommand = false,
    subcommand_required = true,
    after_help = "`check` is the command if none is named: `hullmark .` is `hullmark check .`\n\n\
        Exit status: 0 if nothing at or above --fail-on was found, 1 if something was, 2 if something could not be done."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check files and folders (the default)
    Check(Check),
    /// Print the page of a rule
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// Try a folder's rules on their fixtures
    Test(Test),
    /// Print the rows that rules see in a file
    Parse(Parse),
    /// Print what a kustomization builds
    Render(Render),
}

/// `hullmark check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Files and folders; `-` reads standard input. A file that is named is checked whatever is excluded
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// How the report looks: text, json, sarif or github; with several, each goes to the --output in the same place
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Vec<Format>,

    /// Where the report goes; `-` is standard output, as is what has no --output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) choice: Choice,

    /// The least severity that fails: error, warning (the default) or info
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    pub(super) fail_on: Option<Severity>,

    /// Leave out paths that match; as in a .gitignore
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,

    /// The name of what standard input holds, for its kind, its configuration and the report
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,

    /// Exit with 0 whatever is found
    #[arg(long)]
    pub(super) exit_zero: bool,

    /// When to color
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,

    /// Count the findings of each rule instead of showing them
    #[arg(long)]
    pub(super) statistics: bool,

    /// List what comments set aside, too
    #[arg(long)]
    pub(super) show_suppressed: bool,
}

/// Which rules, and whose word on them.
#[derive(Debug, Args)]
pub(super) struct Choice {
    /// Run only these: a rule, a domain, a profile, ALL, or a peer's id such as hadolint:DL3007
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) select: Vec<String>,

    /// Do not run these
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,

    /// The configuration, instead of the nearest hullmark.yml
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long)]
    pub(super) isolated: bool,

    /// A folder of your own rules
    #[arg(long, value_name = "DIR")]
    pub(super) policy: Vec<PathBuf>,
}

/// `hullmark explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A rule, or a peer's id such as DL3007
    #[arg(value_name = "RULE", required = true)]
    pub(super) rules: Vec<String>,

    #[command(flatten)]
    pub(super) choice: Choice,
}

/// `hullmark rules`.
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// text or json
    #[arg(long, value_enum, default_value_t = ListFormat::Text, value_name = "FORMAT")]
    pub(super) format: ListFormat,

    #[command(flatten)]
    pub(super) choice: Choice,
}

/// `hullmark test`.
#[derive(Debug, Args)]
pub(super) struct Test {
    /// The folder: rules are `<domain>/<rule>.rego`, fixtures `fixtures/<domain>/<rule>/bad*` and `good*`
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

/// `hullmark parse`.
#[derive(Debug, Args)]
pub(super) struct Parse {
    /// The file; `-` reads standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// Only this table
    #[arg(long, value_name = "NAME")]
    pub(super) table: Vec<String>,

    /// The name of what standard input holds
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,
}

/// `hullmark render`.
#[derive(Debug, Args)]
pub(super) struct Render {
    /// The folder of the kustomization, or its file
    #[arg(value_name = "DIR")]
    pub(super) target: PathBuf,

    /// Show beside each line where it was written
    #[arg(long)]
    pub(super) origins: bool,
}

/// When to color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How a list of rules looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

/// The words of a severity.
pub(super) fn severity(word: &str) -> Result<Severity, String> {
    [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .find(|severity| severity.name() == word)
        .ok_or_else(|| "error, warning or info".to_owned())
}

/// Reads the arguments, the program's name first; puts `check` where no command is named.
pub(super) fn read(mut arguments: Vec<OsString>) -> Result<Arguments, clap::Error> {
    let first = arguments.get(1).and_then(|first| first.to_str());
    let is_command = first.is_some_and(|first| {
        COMMANDS.contains(&first) || ["-h", "--help", "-V", "--version"].contains(&first)
    });
    if !is_command {
        let at = arguments.len().min(1);
        arguments.insert(at, OsString::from("check"));
    }
    Arguments::try_parse_from(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }

    #[test]
    fn check_is_the_command_if_none_is_named() {
        let read = |words: &[&str]| super::read(words.iter().map(OsString::from).collect());
        for words in [
            &["hullmark"][..],
            &["hullmark", "a"],
            &["hullmark", "--format", "json"],
        ] {
            assert!(matches!(read(words).unwrap().command, Command::Check(_)));
        }
        assert!(matches!(
            read(&["hullmark", "rules"]).unwrap().command,
            Command::Rules(_)
        ));
        assert!(read(&["hullmark", "--format", "xml"]).is_err());
    }
}
