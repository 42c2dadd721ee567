//! The action's script hands its inputs to the program as they are, whatever they contain.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]
#![expect(clippy::print_stderr, reason = "a shell that is not installed is said")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

/// The scripts that run the program with what the inputs say: for bash and, where there is one, for PowerShell.
const SCRIPTS: [&str; 2] = ["bash", "pwsh"];

/// A command that runs the script for a shell as a runner does, or nothing where the shell is not installed.
fn command(shell: &str) -> Option<Command> {
    let file = |name: &str| {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tools/action")
            .join(name)
    };
    let mut command = Command::new(shell);
    if shell == "bash" {
        command
            .args(["--noprofile", "--norc"])
            .arg(file("check.sh"));
        return Some(command);
    }
    let found = Command::new(shell)
        .args(["-NoProfile", "-Command", "exit 0"])
        .output();
    if found.is_err() {
        eprintln!("skipped: {shell} is not installed");
        return None;
    }
    command
        .args(["-NoProfile", "-NonInteractive", "-File"])
        .arg(file("check.ps1"));
    Some(command)
}

/// The arguments that the program gets, and its exit status, with these inputs; all others are empty.
fn run(inputs: &[(&str, &str)], status: i32) -> (Vec<String>, i32) {
    let mut results = SCRIPTS
        .iter()
        .filter_map(|shell| Some(run_in(command(shell)?, inputs, status)));
    let first = results.next().unwrap();
    for other in results {
        assert_eq!(first, other, "the shells differ");
    }
    first
}

fn run_in(mut shell: Command, inputs: &[(&str, &str)], status: i32) -> (Vec<String>, i32) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("hullmark");
    let text = format!("#!/bin/sh\nprintf '%s\\0' \"$@\"\nexit {status}\n");
    executable(&program, &text);
    executable(&program.with_extension("exe"), &text);
    // A git that has the commit `here` alone, and fetches none but `there`.
    let programs = tempfile::tempdir().unwrap();
    let git = "#!/bin/sh\ncase \"$*\" in 'cat-file -e here^{commit}' | 'fetch --quiet --no-tags --depth=1 origin -- there') ;; \
        'cat-file commit HEAD') printf 'tree 1\\nparent there\\nparent 2\\n\\nparent 3\\n' ;; *) exit 1 ;; esac\n";
    executable(&programs.path().join("git"), git);
    let path = format!("{}:{}", programs.path().display(), env!("PATH"));
    // A pattern that the shell expanded would become this name.
    fs::write(folder.path().join("a.yaml"), "").unwrap();
    shell
        .current_dir(folder.path())
        .env("HULLMARK", &program)
        .env("PATH", path);
    let names = [
        "PATHS",
        "CONFIG",
        "CONFIG_FROM",
        "SELECT",
        "IGNORE",
        "FAIL_ON",
        "BASELINE",
        "DIFF_BASE",
        "SUMMARY",
        "SARIF",
        "FORMAT",
        "ARGS",
    ];
    let given = |name: &str| {
        let given = inputs.iter().find(|(input, _)| *input == name);
        given.map_or("", |(_, text)| text)
    };
    for name in names {
        shell.env(format!("INPUT_{name}"), given(name));
    }
    shell.env("BASE", given("BASE"));
    shell.env("GITHUB_STEP_SUMMARY", given("GITHUB_STEP_SUMMARY"));
    let output = shell.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let entries = fs::read_dir(folder.path()).unwrap();
    assert_eq!(entries.count(), 3, "the script ran a command of an input");
    let mut arguments: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .split('\0')
        .map(ToOwned::to_owned)
        .collect();
    assert_eq!(arguments.pop().as_deref(), Some(""));
    (arguments, output.status.code().unwrap())
}

fn executable(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn arguments(inputs: &[(&str, &str)]) -> Vec<String> {
    run(inputs, 0).0
}

#[test]
fn an_empty_input_adds_no_argument() {
    let expected = ["check", "--format=github", "--output=-", "--"];
    assert_eq!(arguments(&[]), expected);
    let blank = [("PATHS", "\n  \n"), ("SELECT", " \n,"), ("IGNORE", "\n")];
    assert_eq!(arguments(&blank), expected);
}

#[test]
fn a_pull_request_is_judged_by_the_configuration_of_its_base() {
    let from = |inputs: &[(&str, &str)]| {
        let arguments = arguments(inputs).into_iter();
        let mut from = arguments.filter(|argument| argument.starts_with("--config"));
        from.next()
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(from(&[("BASE", "here")]), some("--config-from=here"));
    assert_eq!(from(&[("BASE", "there")]), some("--config-from=there"));
    assert_eq!(from(&[("BASE", "here"), ("CONFIG_FROM", "none")]), None);
    let folder = [("BASE", "here"), ("CONFIG_FROM", "./trusted")];
    assert_eq!(from(&folder), some("--config-from=./trusted"));
    let named = [("BASE", "here"), ("CONFIG", "x.yml")];
    assert_eq!(from(&named), some("--config=x.yml"));
    assert_eq!(
        run(&[("BASE", "nowhere")], 0).1,
        1,
        "what cannot be fetched fails"
    );
}

#[test]
fn spaces_separate_paths_on_a_single_line_only() {
    let paths = |text: &str| arguments(&[("PATHS", text)]).split_off(4);
    assert_eq!(paths("."), ["."]);
    assert_eq!(paths("deploy  Dockerfile"), ["deploy", "Dockerfile"]);
    assert_eq!(paths("deploy Dockerfile\n"), ["deploy", "Dockerfile"]);
    let lines = "deploy\n\n  my charts/web  \r\n-x\n*.yaml\n";
    assert_eq!(paths(lines), ["deploy", "my charts/web", "-x", "*.yaml"]);
}

#[test]
fn rules_are_separated_by_commas_spaces_and_lines() {
    let inputs = [
        ("SELECT", "default,\n image/missing-digest\n"),
        ("IGNORE", "DL3008, hadolint:DL3020 shell,,yaml"),
    ];
    let expected = [
        "check",
        "--select=default",
        "--select=image/missing-digest",
        "--ignore=DL3008",
        "--ignore=hadolint:DL3020",
        "--ignore=shell",
        "--ignore=yaml",
        "--format=github",
        "--output=-",
        "--",
    ];
    assert_eq!(arguments(&inputs), expected);
}

#[test]
fn nothing_in_an_input_is_run_or_becomes_another_option() {
    let hostile = "$(touch${IFS}x);`touch${IFS}y`\"'|*";
    let inputs = [
        ("PATHS", hostile),
        ("CONFIG", "--exit-zero"),
        ("SELECT", "--exit-zero *"),
        ("IGNORE", hostile),
        ("FAIL_ON", "error --exit-zero"),
        ("SARIF", "a b\n$(touch z)"),
    ];
    let expected = [
        "check".to_owned(),
        "--config=--exit-zero".to_owned(),
        "--select=--exit-zero".to_owned(),
        "--select=*".to_owned(),
        format!("--ignore={hostile}"),
        "--fail-on=error --exit-zero".to_owned(),
        "--format=github".to_owned(),
        "--output=-".to_owned(),
        "--format=sarif".to_owned(),
        "--output=a b\n$(touch z)".to_owned(),
        "--".to_owned(),
        hostile.to_owned(),
    ];
    assert_eq!(arguments(&inputs), expected);
}

#[test]
fn what_is_known_is_left_out_and_the_summary_gets_tables() {
    let inputs = [
        ("BASE", "here"),
        ("CONFIG_FROM", "none"),
        ("BASELINE", "b.txt"),
        ("DIFF_BASE", "auto"),
        ("SUMMARY", "true"),
        ("GITHUB_STEP_SUMMARY", "/tmp/a b"),
        ("SARIF", "x.sarif"),
    ];
    let expected = [
        "check",
        "--baseline=b.txt",
        "--diff-base=auto",
        "--format=github",
        "--output=-",
        "--format=sarif",
        "--output=x.sarif",
        "--format=markdown",
        "--output=/tmp/a b",
        "--",
    ];
    assert_eq!(arguments(&inputs), expected);
    let off = [("SUMMARY", "false"), ("GITHUB_STEP_SUMMARY", "/tmp/a")];
    assert_eq!(
        arguments(&off),
        ["check", "--format=github", "--output=-", "--"]
    );
    // Outside a pull request there is nothing to fetch.
    let pushed = [("DIFF_BASE", "auto")];
    assert!(arguments(&pushed).contains(&"--diff-base=auto".to_owned()));
}

#[test]
fn the_exit_status_is_the_programs() {
    for status in [0, 1, 2] {
        assert_eq!(run(&[("PATHS", ".")], status).1, status);
    }
}

#[test]
fn more_arguments_come_before_the_paths() {
    let inputs = [
        ("FORMAT", "concise"),
        ("ARGS", "--no-context\n--kubernetes=1.34 # a b\n"),
        ("PATHS", "deploy"),
    ];
    let expected = [
        "check",
        "--format=concise",
        "--output=-",
        "--no-context",
        "--kubernetes=1.34 # a b",
        "--",
        "deploy",
    ];
    assert_eq!(arguments(&inputs), expected);
    let line = [("ARGS", "--no-context  --severity=error")];
    let arguments = arguments(&line);
    assert_eq!(arguments[3..5], ["--no-context", "--severity=error"]);
}

/// What a script says in a step is fixed: inputs are in the environment, and programs are those of the action and the runner.
#[test]
fn steps_contain_no_expression() {
    let action = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml"));
    let action = action.unwrap();
    let lines: Vec<&str> = action
        .lines()
        .filter(|line| line.trim_start().starts_with("run: "))
        .collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    for line in lines {
        assert!(line.contains("ACTION_PATH/tools/action/"), "{line}");
        assert!(!line.contains("${{"), "{line}");
    }
    for (name, count) in [("version", 2), ("args", 2), ("paths", 2)] {
        let used = format!("${{{{ inputs.{name} }}}}");
        assert_eq!(action.matches(&used).count(), count, "{name}");
    }
}
