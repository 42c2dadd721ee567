//! Whether the script that a stage starts gives up root, as the build context shows.

use crate::model::dockerfile::stage::Stage;
use crate::model::dockerfile::{Context, copies};
use crate::sources::context;

/// Programs that start another one with another user's rights.
const STEPS_DOWN: &[&str] = &[
    "gosu",
    "su-exec",
    "suexec",
    "setpriv",
    "runuser",
    "setuidgid",
    "s6-setuidgid",
    "chpst",
    "start-stop-daemon",
];

/// Whether a stage sets no user, or root.
fn is_root(stage: &Stage) -> bool {
    let user = stage.user.as_ref();
    user.is_none_or(|user| user.is_known && matches!(user.name.as_str(), "root" | "0"))
}

/// Whether the script that the last stage starts lies in the build context and starts its program as another user. It is asked only of a stage that starts as root.
pub(super) fn steps_down(context: &Context, stage: &Stage) -> bool {
    let (entrypoint, cmd) = &stage.starters;
    let starters = entrypoint.iter().chain(cmd);
    let names: Vec<&str> = starters
        .filter(|word| !word.starts_with('-'))
        .map(|word| word.rsplit('/').next().unwrap_or(word))
        .filter(|name| is_script(name))
        .collect();
    if names.is_empty() || context.copies.is_empty() || !is_root(stage) {
        return false;
    }
    let asked = copies::asked(context);
    let Some(seen) = context.contexts.context(context.source, &asked) else {
        return false;
    };
    let mut paths = asked
        .iter()
        .map(String::as_str)
        .chain(copies::has_whole(context).then_some(""));
    paths.any(|path| {
        names.iter().any(|name| {
            let file = if path.rsplit('/').next() == Some(*name) && !path.is_empty() {
                path.to_owned()
            } else {
                context::clean(&format!("{path}/{name}"))
            };
            seen.has(&file) && gives_up_root(&seen.head(&file))
        })
    })
}

/// Whether a name is that of a script that somebody wrote for the image, and not of a program.
fn is_script(name: &str) -> bool {
    let signs = ["entrypoint", "start", "init", "run", "boot", "launch"];
    name.ends_with(".sh") || name.ends_with(".bash") || signs.iter().any(|sign| name.contains(sign))
}

/// Whether a line of a script, comments left out, names a program that changes the user, or tells `su`, `sudo` or `chroot` to.
fn gives_up_root(script: &str) -> bool {
    let lines = script.lines().map(str::trim);
    lines.filter(|line| !line.starts_with('#')).any(|line| {
        let mut words = line
            .split(|letter: char| {
                letter.is_whitespace() || matches!(letter, ';' | '(' | '"' | '\'')
            })
            .map(|word| word.rsplit('/').next().unwrap_or(word));
        words.any(|word| STEPS_DOWN.contains(&word)) || line.contains("--userspec") || is_told(line)
    })
}

/// `exec su - app -c …`, `su -s /bin/sh app`, `sudo -u app`.
fn is_told(line: &str) -> bool {
    let mut words = line
        .split_whitespace()
        .map(|word| word.rsplit('/').next().unwrap_or(word));
    let program = words.find(|word| matches!(*word, "su" | "sudo"));
    match program {
        Some("su") => true,
        Some(_) => words.any(|word| matches!(word, "-u" | "--user") || word.starts_with("--user=")),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::gives_up_root;

    #[test]
    fn a_script_that_starts_its_program_as_another_user_gives_up_root() {
        for line in [
            "exec gosu postgres \"$@\"",
            "exec /sbin/su-exec app:app \"$0\"",
            "  exec start-stop-daemon --start --chuid app --exec /usr/bin/app",
            "exec su -s /bin/sh app -c serve",
            "exec sudo -E -u app serve",
            "exec chroot --userspec=app / serve",
        ] {
            assert!(
                gives_up_root(&format!("#!/bin/sh\nset -e\n{line}\n")),
                "{line}"
            );
        }
        for line in [
            "# exec gosu app",
            "exec serve --summary",
            "sudo apt-get update",
            "resume app",
        ] {
            assert!(!gives_up_root(&format!("#!/bin/sh\n{line}\n")), "{line}");
        }
    }
}
