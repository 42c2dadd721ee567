//! What a shell completes, and the pages of the manual: both made of the definition of the arguments.

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::cli::arguments::Arguments;
use crate::cli::{CliError, ExitStatus, print};
use crate::suggestion::{did_you_mean, similar};

/// Prints the completions for a shell.
pub(super) fn completions(shell: Shell) -> Result<ExitStatus, CliError> {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(shell, &mut command, "hullmark", &mut script);
    print(&mut |out| out.write_all(&script))
}

/// Prints a page of the manual: of the program, or of one of its commands.
pub(super) fn manual(name: Option<&str>) -> Result<ExitStatus, CliError> {
    let mut program = Arguments::command();
    program.build();
    let command = match name {
        None => program,
        Some(name) => of_command(&program, name)?,
    };
    let command = command.mut_args(|argument| argument.hide_env(false).hide_env_values(true));
    let mut page = Vec::new();
    Man::new(command)
        .source(concat!("hullmark ", env!("CARGO_PKG_VERSION")))
        .manual("hullmark")
        .render(&mut page)
        .map_err(CliError::Output)?;
    print(&mut |out| out.write_all(&page))
}

/// The command of that name, called as a page of the manual is.
fn of_command(program: &Command, name: &str) -> Result<Command, CliError> {
    let found = program.find_subcommand(name).cloned();
    let Some(command) = found.filter(|command| command.get_name() != "help") else {
        let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
        let hint = did_you_mean(similar(name, &names));
        return Err(CliError::Usage(format!("unknown command `{name}`{hint}")));
    };
    Ok(command.version(env!("CARGO_PKG_VERSION")))
}
