//! `helm upgrade` of a chart in the repository, in workflows, pipelines and scripts.

use std::path::{Path, PathBuf};

use crate::deployed::releases::Release;
use crate::deployed::releases::around::Around;
use crate::regular::normal;

/// How many commands of a file are read, and how many words of each.
const COMMANDS: usize = 50;
const WORDS: usize = 200;

/// Options of `helm upgrade` that take a value which says nothing of the chart's own.
const TAKING: &[&str] = &[
    "--ca-file",
    "--cert-file",
    "--description",
    "--history-max",
    "--key-file",
    "--keyring",
    "--kube-apiserver",
    "--kube-context",
    "--kube-token",
    "--kubeconfig",
    "--labels",
    "-o",
    "--output",
    "--password",
    "--post-renderer",
    "--repo",
    "--timeout",
    "--username",
    "--version",
];

/// The releases that commands in a text make.
pub(super) fn read(text: &str, around: &Around) -> Vec<(PathBuf, Option<Release>)> {
    let below = around.below();
    // Many a script installs what is being written.
    let is_lasting = !is_script(&around.file)
        || ["deploy", "prod", "release"]
            .iter()
            .any(|word| below.contains(word));
    let commands = text.match_indices("helm upgrade ").take(COMMANDS);
    let commands = commands.filter(|(at, _)| !is_comment(text, *at));
    let found = commands.filter_map(|(at, command)| release(&text[at + command.len()..], around));
    let found = found.map(|(chart, release)| {
        let release = Release {
            is_lasting,
            is_open: release.is_open && is_lasting,
            ..release
        };
        (chart, Some(release))
    });
    found.collect()
}

fn is_comment(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    line.trim_start().starts_with(['#', '/'])
}

fn release(text: &str, around: &Around) -> Option<(PathBuf, Release)> {
    let words = words(text);
    let mut words = words.iter().map(String::as_str);
    let mut release = Release::default();
    let (mut files, mut set, mut free) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(word) = words.next() {
        let (option, own) = match word.split_once('=') {
            Some((option, own)) if option.starts_with('-') => (option, Some(own)),
            _ => (word, None),
        };
        let mut value = || own.or_else(|| words.next());
        match option {
            "-f" | "--values" => files.extend(value().into_iter().flat_map(|list| list.split(','))),
            "--set" | "--set-string" | "--set-literal" | "--set-json" => set.extend(value()),
            "--set-file" => release.is_open = true,
            "-n" | "--namespace" => release.namespace = value().and_then(plain),
            "--reuse-values" => release.is_open = true,
            option if TAKING.contains(&option) => _ = value(),
            option if option.starts_with('-') => {}
            // Options in a variable may be any.
            word if word.starts_with('$') && !word.starts_with("${{") && free.len() > 1 => {
                release.is_open = true;
            }
            word => free.push(word),
        }
    }
    let [name, chart, ..] = free.as_slice() else {
        return None;
    };
    let bases = [&around.own, &around.top];
    let is_chart = |folder: &PathBuf| folder.join("Chart.yaml").is_file();
    let mut charts = bases.iter().map(|base| normal(&base.join(chart)));
    let chart = charts
        .find(is_chart)
        .filter(|chart| chart.starts_with(&around.top))?;
    release.name = plain(name);
    for file in files {
        let exists = |base: &&&PathBuf| base.join(file).is_file();
        let base = bases.iter().find(exists).map_or(&around.own, |base| *base);
        around.add_file(file, base, &mut release);
    }
    let names = set.iter().flat_map(|list| assigned(list));
    around.add_set(names, &mut release);
    Some((chart, release))
}

/// The paths of an assignment such as `image.tag=$TAG,replicas=2`; a value may hold commas itself.
fn assigned(list: &str) -> impl Iterator<Item = &str> {
    let parts = list.split(',').filter_map(|part| part.split_once('='));
    parts.map(|(name, _)| name.trim())
}

fn plain(word: &str) -> Option<String> {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
    (!word.is_empty() && word.bytes().all(is_of_name)).then(|| word.to_owned())
}

/// The words of a command: to the end of its line, or of those lines that go on with options.
fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let goes_on = line.ends_with('\\');
        let line = line.trim_end_matches('\\');
        let is_next = found.is_empty() || line.starts_with('-');
        if !found.is_empty() && !is_next && found.last().is_none_or(|last| last != "\\") {
            break;
        }
        if found.last().is_some_and(|last| last == "\\") {
            found.pop();
        }
        if split(line, &mut found) || found.len() >= WORDS {
            break;
        }
        if goes_on {
            found.push("\\".to_owned());
        }
    }
    found.retain(|word| word != "\\");
    found
}

/// Splits a line at blanks outside of quotes and of actions; whether the command ends on it.
fn split(line: &str, found: &mut Vec<String>) -> bool {
    let mut word = String::new();
    let mut quote = None;
    let mut depth = 0_usize;
    for sign in line.chars() {
        match (quote, sign) {
            (Some(open), sign) if sign == open => quote = None,
            (Some(_), sign) => word.push(sign),
            (None, '"' | '\'') => quote = Some(sign),
            (None, '{') => {
                depth += 1;
                word.push(sign);
            }
            (None, '}') => {
                depth = depth.saturating_sub(1);
                word.push(sign);
            }
            (None, ';' | '|' | '&' | '>') if depth == 0 => {
                found.extend(Some(word).filter(|word| !word.is_empty()));
                return true;
            }
            (None, sign) if sign.is_whitespace() && depth == 0 => {
                found.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
            }
            (None, sign) => word.push(sign),
        }
    }
    found.extend(Some(word).filter(|word| !word.is_empty()));
    false
}

/// Whether a file that is no YAML may hold such commands, by its name.
pub(super) fn is_script(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| {
        matches!(name, "Makefile" | "Jenkinsfile" | "justfile")
            || path
                .extension()
                .is_some_and(|ending| ending == "sh" || ending == "mk")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_over_its_lines() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().to_owned();
        std::fs::create_dir_all(top.join("charts/web")).unwrap();
        std::fs::write(top.join("charts/web/Chart.yaml"), "").unwrap();
        std::fs::write(top.join("prod.yaml"), "a: 1\n").unwrap();
        let around = |file: &str| Around {
            file: top.join(file),
            own: top.join(".github/workflows"),
            top: top.clone(),
        };
        let text = "run: |\n  helm upgrade --install shop \\\n    ./charts/web --version 1 \\\n    -f prod.yaml --set image.tag=${{ github.sha }},a.b=1 -n shop\n  echo done\n";
        let found = read(text, &around(".github/workflows/deploy.yml"));
        let [(chart, Some(release))] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(*chart, top.join("charts/web"));
        assert_eq!(release.name.as_deref(), Some("shop"));
        assert_eq!(release.namespace.as_deref(), Some("shop"));
        assert!(!release.is_open);
        assert_eq!(release.values[0].file, top.join("prod.yaml"));
        let set = release.values[1].text.as_deref();
        assert_eq!(set, Some("image:\n  tag: set\na:\n  b: set\n"));
        let in_yaml = "run: >-\n  helm upgrade shop charts/web\n  --set tag=1\n  --wait\nenv: {}\n";
        assert_eq!(read(in_yaml, &around(".gitlab-ci.yml")).len(), 1);
        for text in [
            "# helm upgrade shop charts/web --set a=1\n",
            "helm upgrade shop charts/other\n",
            "helm upgrade shop $CHART\n",
            "helm install shop charts/web\n",
        ] {
            assert_eq!(read(text, &around("deploy.yml")), Vec::new(), "{text}");
        }
    }
}
