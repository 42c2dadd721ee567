//! Our Dockerfile parser beside two others: where all take a file, they find the same instructions in the same places.
//!
//! Either of the others refuses or misreads some of what `BuildKit` takes; what they refuse is no disagreement, what they
//! misread is left out of the generated files, with the reason beside it.

use std::fs;
use std::path::{Path, PathBuf};

use dockerfile_parser::Dockerfile as Second;
use hullmark::parse::dockerfile::{self, Instruction};
use parse_dockerfile::{Command, Instruction as First};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// An instruction as all of them see it.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    /// Where it starts, in bytes.
    start: usize,
    keyword: String,
    /// The image of a FROM.
    image: Option<String>,
    /// The items of RUN, CMD or ENTRYPOINT in exec form.
    exec: Option<Vec<String>>,
}

/// What we see, if we have nothing to say against the file.
fn ours(text: &str) -> Option<Vec<Seen>> {
    let mut problems = Vec::new();
    let file = dockerfile::parse(text, &mut problems);
    let seen = file.instructions.iter().map(|instruction| Seen {
        start: instruction.keyword_span.range().start,
        keyword: instruction.keyword.clone(),
        image: (instruction.keyword == "FROM").then(|| instruction.words[0].text.clone()),
        exec: exec(instruction),
    });
    problems.is_empty().then(|| seen.collect())
}

fn exec(instruction: &Instruction) -> Option<Vec<String>> {
    let runs = ["RUN", "CMD", "ENTRYPOINT"].contains(&instruction.keyword.as_str());
    let words = instruction.words.iter().map(|word| word.text.clone());
    (runs && instruction.is_exec).then(|| words.collect())
}

/// What `parse-dockerfile` sees, if it takes the file.
fn first(text: &str) -> Option<Vec<Seen>> {
    let file = parse_dockerfile::parse(text).ok()?;
    let seen = file.instructions.iter().map(|instruction| {
        let (span, command) = match instruction {
            First::Add(add) => (&add.add.span, None),
            First::Arg(arg) => (&arg.arg.span, None),
            First::Cmd(cmd) => (&cmd.cmd.span, Some(&cmd.arguments)),
            First::Copy(copy) => (&copy.copy.span, None),
            First::Entrypoint(entry) => (&entry.entrypoint.span, Some(&entry.arguments)),
            First::Env(env) => (&env.env.span, None),
            First::Expose(expose) => (&expose.expose.span, None),
            First::From(from) => (&from.from.span, None),
            First::Healthcheck(check) => (&check.healthcheck.span, None),
            First::Label(label) => (&label.label.span, None),
            First::Maintainer(maintainer) => (&maintainer.maintainer.span, None),
            First::Onbuild(onbuild) => (&onbuild.onbuild.span, None),
            First::Run(run) => (&run.run.span, Some(&run.arguments)),
            First::Shell(shell) => (&shell.shell.span, None),
            First::Stopsignal(signal) => (&signal.stopsignal.span, None),
            First::User(user) => (&user.user.span, None),
            First::Volume(volume) => (&volume.volume.span, None),
            First::Workdir(workdir) => (&workdir.workdir.span, None),
            _ => return None,
        };
        Some(Seen {
            start: span.start,
            keyword: text[span.clone()].to_ascii_uppercase(),
            image: match instruction {
                First::From(from) => Some(from.image.value.to_string()),
                _ => None,
            },
            exec: match command {
                Some(Command::Exec(items)) => Some(
                    items
                        .value
                        .iter()
                        .map(|item| item.value.to_string())
                        .collect(),
                ),
                _ => None,
            },
        })
    });
    seen.collect()
}

/// Starts and images as `dockerfile-parser` sees them, if it takes the file.
fn second(text: &str) -> Option<Vec<(usize, Option<String>)>> {
    let file = Second::parse(text).ok()?;
    let seen = file.instructions.iter().map(|instruction| {
        let image = instruction.as_from().map(|from| from.image.content.clone());
        (instruction.span().start, image)
    });
    Some(seen.collect())
}

/// Compares all three on a file; says with how many of the others we could.
fn compare(text: &str) -> usize {
    let Some(ours) = ours(text) else { return 0 };
    let mut compared = 0;
    if let Some(theirs) = first(text) {
        assert_eq!(ours, theirs, "parse-dockerfile reads otherwise:\n{text}");
        compared += 1;
    }
    if let Some(theirs) = second(text) {
        let ours: Vec<_> = ours
            .into_iter()
            .map(|seen| (seen.start, seen.image))
            .collect();
        assert_eq!(ours, theirs, "dockerfile-parser reads otherwise:\n{text}");
        compared += 1;
    }
    compared
}

fn dockerfiles(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder is readable").path();
        if path.is_dir() {
            dockerfiles(&path, found);
        } else if path.to_string_lossy().ends_with("Dockerfile") {
            found.push(path);
        }
    }
}

#[test]
fn fixtures_are_read_alike() {
    let mut files = Vec::new();
    dockerfiles(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"),
        &mut files,
    );
    let compared: usize = files
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .filter(|text| !is_misread(text))
        .map(|text| compare(&text))
        .sum();
    assert!(
        compared > files.len(),
        "of {} files, only {compared} comparisons could be made",
        files.len()
    );
}

/// What the others take and misread.
fn is_misread(text: &str) -> bool {
    // Here-documents are text of instructions to the one, and instructions to the other.
    text.contains("<<")
}

/// A word of the kinds that stand in Dockerfiles.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9._/-]{0,8}",
        Just("$HOME/bin".to_owned()),
        Just("${TAG:-1.0}".to_owned()),
        Just("\"two words\"".to_owned()),
        Just("a=b".to_owned()),
        Just("größe".to_owned()),
    ]
}

/// What parts words: blanks, or a continuation with or without a comment behind it.
fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        4 => Just(" "),
        1 => Just("  \t"),
        1 => Just(" \\\n  "),
        1 => Just(" \\\n# a comment\n  "),
    ]
}

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec((gap(), word()), 1..5).prop_map(|words| {
        words
            .into_iter()
            .map(|(gap, word)| format!("{gap}{word}"))
            .collect()
    })
}

fn list() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-z][a-z0-9 ./-]{0,8}", 1..4)
        .prop_map(|items| format!(" {}", serde_json::json!(items)))
}

fn instruction() -> impl Strategy<Value = String> {
    let keyword = |words: &'static [&'static str]| prop::sample::select(words);
    prop_oneof![
        (
            keyword(&["RUN", "run", "CMD", "ENTRYPOINT", "Cmd"]),
            words()
        )
            .prop_map(|(k, w)| k.to_owned() + &w),
        (
            keyword(&["RUN", "CMD", "ENTRYPOINT", "SHELL", "VOLUME"]),
            list()
        )
            .prop_map(|(k, w)| k.to_owned() + &w),
        (keyword(&["COPY", "ADD", "copy"]), words()).prop_map(|(k, w)| format!("{k}{w} /to/")),
        (keyword(&["USER", "WORKDIR", "STOPSIGNAL"]), "[a-z/]{1,8}")
            .prop_map(|(k, w)| format!("{k} {w}")),
        (keyword(&["ENV", "LABEL"]), "[a-z]{1,6}=[a-z0-9]{1,6}")
            .prop_map(|(k, w)| format!("{k} {w}")),
        (0..65536_u32).prop_map(|port| format!("EXPOSE {port}")),
        Just("HEALTHCHECK NONE".to_owned()),
        Just("HEALTHCHECK --interval=5m CMD curl -f localhost".to_owned()),
        Just("FROM --platform=linux/amd64 debian:12 AS base".to_owned()),
        Just("FROM alpine@sha256:0123".to_owned()),
        Just("# a comment".to_owned()),
        Just(String::new()),
    ]
}

#[test]
fn generated_files_are_read_alike() {
    let mut runner = TestRunner::deterministic();
    let files = prop::collection::vec(instruction(), 0..12);
    let mut compared = 0;
    for _ in 0..256 {
        let lines = files.new_tree(&mut runner).unwrap().current();
        let text = format!("FROM scratch\n{}\n", lines.join("\n"));
        assert!(ours(&text).is_some(), "we refuse:\n{text}");
        compared += compare(&text);
    }
    assert!(compared > 300, "only {compared} comparisons could be made");
}
