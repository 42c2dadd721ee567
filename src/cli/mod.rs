//! Arguments, standard output and exit codes: the only room that knows them.

mod arguments;
mod check;
mod date;
mod fixtures;
mod pages;
mod render_kustomize;
mod rows;
mod selection;
mod settings;
mod suggestion;
mod tuning;

use std::env;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli::arguments::Command;
use crate::cli::suggestion::suggested;
use crate::model::table::Table;
use crate::parse::shell;
use crate::sources::{self, Roots};

/// Something that the user must mend before hullmark can do its work.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Trouble(String);

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self(format!("standard output: {error}"))
    }
}

/// How a command ended, where nothing stood in its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Exit code 0.
    Clean,
    /// Exit code 1.
    Found,
}

/// The longest standard input that is read: one byte more than the largest file that is judged, so that it is seen to be too long.
const LONGEST_INPUT: u64 = (64 << 20) + 1;

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !shell::is_guarded() {
            report(panic);
        }
    }));
    let arguments = match arguments::read(env::args_os().collect::<Vec<OsString>>()) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no error; clap knows where each goes, and a closed pipe is no concern.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match dispatch(arguments.command) {
        Ok(Ending::Clean) => ExitCode::SUCCESS,
        Ok(Ending::Found) => ExitCode::from(1),
        Err(trouble) => {
            say(&trouble.0);
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: Command) -> Result<Ending, Trouble> {
    let folder = env::current_dir().map_err(|error| Trouble(format!("working folder: {error}")))?;
    match command {
        Command::Check(check) => check::check(&check, &folder),
        Command::Explain(explain) => {
            let selection = selection::settle(&explain.choice, &folder)?;
            let page = pages::explain(&selection, &explain.rules)?;
            print(&mut |out| out.write_all(page.as_bytes()))
        }
        Command::Rules(rules) => {
            let selection = selection::settle(&rules.choice, &folder)?;
            let is_narrowed = !rules.choice.select.is_empty();
            let list = pages::list(&selection, rules.format, is_narrowed);
            print(&mut |out| out.write_all(list.as_bytes()))
        }
        Command::Test(test) => fixtures::test(&test.folder, &folder),
        Command::Parse(parse) => rows_of(&parse, &folder),
        Command::Render(render) => {
            render_kustomize::render(&render.target, &folder, render.origins)
        }
    }
}

fn rows_of(parse: &arguments::Parse, folder: &Path) -> Result<Ending, Trouble> {
    let mut tables = Vec::new();
    for name in &parse.table {
        let names: Vec<&str> = Table::ALL.iter().map(|table| table.name()).collect();
        let hint = || suggested(name, &names);
        tables.push(
            Table::named(name)
                .ok_or_else(|| Trouble(format!("unknown table `{name}`{}", hint())))?,
        );
    }
    let roots = roots(
        folder,
        std::slice::from_ref(&parse.file),
        parse.stdin_filename.as_deref(),
    )?;
    let candidates = sources::gather(&roots).map_err(|error| Trouble(error.to_string()))?;
    let read: Vec<_> = candidates.iter().filter_map(sources::read).collect();
    if read.is_empty() {
        let name = parse.file.display();
        return Err(Trouble(format!("{name}: {NO_KIND}")));
    }
    let catalogue = crate::rules::catalogue();
    print(&mut |out| {
        for (number, (source, problem)) in read.iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            if read.len() > 1 {
                writeln!(out, "{}\n", source.path)?;
            }
            rows::write(source, problem.as_ref(), &tables, &catalogue, out)?;
        }
        Ok(())
    })
}

/// Why a file has no rows.
const NO_KIND: &str = "is no Dockerfile, Kubernetes manifest, workflow, action or Compose file";

/// Where to look, standard input read if `-` is among the paths.
fn roots(folder: &Path, paths: &[PathBuf], stdin_name: Option<&str>) -> Result<Roots, Trouble> {
    let is_dash = |path: &PathBuf| path.as_os_str() == "-";
    let wants_stdin = paths.iter().any(is_dash) || (paths.is_empty() && stdin_name.is_some());
    let mut stdin = None;
    if wants_stdin {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .take(LONGEST_INPUT)
            .read_to_end(&mut bytes)
            .map_err(|error| Trouble(format!("standard input: {error}")))?;
        stdin = Some((stdin_name.unwrap_or("<stdin>").to_owned(), bytes));
    }
    let mut named: Vec<PathBuf> = paths
        .iter()
        .filter(|path| !is_dash(path))
        .cloned()
        .collect();
    if named.is_empty() && stdin.is_none() {
        named.push(PathBuf::from("."));
    }
    Ok(Roots {
        folder: folder.to_owned(),
        paths: named,
        exclude: Vec::new(),
        stdin,
    })
}

/// Writes to standard output; that the reader has gone is no trouble.
fn print(write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<Ending, Trouble> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(Ending::Clean),
    }
}

/// A line on standard error.
fn say(what: &str) {
    // If nobody listens, nobody needs to know.
    let _ = writeln!(io::stderr(), "hullmark: {what}");
}
