//! What README and `docs/` show is true: their files and commands are tried in the order in which they are there, in a folder of their own.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// How `cargo` is understood in a command: what it would build is built already, and the tests are running.
const CARGO: &str = "cargo() { if [ \"$1\" = test ]; then return; fi; while [ \"$1\" != -- ]; do shift; done; shift; hullmark \"$@\"; }";

/// A fenced block: its info string and its lines without their indentation.
struct Block {
    info: String,
    text: String,
    line: usize,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// README and the pages in `docs/`; those of rules are made from fixtures, and tested by `tests/catalogue.rs`.
fn documents() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("docs")).unwrap();
    let pages = entries.map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = pages
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    found.push(root().join("README.md"));
    found.sort();
    found
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, Block)> = None;
    for (number, line) in text.lines().enumerate() {
        let body = line.trim_start();
        let fence = body.strip_prefix("```");
        match (&mut open, fence) {
            (None, Some(info)) => {
                let block = Block {
                    info: info.to_owned(),
                    text: String::new(),
                    line: number + 1,
                };
                open = Some((line.len() - body.len(), block));
            }
            (Some(_), Some(_)) => blocks.extend(open.take().map(|(_, block)| block)),
            (Some((indent, block)), None) => {
                block.text.push_str(line.get(*indent..).unwrap_or_default());
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// A folder with what the documents' commands are about.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    // The search for a configuration ends here.
    fs::create_dir(folder.path().join(".git")).unwrap();
    copy(
        &root().join("fixtures/showcase"),
        &folder.path().join("fixtures/showcase"),
    );
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Runs a script in which `hullmark` is the program under test.
fn run(folder: &Path, script: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_hullmark")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new("bash")
        .args(["-euc", &format!("{CARGO}\n{script}")])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", program.display()))
        .env("SOURCE_DATE_EPOCH", "1795392000")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let texts = [&output.stdout, &output.stderr];
    texts.map(|text| String::from_utf8_lossy(text)).concat()
}

#[test]
fn blocks_name_their_language() {
    let mut faults = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        for block in blocks(&text).iter().filter(|block| block.info.is_empty()) {
            faults.push(format!(
                "{}:{}: names no language",
                path.display(),
                block.line
            ));
        }
        let mut before = "";
        for (number, line) in text.lines().enumerate() {
            // A line below an item of a list goes on with the item.
            let is_code = line.starts_with("    ") && before.is_empty();
            let is_fenced = blocks(&text).iter().any(|block| {
                (block.line..=block.line + block.text.lines().count() + 1).contains(&(number + 1))
            });
            let is_item = text
                .lines()
                .take(number)
                .any(|line| line.starts_with(['1', '-']));
            if is_code && !is_fenced && !is_item {
                faults.push(format!(
                    "{}:{}: is code without a fence",
                    path.display(),
                    number + 1
                ));
            }
            before = line.trim();
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A block with `title="path"` is that file; `sh` and `console` blocks are run, and a `console` block shows parts of
/// the output: `…` and empty lines are between them.
#[test]
fn what_documents_show_is_what_happens() {
    let mut commands = 0;
    for path in documents() {
        let folder = folder();
        for block in blocks(&fs::read_to_string(&path).unwrap()) {
            let place = format!("{}:{}", path.display(), block.line);
            if let Some((_, title)) = block.info.split_once("title=\"") {
                let file = folder.path().join(title.trim_end_matches('"'));
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, &block.text).unwrap();
            }
            match block.info.split(' ').next() {
                Some("sh") => {
                    let output = run(folder.path(), &block.text);
                    assert!(output.status.success(), "{place}: {}", said(&output));
                    commands += 1;
                }
                Some("console") => {
                    for shown in format!("\n{}", block.text).split("\n$ ").skip(1) {
                        console(folder.path(), shown, &place);
                        commands += 1;
                    }
                }
                _ => {}
            }
        }
    }
    assert!(commands >= 8, "{commands}");
}

/// Runs a command and compares what it prints with the lines below it.
fn console(folder: &Path, shown: &str, place: &str) {
    let (command, expected) = shown.split_once('\n').unwrap();
    let output = run(folder, command);
    let found = said(&output);
    assert!(output.status.success(), "{place}: {command}: {found}");
    let mut rest = found.lines();
    let mut skips = false;
    for line in expected.lines() {
        if line == "…" || line.is_empty() {
            skips = true;
        } else if skips {
            assert!(rest.any(|found| found == line), "{place}: {line}\n{found}");
            skips = false;
        } else {
            assert_eq!(rest.next(), Some(line), "{place}: {found}");
        }
    }
    assert!(
        skips || rest.next().is_none(),
        "{place}: more is printed: {found}"
    );
}

/// Commands within sentences: every command, flag and rule that they name exists.
#[test]
fn commands_in_sentences_exist() {
    let folder = folder();
    let mut seen = 0;
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let prose: String = text.split("```").step_by(2).collect::<Vec<_>>().join("\n");
        for code in prose.split('`').skip(1).step_by(2) {
            if !code.starts_with("hullmark ") || code.contains('…') || code.contains('|') {
                continue;
            }
            // Standard input ends at once.
            let said = said(&run(folder.path(), &format!("{code} < /dev/null || true")));
            let is_named = said.contains("required arguments were not provided");
            let is_wrong = said.contains("error: ") && said.contains("Usage:") && !is_named
                || said.contains("unknown rule")
                || said.contains("is no command");
            assert!(!is_wrong, "{}: `{code}`: {said}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 5, "{seen}");
}
