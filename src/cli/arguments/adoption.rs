//! The arguments of the commands with which a project takes hullmark up.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use super::{Choice, ListFormat};

/// `hullmark baseline`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Baseline {
    /// Files and folders whose findings are written; those of others stay in the file as they are
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,

    /// The file, instead of the configuration's `baseline` or else hullmark-baseline.txt
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,

    /// Only remove what no longer occurs
    #[arg(long)]
    pub(in crate::cli) prune: bool,

    #[command(flatten)]
    pub(in crate::cli) choice: Choice,

    #[command(flatten)]
    pub(in crate::cli) scope: Narrow,
}

/// The flags of `hullmark baseline` about files.
#[derive(Debug, Args)]
pub(in crate::cli) struct Narrow {
    /// Leave out paths that match, separated by commas; as in a .gitignore
    #[arg(long, value_name = "GLOBS")]
    pub(in crate::cli) exclude: Vec<String>,

    /// Take in the findings in test data, examples, vendored code and superseded releases, too
    #[arg(long)]
    pub(in crate::cli) include_tests: bool,
}

/// `hullmark init`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Init {
    /// The folder that it is for
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(in crate::cli) folder: PathBuf,

    /// Print the configuration instead of writing it to hullmark.yml
    #[arg(long)]
    pub(in crate::cli) stdout: bool,
}

/// `hullmark schema`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Schema {
    #[command(flatten)]
    pub(in crate::cli) choice: Choice,
}

/// `hullmark completions`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(in crate::cli) shell: Shell,
}

/// `hullmark man`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Man {
    /// The command that the page is about; the program without it
    #[arg(value_name = "COMMAND")]
    pub(in crate::cli) command: Option<String>,
}

/// `hullmark migrate`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Migrate {
    /// The folder in which they are
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(in crate::cli) folder: PathBuf,

    /// Print the configuration instead of writing it to hullmark.yml
    #[arg(long)]
    pub(in crate::cli) stdout: bool,
}

/// `hullmark suppressions`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Suppressions {
    /// Files and folders
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,

    /// text or json
    #[arg(long, value_enum, default_value_t = ListFormat::Text, value_name = "FORMAT")]
    pub(in crate::cli) format: ListFormat,
}
