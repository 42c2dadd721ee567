//! What may be on the command line.

mod adoption;
mod words;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use crate::cli::arguments::adoption::{
    Baseline, Completions, Init, Man, Migrate, Schema, Suppressions,
};
use crate::cli::arguments::words::{FAIL_ON, FORMAT, GROUPING, SEVERITY};
use crate::config::{FailOn, Flags, Target};
use crate::diagnostic::Severity;
use crate::report::Format;
use crate::report::statistics::Grouping;
use crate::suggestion::{did_you_mean, misspelt};

/// The words that are commands; anything else in their place is a path or a flag of `check`.
const COMMANDS: &[&str] = &[
    "check",
    "baseline",
    "init",
    "migrate",
    "schema",
    "suppressions",
    "completions",
    "man",
    "explain",
    "rules",
    "test",
    "parse",
    "render",
    "help",
];

/// What other linters call a command of ours.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("lint", "check"),
    ("scan", "check"),
    ("list", "rules"),
    ("version", "--version"),
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
        Flags of `check` may be given as variables of the environment: HULLMARK_FAIL_ON=error, HULLMARK_NO_CONTEXT=true.\n\n\
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
    /// Write today's findings to a file, so that `check` shows only new ones
    Baseline(Baseline),
    /// Write a hullmark.yml with a comment on each setting
    Init(Init),
    /// Make a hullmark.yml of the configurations of other linters
    Migrate(Migrate),
    /// List the comments that suppress findings, with their reasons and their age
    Suppressions(Suppressions),
    /// Print the JSON Schema of hullmark.yml, for editors
    Schema(Schema),
    /// Print what a shell needs to complete commands and flags
    Completions(Completions),
    /// Print a page of the manual
    Man(Man),
    /// Print the page of a rule
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// Try a folder's rules on their fixtures
    Test(Test),
    /// Print the rows that rules see in a file
    Parse(Parse),
    /// Print the manifests that a Helm chart or a kustomization comes to
    Render(Render),
}

/// `hullmark check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Files and folders; `-` reads standard input. A file that is named is checked whatever is excluded, without --force-exclude
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// How the report looks: text (the default), concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson, rdjsonl, sonarqube, azure,
    /// markdown or html; with several, each goes to the --output in the same place
    #[arg(long, value_name = "FORMAT", value_parser = FORMAT, hide_possible_values = true, env = "HULLMARK_FORMAT", hide_env = true)]
    pub(super) format: Vec<Format>,

    /// Where the report goes; `-` is standard output, as is what has no --output
    #[arg(
        long,
        short,
        value_name = "FILE",
        env = "HULLMARK_OUTPUT",
        hide_env = true
    )]
    pub(super) output: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) choice: Choice,

    /// The least severity that fails: error, warning (the default) or info; or never
    #[arg(long, value_name = "SEVERITY", value_parser = FAIL_ON, hide_possible_values = true, env = "HULLMARK_FAIL_ON", hide_env = true)]
    pub(super) fail_on: Option<FailOn>,

    /// Show only findings of this severity and above: error, warning or info; the exit status is that of all findings
    #[arg(long, value_name = "SEVERITY", value_parser = SEVERITY, hide_possible_values = true, env = "HULLMARK_SEVERITY", hide_env = true)]
    pub(super) severity: Option<Severity>,

    #[command(flatten)]
    pub(super) scope: Scope,

    /// The name of what standard input holds, for its kind, its configuration and the report
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,

    /// Exit with 0 whatever is found
    #[arg(long, env = "HULLMARK_EXIT_ZERO", hide_env = true)]
    pub(super) exit_zero: bool,

    /// When to color
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN", env = "HULLMARK_COLOR", hide_env = true)]
    pub(super) color: Color,

    /// Count the findings by rule, severity, folder or file instead of showing them; beside a format for other programs, on standard error
    #[arg(
        long,
        value_name = "BY",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "rule",
        value_parser = GROUPING,
        hide_possible_values = true,
        env = "HULLMARK_STATISTICS", hide_env = true
    )]
    pub(super) statistics: Option<Grouping>,

    /// Say on standard error what the run spends its time on, by parser, model and rule
    #[arg(long, env = "HULLMARK_TIMINGS", hide_env = true)]
    pub(super) timings: bool,

    /// Do not show on a terminal how far a long run is
    #[arg(long, env = "HULLMARK_NO_PROGRESS", hide_env = true)]
    pub(super) no_progress: bool,

    /// List suppressed findings too
    #[arg(long, env = "HULLMARK_SHOW_SUPPRESSED", hide_env = true)]
    pub(super) show_suppressed: bool,

    /// Let no comment or annotation in a file suppress anything: for audits
    #[arg(long, env = "HULLMARK_NO_SUPPRESSIONS", hide_env = true)]
    pub(super) no_suppressions: bool,

    /// Suppress each finding by a comment in its file, with this reason if there is one, instead of reporting it
    #[arg(
        long,
        value_name = "REASON",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        conflicts_with_all = ["no_suppressions", "format", "output", "statistics", "show_files", "show_settings"],
        env = "HULLMARK_ADD_IGNORES",
        hide_env = true
    )]
    pub(super) add_ignores: Option<String>,

    /// Show only findings that are not in this file, which `hullmark baseline` writes, instead of the configuration's `baseline`
    #[arg(long, value_name = "FILE", env = "HULLMARK_BASELINE", hide_env = true)]
    pub(super) baseline: Option<PathBuf>,

    /// Use no baseline
    #[arg(long, conflicts_with = "baseline")]
    pub(super) no_baseline: bool,

    /// Show only findings on lines that changed since a revision, and those that the change causes elsewhere; `auto` is the base of the pull request
    #[arg(
        long,
        value_name = "REV",
        conflicts_with = "stdin_filename",
        env = "HULLMARK_DIFF_BASE",
        hide_env = true
    )]
    pub(super) diff_base: Option<String>,
}

/// Which rules, and from which configuration.
#[derive(Clone, Debug, Args)]
pub(super) struct Choice {
    /// Run only these: a rule, a domain, a profile, ALL, another tool, or an id of one such as hadolint:DL3007
    #[arg(
        long,
        value_name = "RULES",
        value_delimiter = ',',
        env = "HULLMARK_SELECT",
        hide_env = true
    )]
    pub(super) select: Vec<String>,

    /// Do not run these
    #[arg(
        long,
        value_name = "RULES",
        value_delimiter = ',',
        env = "HULLMARK_IGNORE",
        hide_env = true
    )]
    pub(super) ignore: Vec<String>,

    /// The configuration, instead of the nearest hullmark.yml
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "isolated",
        env = "HULLMARK_CONFIG",
        hide_env = true
    )]
    pub(super) config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long)]
    pub(super) isolated: bool,

    /// Take the configuration and its policies from a revision of the repository, or a folder (`./` or `/` first), not from the checkout
    #[arg(long, value_name = "REV", conflicts_with_all = ["isolated", "config"], env = "HULLMARK_CONFIG_FROM", hide_env = true)]
    pub(super) config_from: Option<String>,

    /// A folder of your own rules
    #[arg(long, value_name = "DIR", env = "HULLMARK_POLICY", hide_env = true)]
    pub(super) policy: Vec<PathBuf>,
}

/// The flags about files.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Scope {
    /// Leave out paths that match, separated by commas; as in a .gitignore
    #[arg(long, value_name = "GLOBS", env = "HULLMARK_EXCLUDE", hide_env = true)]
    pub(super) exclude: Vec<String>,

    /// Leave out what is excluded and what is test data even if it is named: for hooks, which name every file
    #[arg(long, env = "HULLMARK_FORCE_EXCLUDE", hide_env = true)]
    pub(super) force_exclude: bool,

    /// Show the findings in test data, examples, vendored code and superseded releases, too
    #[arg(long, env = "HULLMARK_INCLUDE_TESTS", hide_env = true)]
    pub(super) include_tests: bool,

    /// Read nothing but what is named: rules that join several files do not see the rest of the repository
    #[arg(long, env = "HULLMARK_NO_CONTEXT", hide_env = true)]
    pub(super) no_context: bool,

    /// The release of Kubernetes, or the range, that manifests are for: 1.34, 1.29-1.36
    #[arg(long, value_name = "VERSION", env = "HULLMARK_KUBERNETES", hide_env = true, value_parser = target)]
    pub(super) kubernetes: Option<Target>,

    /// List the files that are judged, and the others with the reason, instead of checking
    #[arg(long, conflicts_with = "show_settings")]
    pub(super) show_files: bool,

    /// Print the configuration that is in effect, for one file if that is named, and where it comes from, instead of checking
    #[arg(long)]
    pub(super) show_settings: bool,
}

/// `hullmark explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A rule, or another tool's id such as DL3007
    #[arg(value_name = "RULE", required = true)]
    pub(super) rules: Vec<String>,

    /// Print how the rule runs instead: its filters, joins, preconditions and the text that the engine gets
    #[arg(long)]
    pub(super) plan: bool,

    #[command(flatten)]
    pub(super) choice: Choice,
}

/// `hullmark rules`.
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// text, json, or markdown: a page of all rules, profiles and ids of other tools
    #[arg(long, value_enum, default_value_t = ReferenceFormat::Text, value_name = "FORMAT")]
    pub(super) format: ReferenceFormat,

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
    #[arg(value_name = "FILE", required_unless_present = "tables")]
    pub(super) file: Option<PathBuf>,

    /// List the tables and their columns instead
    #[arg(long, conflicts_with_all = ["file", "stdin_filename"])]
    pub(super) tables: bool,

    /// Only this table
    #[arg(long, value_name = "NAME")]
    pub(super) table: Vec<String>,

    /// text or json
    #[arg(long, value_enum, default_value_t = ListFormat::Text, value_name = "FORMAT")]
    pub(super) format: ListFormat,

    /// The name of what standard input holds
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,
}

/// `hullmark render`.
#[derive(Debug, Args)]
pub(super) struct Render {
    /// The folder of a chart, or of a kustomization
    #[arg(value_name = "FOLDER")]
    pub(super) folder: PathBuf,

    /// A file of values; later ones win
    #[arg(long, short = 'f', value_name = "FILE")]
    pub(super) values: Vec<PathBuf>,

    /// A value, such as image.tag=v1
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,

    /// A value that is text, whatever it looks like
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set_string: Vec<String>,

    /// A value as JSON
    #[arg(long, value_name = "KEY=JSON")]
    pub(super) set_json: Vec<String>,

    /// The name of the release
    #[arg(long, value_name = "NAME", default_value = "release-name")]
    pub(super) release: String,

    /// The namespace of the release
    #[arg(long, short, value_name = "NAME", default_value = "default")]
    pub(super) namespace: String,

    /// The version of Kubernetes to render for
    #[arg(long, value_name = "VERSION")]
    pub(super) kube_version: Option<String>,

    /// An API version that the cluster has beside the usual ones
    #[arg(long, short, value_name = "VERSION", value_delimiter = ',')]
    pub(super) api_versions: Vec<String>,

    /// Print the files of crds/ as well
    #[arg(long)]
    pub(super) include_crds: bool,

    /// Render as an upgrade of a release
    #[arg(long)]
    pub(super) is_upgrade: bool,

    /// Print the text of NOTES.txt instead
    #[arg(long, conflicts_with = "origins")]
    pub(super) notes: bool,

    /// Show beside each line the template's line and the value's line that it comes from
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

/// How tables and their rows look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

/// How a list of rules looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReferenceFormat {
    /// For a person.
    Text,
    /// For a program.
    Json,
    /// A page to publish.
    Markdown,
}

/// The value of `--kubernetes`.
fn target(text: &str) -> Result<Target, String> {
    Target::parse(text).ok_or_else(|| "a release as 1.34 or a range as 1.29-1.36".to_owned())
}

impl Choice {
    /// The flags as the library takes them.
    pub(super) fn flags(&self) -> Flags {
        Flags {
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            config: self.config.clone(),
            isolated: self.isolated,
            config_from: self.config_from.clone(),
            policy: self.policy.clone(),
            without_suppressions: false,
        }
    }
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

/// Why the first argument, which is no command and no path, is most likely a misspelt command.
pub(super) fn misspelt_command(arguments: &[OsString]) -> Option<String> {
    let first = arguments.get(1)?.to_str()?;
    let is_plain = first.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_plain || COMMANDS.contains(&first) || Path::new(first).exists() {
        return None;
    }
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == first);
    let command = other.map(|(_, command)| *command);
    let command = command.or_else(|| misspelt(first, COMMANDS.iter().copied()))?;
    let hint = did_you_mean(Some(command));
    Some(format!(
        "`{first}` is no command and no file or folder{hint}"
    ))
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
