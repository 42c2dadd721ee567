//! What a file is: from its name, its folder, and one look at the keys at its top.

use std::path::Path;

use crate::sources::keys::{ACTION, COMPOSE, Keys, MANIFEST, WORKFLOW, keys};
use crate::sources::parsed_keys;
use crate::sources::placeholder;
use crate::sources::template::{is_in_chart, is_template};
use crate::sources::{FileSystem, Kind, Unjudged};

/// What a file's name allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A Dockerfile, whatever is in it.
    Dockerfile,
    /// YAML.
    Yaml,
    /// JSON.
    Json,
    /// A Dockerfile if it is written like one.
    MaybeDockerfile,
    /// A template of a Dockerfile.
    DockerfileTemplate,
    /// Nothing of ours, unless the user names it.
    Other,
}

/// Endings of `Dockerfile.<ending>` that make it a template of one.
#[rustfmt::skip]
const TEMPLATES: &[&str] = &[
    "ejs", "em", "erb", "gotmpl", "hbs", "j2", "jinja", "jinja2", "liquid", "m4", "mustache",
    "template", "tmpl", "tpl", "twig",
];

/// Endings that make it something else: a copy that an editor keeps, a list, an archive, a picture.
#[rustfmt::skip]
const NO_DOCKERFILE: &[&str] = &[
    "bak", "dockerignore", "gz", "orig", "pdf", "png", "rej", "save", "sig", "swp", "tar", "zip",
    "zst", "csv", "tsv", "lock",
];

/// Endings that may name what the image is for, or the language of a text about Dockerfiles or of a program that makes one.
#[rustfmt::skip]
const IN_DOUBT: &[&str] = &[
    "adoc", "bats", "c", "cc", "cpp", "cs", "css", "diff", "go", "h", "html", "ini", "ipynb",
    "java", "js", "jsonnet", "kt", "list", "log", "lst", "lua", "md", "mdx", "nix", "patch",
    "php", "pl", "po", "ps1", "py", "rb", "rs", "rst", "scala", "sh", "snap", "svg", "swift",
    "tex", "tf", "toml", "ts", "tsx", "vim", "xml",
];

/// What a file name allows.
pub(super) fn name(file_name: &str) -> Name {
    let lower = file_name.to_ascii_lowercase();
    let (stem, ending) = lower.rsplit_once('.').unwrap_or((lower.as_str(), ""));
    let begins = ["dockerfile", "containerfile"]
        .iter()
        .any(|word| stem.starts_with(word));
    match ending {
        "dockerfile" | "containerfile" => Name::Dockerfile,
        "yaml" | "yml" => Name::Yaml,
        "json" => Name::Json,
        _ if !begins || lower.ends_with('~') || NO_DOCKERFILE.contains(&ending) => Name::Other,
        _ if TEMPLATES.contains(&ending) => Name::DockerfileTemplate,
        _ if IN_DOUBT.contains(&ending) => Name::MaybeDockerfile,
        _ => Name::Dockerfile,
    }
}

/// What the folder and the name of a YAML file say: everything in `.github/workflows` is meant as a workflow.
pub(super) fn kind_from_folder(path: &Path) -> Option<Kind> {
    let folder = path.parent()?;
    if folder.ends_with(".github/workflows") {
        return Some(Kind::Workflow);
    }
    match path.file_stem()?.to_str()? {
        "dependabot" if folder.ends_with(".github") => Some(Kind::Dependabot),
        ".pre-commit-config" => Some(Kind::PreCommit),
        _ => None,
    }
}

/// What the keys at the top of the documents say; `name` and `path` narrow it down.
pub(super) fn sniff_kind(
    name: Name,
    path: &Path,
    bytes: &[u8],
    files: &dyn FileSystem,
) -> Result<Kind, Unjudged> {
    if name == Name::MaybeDockerfile {
        let is_dockerfile = is_written_like_dockerfile(bytes);
        return is_dockerfile
            .then_some(Kind::Dockerfile)
            .ok_or(Unjudged::NoKind);
    }
    let mut keys = keys(bytes);
    let tells = |keys: &Keys| keys.iter().any(|seen| seen.has(MANIFEST));
    if name == Name::Yaml && !tells(&keys) && parsed_keys::may_hide(bytes) {
        let text = String::from_utf8_lossy(bytes);
        keys.extend(parsed_keys::keys(&text));
    }
    let has = |wanted| keys.iter().any(|seen| seen.has(wanted));
    let kind = if has(MANIFEST) {
        Kind::Kubernetes
    } else if name == Name::Json {
        return Err(Unjudged::NoKind);
    } else if has(WORKFLOW) {
        Kind::Workflow
    } else if has(ACTION) && is_named(path, &["action"]) {
        Kind::Action
    } else if has(COMPOSE) && is_compose(path) {
        Kind::Compose
    } else if name == Name::Other && begins_like_dockerfile(bytes) {
        Kind::Dockerfile
    } else {
        return Err(Unjudged::NoKind);
    };
    let is_template =
        matches!(kind, Kind::Kubernetes | Kind::Compose) && is_template(path, bytes, files);
    // What a parser takes as it stands is applied as it stands, and is judged.
    let is_finished = || {
        !is_in_chart(path, files)
            && memchr::memmem::find(bytes, b"<%").is_none()
            && !placeholder::may_occur(bytes)
            && parsed_keys::is_yaml(&String::from_utf8_lossy(bytes))
    };
    if is_template && !is_finished() {
        return Err(Unjudged::Template);
    }
    Ok(kind)
}

/// Whether a file begins with `FROM` and an image, or with `ARG` and has such a line further down. Prose and programs begin
/// lines with that word too, but do not end them as an instruction does.
fn is_written_like_dockerfile(bytes: &[u8]) -> bool {
    let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with(b"#"));
    lines
        .find(|line| {
            !line
                .get(..4)
                .is_some_and(|word| word.eq_ignore_ascii_case(b"arg "))
        })
        .is_some_and(is_from)
}

fn is_from(line: &[u8]) -> bool {
    let words = line.split(u8::is_ascii_whitespace);
    let words = words.filter(|word| !word.is_empty() && !word.starts_with(b"--"));
    let words: Vec<&[u8]> = words.collect();
    let is_word = |word: &[u8], wanted: &[u8]| word.eq_ignore_ascii_case(wanted);
    match words[..] {
        [from, _] => is_word(from, b"FROM"),
        [from, _, r#as, _] => is_word(from, b"FROM") && is_word(r#as, b"AS"),
        _ => false,
    }
}

/// Whether the file is named as Compose files are.
pub(super) fn is_compose(path: &Path) -> bool {
    is_named(path, &["compose", "docker-compose"])
}

/// Whether the file is `<word>.yml`, or `<word>.anything.yml` and `<word>-anything.yml` for Compose files, which come in variants.
pub(super) fn is_named(path: &Path, words: &[&str]) -> bool {
    let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else {
        return false;
    };
    words.iter().any(|word| {
        stem.strip_prefix(word).is_some_and(|rest| {
            rest.is_empty() || (*word != "action" && rest.starts_with(['.', '-', '_']))
        })
    })
}

/// Whether the first instruction is one that a Dockerfile begins with.
fn begins_like_dockerfile(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with(b"#"));
    let word = first.and_then(|line| line.split(u8::is_ascii_whitespace).next());
    word.is_some_and(|word| word.eq_ignore_ascii_case(b"FROM") || word.eq_ignore_ascii_case(b"ARG"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Disk;

    fn sniffed(path: &str, text: &str) -> Option<Kind> {
        let path = Path::new(path);
        let name = name(path.file_name().unwrap().to_str().unwrap());
        sniff_kind(name, path, text.as_bytes(), &Disk).ok()
    }

    #[test]
    fn names_of_dockerfiles() {
        for yes in [
            "Dockerfile",
            "dockerfile",
            "Dockerfile.dev",
            "Dockerfile-alpine",
            "Dockerfile.x86_64",
            "app.Dockerfile",
            "app.dockerfile",
            "Containerfile",
            "Dockerfile.1.2",
        ] {
            assert_eq!(name(yes), Name::Dockerfile, "{yes}");
        }
        for no in [
            "Dockerfile.dockerignore",
            "Dockerfile.bak",
            "Dockerfile~",
            "my-Dockerfile",
        ] {
            assert_eq!(name(no), Name::Other, "{no}");
        }
        assert_eq!(name("dockerfile.yaml"), Name::Yaml);
        assert_eq!(name("Dockerfile.j2"), Name::DockerfileTemplate);
    }

    #[test]
    fn dockerfiles_for_a_language_are_told_from_texts_in_it() {
        for name in ["Dockerfile.php", "Dockerfile.go", "dockerfile.md"] {
            let kind = |text| sniffed(name, text);
            for text in [
                "# syntax=docker/dockerfile:1\n\nFROM php:8.3\n",
                "ARG V=1\nfrom --platform=linux/amd64 php:$V as app\nrun x\n",
            ] {
                assert_eq!(kind(text), Some(Kind::Dockerfile), "{text}");
            }
            for text in [
                "# Build\n\nFrom here on, use FROM.\n",
                "package main\n",
                "from os import path\n",
                "<?php\n",
                "",
            ] {
                assert_eq!(kind(text), None, "{text}");
            }
        }
    }

    #[test]
    fn manifests_are_detected_by_two_keys_in_one_document() {
        let yes = Some(Kind::Kubernetes);
        assert_eq!(sniffed("a.yaml", "# x\napiVersion: v1\nkind: Pod\n"), yes);
        assert_eq!(
            sniffed(
                "a.yaml",
                "a: 1\n---\r\n\"kind\": Pod\r\n'apiVersion': v1\r\n"
            ),
            yes
        );
        assert_eq!(sniffed("a.yaml", "  apiVersion: v1\n  kind: Pod\n"), yes);
        assert_eq!(sniffed("a.yaml", "apiVersion: v1\n---\nkind: Pod\n"), None);
        assert_eq!(
            sniffed("a.yaml", "x:\n  apiVersion: v1\n  kind: Pod\n"),
            None
        );
        assert_eq!(sniffed("a.yaml", "{apiVersion: v1, kind: Pod}"), yes);
        let json = "{\"spec\": {\"kind\": \"}\"}, \"apiVersion\": \"v1\", \"kind\": \"Pod\"}";
        assert_eq!(sniffed("a.json", json), yes);
        assert_eq!(
            sniffed("a.json", "{\"a\": {\"apiVersion\": 1, \"kind\": 2}}"),
            None
        );
        assert_eq!(sniffed("a.json", "{\"on\": 1, \"jobs\": 2}"), None);
    }

    #[test]
    fn workflows_actions_and_compose_files() {
        assert_eq!(
            sniffed("ci.yml", "\"on\": push\njobs:\n"),
            Some(Kind::Workflow)
        );
        assert_eq!(sniffed("ci.yml", "jobs:\nworkflows:\n"), None);
        assert_eq!(
            sniffed("a/action.yaml", "runs:\n  using: x\n"),
            Some(Kind::Action)
        );
        assert_eq!(sniffed("a/other.yaml", "runs:\n  using: x\n"), None);
        assert_eq!(
            sniffed("docker-compose.dev.yml", "services:\n"),
            Some(Kind::Compose)
        );
        assert_eq!(sniffed("values.yml", "services:\n"), None);
        let path = Path::new("/r/.github/workflows/x.yml");
        assert_eq!(kind_from_folder(path), Some(Kind::Workflow));
        assert_eq!(kind_from_folder(Path::new("/r/.github/x.yml")), None);
        let path = Path::new("/r/.github/dependabot.yml");
        assert_eq!(kind_from_folder(path), Some(Kind::Dependabot));
        assert_eq!(kind_from_folder(Path::new("/r/dependabot.yml")), None);
        let path = Path::new("/r/.pre-commit-config.yaml");
        assert_eq!(kind_from_folder(path), Some(Kind::PreCommit));
        assert_eq!(
            sniffed("app.docker", "# x\n\nfrom alpine\n"),
            Some(Kind::Dockerfile)
        );
        assert_eq!(sniffed("notes.txt", "from here\n"), Some(Kind::Dockerfile));
    }

    #[test]
    fn templates_are_left_alone_and_text_with_braces_is_not() {
        let manifest = |rest: &str| sniffed("a.yaml", &format!("apiVersion: v1\nkind: X\n{rest}"));
        assert_eq!(manifest("{{- if .Values.x }}\na: 1\n{{ end }}\n"), None);
        assert_eq!(manifest("a: {{ .Values.x }}\n"), None);
        assert_eq!(manifest("{% if x %}\n"), None);
        for template in [
            "a:\n  - %TARGET%.%ZONE%\n",
            "a: %NAME%\n",
            "%BODY%\n",
            "a: @image@\n",
            "spec:\n  __VOLUMES__\nb: 1\n",
            "<% if x %>\nb: 1\n<% end %>\n",
            "a: <%= x %>\n",
        ] {
            assert_eq!(manifest(template), None, "{template}");
        }
        let yes = Some(Kind::Kubernetes);
        assert_eq!(manifest("a: \"{{ .Values.x }}\"\n"), yes);
        assert_eq!(
            manifest("a: \"x {{ y }}\n  {{ y }} : {{ z }} and\n  so on\"\n"),
            yes
        );
        assert_eq!(manifest("{{ .Values.x }}: 1\n"), None);
        assert_eq!(
            manifest("data:\n  a: |-\n    {{ define }}\n    x: {{ y }}\nb: 1\n"),
            yes
        );
        assert_eq!(manifest("data:\n  a: |\n    x\n  b: {{ y }}\n"), None);
        for text in [
            "a: __IMAGE__\n",
            "a: 10%\nb: 50%-100%\nc: '%NAME%'\n",
            "a: me@example.com\nd: \"@x@\"\n",
            "a: |\n  %NAME%\n  @x@\n  <% x %>\n",
            "a: >-\n  x\n  __Y__\n",
            "a: x\n  __Y__\n",
            "a: x < y\n# %NAME%\n",
        ] {
            assert_eq!(manifest(text), yes, "{text}");
        }
        let helm = "{{- if .Values.x }}\napiVersion: v1\nkind: X\n{{- end }}\n";
        assert_eq!(sniffed("a.yaml", helm), None);
    }
}
