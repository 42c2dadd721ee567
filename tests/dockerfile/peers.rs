//! Dockerfiles as the two other parsers read them.

use dockerfile_parser::{BreakableString, ShellOrExecExpr, SpannedString};
use parse_dockerfile::{
    Command, Flag, HealthcheckArguments, JsonOrStringArray, Keyword, Source, UnescapedString,
};

use crate::seen::{Seen, divided, flag};

/// `parse-dockerfile` gives shell form as it stands in the file.
fn joined(raw: &str, escape: char) -> String {
    let mut text = String::new();
    for (number, line) in raw.lines().enumerate() {
        let inner = line.trim_start();
        if number > 0 && (inner.is_empty() || inner.starts_with('#')) {
            continue;
        }
        let line = line.trim_end();
        text.push_str(line.strip_suffix(escape).unwrap_or(line));
    }
    text
}

/// A file as `parse-dockerfile` reads it.
pub fn first_peer(text: &str) -> Option<Vec<Seen>> {
    let file = parse_dockerfile::parse(text).ok()?;
    let escape = file
        .parser_directives
        .escape
        .as_ref()
        .map_or('\\', |escape| escape.value.value);
    let seen = file
        .instructions
        .iter()
        .map(|instruction| first_peer_one(instruction, escape));
    Some(seen.collect())
}

fn options(flags: &[Flag]) -> Vec<String> {
    let value = |part: &Flag| part.value.as_ref().map(|value| value.value.to_string());
    let flags = flags.iter();
    flags
        .map(|part| flag(&part.name.value, value(part).as_deref()))
        .collect()
}

fn texts(items: &[UnescapedString]) -> Vec<String> {
    items.iter().map(|item| item.value.to_string()).collect()
}

fn listed(keyword: &str, at: &Keyword, is_exec: bool, words: Vec<String>) -> Seen {
    Seen {
        start: at.span.start,
        keyword: keyword.to_owned(),
        is_exec,
        flags: Vec::new(),
        words,
    }
}

fn plain(keyword: &str, at: &Keyword, text: &UnescapedString) -> Seen {
    listed(keyword, at, false, divided(&text.value))
}

fn paths(
    keyword: &str,
    at: &Keyword,
    flags: &[Flag],
    sources: &[Source],
    last: &UnescapedString,
) -> Seen {
    let sources = sources.iter().map(|source| match source {
        Source::Path(path) => path.value.to_string(),
        _ => "<<".to_owned(),
    });
    let words = sources.chain([last.value.to_string()]).collect();
    Seen {
        flags: options(flags),
        ..listed(keyword, at, false, words)
    }
}

fn command(keyword: &str, at: &Keyword, flags: &[Flag], command: &Command, escape: char) -> Seen {
    let (is_exec, words) = match command {
        Command::Exec(items) => (true, texts(&items.value)),
        Command::Shell(raw) => (false, divided(&joined(raw.value, escape))),
        _ => unreachable!("a command has two forms"),
    };
    Seen {
        flags: options(flags),
        ..listed(keyword, at, is_exec, words)
    }
}

fn first_peer_one(instruction: &parse_dockerfile::Instruction, escape: char) -> Seen {
    use parse_dockerfile::Instruction as Theirs;
    match instruction {
        Theirs::Add(it) => paths("ADD", &it.add, &it.options, &it.src, &it.dest),
        Theirs::Copy(it) => paths("COPY", &it.copy, &it.options, &it.src, &it.dest),
        Theirs::Arg(it) => plain("ARG", &it.arg, &it.arguments),
        Theirs::Env(it) => plain("ENV", &it.env, &it.arguments),
        Theirs::Label(it) => plain("LABEL", &it.label, &it.arguments),
        Theirs::Maintainer(it) => plain("MAINTAINER", &it.maintainer, &it.name),
        Theirs::Stopsignal(it) => plain("STOPSIGNAL", &it.stopsignal, &it.arguments),
        Theirs::User(it) => plain("USER", &it.user, &it.arguments),
        Theirs::Workdir(it) => plain("WORKDIR", &it.workdir, &it.arguments),
        Theirs::Cmd(it) => command("CMD", &it.cmd, &[], &it.arguments, escape),
        Theirs::Entrypoint(it) => command("ENTRYPOINT", &it.entrypoint, &[], &it.arguments, escape),
        Theirs::Run(it) => command("RUN", &it.run, &it.options, &it.arguments, escape),
        Theirs::Expose(it) => listed("EXPOSE", &it.expose, false, texts(&it.arguments)),
        Theirs::Shell(it) => listed("SHELL", &it.shell, true, texts(&it.arguments)),
        Theirs::Volume(it) => match &it.arguments {
            JsonOrStringArray::Json(items) => {
                listed("VOLUME", &it.volume, true, texts(&items.value))
            }
            JsonOrStringArray::String(items) => listed("VOLUME", &it.volume, false, texts(items)),
        },
        Theirs::From(it) => {
            let mut words = vec![it.image.value.to_string()];
            if let Some((_, name)) = &it.as_ {
                words.extend(["AS".to_owned(), name.value.to_string()]);
            }
            Seen {
                flags: options(&it.options),
                ..listed("FROM", &it.from, false, words)
            }
        }
        Theirs::Healthcheck(it) => match &it.arguments {
            HealthcheckArguments::Cmd { arguments, .. } => {
                let keyword = "HEALTHCHECK CMD";
                command(keyword, &it.healthcheck, &it.options, arguments, escape)
            }
            _ => Seen {
                flags: options(&it.options),
                ..listed("HEALTHCHECK NONE", &it.healthcheck, false, Vec::new())
            },
        },
        Theirs::Onbuild(it) => {
            let inner = first_peer_one(&it.instruction, escape);
            Seen {
                start: it.onbuild.span.start,
                keyword: format!("ONBUILD {}", inner.keyword),
                ..inner
            }
        }
        _ => unreachable!("these are the instructions that there are"),
    }
}

/// A file as `dockerfile-parser` reads it. It knows flags of `COPY` and `FROM` alone, exec form of `RUN`, `CMD` and `ENTRYPOINT` alone.
pub fn second_peer(text: &str) -> Option<Vec<Seen>> {
    if text.starts_with("# escape=`") || text.contains("<<") {
        return None;
    }
    let file = dockerfile_parser::Dockerfile::parse(text).ok()?;
    Some(file.instructions.iter().map(second_peer_one).collect())
}

fn second_peer_one(instruction: &dockerfile_parser::Instruction) -> Seen {
    use dockerfile_parser::Instruction as Theirs;
    let plain = |keyword: &str, words: Vec<String>| Seen {
        start: instruction.span().start,
        keyword: keyword.to_owned(),
        is_exec: false,
        flags: Vec::new(),
        words: divided(&words.join(" ").replace("\\\n", "")),
    };
    let command = |keyword: &str, command: &ShellOrExecExpr| match command {
        ShellOrExecExpr::Exec(items) => Seen {
            is_exec: true,
            words: items
                .elements
                .iter()
                .map(|item| item.content.clone())
                .collect(),
            ..plain(keyword, Vec::new())
        },
        ShellOrExecExpr::Shell(text) => plain(keyword, vec![text.to_string()]),
    };
    let pair = |name: &SpannedString, value: &BreakableString| format!("{name}={value}");
    match instruction {
        Theirs::From(it) => {
            let flags = it
                .flags
                .iter()
                .map(|part| flag(&part.name.content, Some(&part.value.content)));
            let mut words = vec![it.image.content.clone()];
            if let Some(alias) = &it.alias {
                words.extend(["AS".to_owned(), alias.content.clone()]);
            }
            plain("FROM", flags.chain(words).collect())
        }
        Theirs::Copy(it) => {
            let flags = it
                .flags
                .iter()
                .map(|part| flag(&part.name.content, Some(&part.value.content)));
            let paths = it
                .sources
                .iter()
                .chain([&it.destination])
                .map(|path| path.content.clone());
            plain("COPY", flags.chain(paths).collect())
        }
        Theirs::Arg(it) => {
            let value = it
                .value
                .as_ref()
                .map(|value| format!("={value}"))
                .unwrap_or_default();
            plain("ARG", vec![format!("{}{value}", it.name)])
        }
        Theirs::Label(it) => {
            let pairs = it
                .labels
                .iter()
                .map(|label| format!("{}={}", label.name, label.value));
            plain("LABEL", pairs.collect())
        }
        Theirs::Env(it) => plain(
            "ENV",
            it.vars
                .iter()
                .map(|var| pair(&var.key, &var.value))
                .collect(),
        ),
        Theirs::Run(it) => command("RUN", &it.expr),
        Theirs::Cmd(it) => command("CMD", &it.expr),
        Theirs::Entrypoint(it) => command("ENTRYPOINT", &it.expr),
        Theirs::Misc(it) => plain(
            &it.instruction.content.to_uppercase(),
            vec![it.arguments.to_string()],
        ),
    }
}
