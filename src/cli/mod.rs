//! Arguments, standard output and exit codes: the only module that knows them.

mod arguments;
mod asked;
mod baseline;
mod changed_lines;
mod check;
mod date;
mod diff_base;
mod fixtures;
mod ignores;
mod init;
mod known;
mod ledger;
mod listing;
mod migrate;
mod new_config;
mod output;
mod pages;
mod progress;
mod render;
mod render_kustomize;
mod reports;
mod rows;
mod schema;
mod scope;
mod settings;
mod shells;
mod suppressions;
mod tables;
mod terminal;

use std::env;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli::arguments::{Command, ListFormat, ReferenceFormat};
use crate::config;
use crate::evaluate::PolicyError;
use crate::external;
use crate::fixtures as suites;
use crate::inert::{self, Inert, Medium};
use crate::model::table::Table;
use crate::rules::user;
use crate::sources::{self, Roots, SourceDb};
use crate::span::FileId;
use crate::suggestion::{did_you_mean, similar};

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
enum CliError {
    /// Arguments that do not go together or name nothing.
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    Config(#[from] config::error::Error),
    #[error(transparent)]
    Policy(#[from] user::Error),
    #[error(transparent)]
    Sources(#[from] sources::Error),
    #[error(transparent)]
    Engine(#[from] PolicyError),
    #[error(transparent)]
    Fixtures(#[from] suites::Error),
    /// The program that a rule runs is missing or broken.
    #[error("rule `{rule}`: {source}")]
    ShellCheck {
        rule: String,
        source: external::Error,
    },
    #[error("working folder: {0}")]
    WorkingFolder(#[source] io::Error),
    #[error("standard input: {0}")]
    Input(#[source] io::Error),
    #[error("standard output: {0}")]
    Output(#[source] io::Error),
    /// More than one of these; each has its lines.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Several(Vec<Self>),
    /// A report cannot be written to its file.
    #[error("{}: {source}", path.display())]
    Unwritable { path: PathBuf, source: io::Error },
}

/// How a command ended that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExitStatus {
    /// Exit status 0.
    Clean,
    /// Exit status 1.
    Found,
}

/// The longest standard input that is read: one byte more than the largest file that is checked, so that it is seen to be too long.
const LONGEST_INPUT: u64 = (64 << 20) + 1;

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    // What panics may quote a file.
    panic::set_hook(Box::new(|what| say(&what.to_string())));
    let words: Vec<OsString> = env::args_os().collect();
    if let Some(problem) = arguments::misspelt_command(&words) {
        say(&problem);
        return ExitCode::from(2);
    }
    let arguments = match arguments::read(words) {
        Ok(arguments) => arguments,
        Err(error) => {
            if error.use_stderr() {
                // An argument may be a name of a file.
                let medium = Medium::Lines { has_escapes: false };
                let _ = write!(Inert::new(io::stderr(), medium), "{}", error.render());
                return ExitCode::from(2);
            }
            // Help and version are no error, and a closed pipe is no concern.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
    };
    match dispatch(arguments.command) {
        Ok(ExitStatus::Clean) => ExitCode::SUCCESS,
        Ok(ExitStatus::Found) => ExitCode::from(1),
        Err(error) => {
            // One line for each mistake.
            error.to_string().lines().for_each(say);
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: Command) -> Result<ExitStatus, CliError> {
    let folder = env::current_dir().map_err(CliError::WorkingFolder)?;
    match command {
        Command::Check(check) => check::check(&check, &folder),
        Command::Baseline(baseline) => baseline::baseline(&baseline, &folder),
        Command::Init(init) => init::init(&init, &folder),
        Command::Migrate(migrate) => migrate::migrate(&migrate, &folder),
        Command::Suppressions(list) => suppressions::list(&list, &folder),
        Command::Schema(schema) => {
            let resolved = config::load(&schema.choice.flags(), &folder)?;
            print_text(&schema::text(&resolved), true)
        }
        Command::Completions(asked) => shells::completions(asked.shell),
        Command::Man(asked) => shells::manual(asked.command.as_deref()),
        Command::Explain(explain) => {
            let resolved = config::load(&explain.choice.flags(), &folder)?;
            let page = pages::explain(&resolved, &explain.rules, explain.plan)?;
            print_text(&page, false)
        }
        Command::Rules(rules) => {
            let resolved = config::load(&rules.choice.flags(), &folder)?;
            let is_selected = !rules.choice.select.is_empty();
            let list = pages::list(&resolved, rules.format, is_selected);
            print_text(&list, rules.format == ReferenceFormat::Json)
        }
        Command::Test(test) => fixtures::test(&test.folder, &folder),
        Command::Parse(parse) => rows_of(&parse, &folder),
        Command::Render(render) => render::render(&render, &folder),
    }
}

fn rows_of(parse: &arguments::Parse, folder: &Path) -> Result<ExitStatus, CliError> {
    let mut tables = Vec::new();
    for name in &parse.table {
        let names: Vec<&str> = Table::ALL.iter().map(|table| table.name()).collect();
        let hint = || did_you_mean(similar(name, &names));
        tables.push(
            Table::named(name)
                .ok_or_else(|| CliError::Usage(format!("unknown table `{name}`{}", hint())))?,
        );
    }
    let Some(file) = &parse.file else {
        let list = self::tables::list(&tables, parse.format);
        return print_text(&list, parse.format == ListFormat::Json);
    };
    let mut db = SourceDb::on_disk(folder);
    let stdin = parse.stdin_filename.as_deref();
    let mut roots = Roots {
        paths: vec![file.clone()],
        ..Roots::default()
    };
    let found = files(&mut db, &mut roots, stdin)?;
    let mut read: Vec<_> = found.into_iter().filter_map(|file| db.read(file)).collect();
    if read.is_empty() {
        let name = file.display();
        return Err(CliError::Usage(format!("{name}: {NO_KIND}")));
    }
    let request = rows::Request {
        tables: &tables,
        format: parse.format,
        catalogue: &crate::rules::catalogue(),
        directories: db.directories(),
    };
    let is_text = parse.format == ListFormat::Text;
    let medium = match parse.format {
        ListFormat::Json => Medium::Json,
        ListFormat::Text => Medium::Lines { has_escapes: false },
    };
    print(&mut |out| {
        let out = &mut Inert::new(out, medium);
        let count = read.len();
        for (number, (source, problem)) in read.drain(..).enumerate() {
            if number > 0 && is_text {
                writeln!(out)?;
            }
            if count > 1 && is_text {
                writeln!(out, "{}\n", source.path)?;
            }
            rows::write(&request, &source, problem.as_ref(), out)?;
        }
        Ok(())
    })
}

/// Why a file has no rows.
const NO_KIND: &str = "is no Dockerfile, Kubernetes manifest, workflow, action or Compose file";

/// The files under the paths that the user names, in the order of their paths; standard input among them if `-` is one, which is then
/// taken out of the roots, and if its name is not excluded.
fn files(
    db: &mut SourceDb,
    roots: &mut Roots,
    stdin_name: Option<&str>,
) -> Result<Vec<FileId>, CliError> {
    let paths = std::mem::take(&mut roots.paths);
    let is_dash = |path: &PathBuf| path.as_os_str() == "-";
    let wants_stdin = paths.iter().any(is_dash) || (paths.is_empty() && stdin_name.is_some());
    if let Some(path) = paths.iter().find(|path| !is_dash(path))
        && stdin_name.is_some()
    {
        let message = format!(
            "--stdin-filename: names what standard input holds, so `{}` would not be read from the disk; leave one of them out",
            path.display()
        );
        return Err(CliError::Usage(message));
    }
    let mut files = Vec::new();
    if wants_stdin {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .take(LONGEST_INPUT)
            .read_to_end(&mut bytes)
            .map_err(CliError::Input)?;
        let file = db.set_text(stdin_name.unwrap_or("<stdin>"), bytes);
        let full = db.full(file).filter(|_| stdin_name.is_some());
        let is_excluded = |full| roots.exclude.iter().any(|globs| globs.hold(full, false));
        if !full.is_some_and(is_excluded) {
            files.push(file);
        }
    }
    roots.paths = paths.into_iter().filter(|path| !is_dash(path)).collect();
    if roots.paths.is_empty() && !wants_stdin {
        roots.paths.push(PathBuf::from("."));
    }
    files.extend(db.discover(roots)?);
    files.sort_by(|a, b| db.path(*a).cmp(&db.path(*b)));
    files.dedup();
    Ok(files)
}

/// Writes text about files to standard output, harmless as [`Inert`] makes it.
fn print_text(text: &str, is_json: bool) -> Result<ExitStatus, CliError> {
    let medium = if is_json {
        Medium::Json
    } else {
        Medium::Lines { has_escapes: false }
    };
    print(&mut |out| Inert::new(out, medium).write_all(text.as_bytes()))
}

/// Writes to standard output what is harmless already, or data that is to stay as it is; that the reader has gone is no error.
fn print(write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<ExitStatus, CliError> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Output(error)),
        _ => Ok(ExitStatus::Clean),
    }
}

/// A line on standard error, which the runner of a job reads for commands too.
fn say(what: &str) {
    // If nobody listens, nobody needs to know.
    let _ = writeln!(io::stderr(), "hullmark: {}", inert::line(what));
}
