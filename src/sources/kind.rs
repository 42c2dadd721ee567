//! What a file is: told by its name, its folder, and one look at the keys at its top.

use std::path::Path;

use crate::sources::Kind;
use crate::sources::template::is_template;

/// What a file's name allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A Dockerfile, whatever is in it.
    Dockerfile,
    /// YAML.
    Yaml,
    /// JSON.
    Json,
    /// Nothing of ours, unless the user names it.
    Other,
}

/// Endings that make `Dockerfile.<ending>` something else: a template of one, a text about one, a program that makes one.
const NO_DOCKERFILE: &[&str] = &[
    "adoc",
    "bak",
    "bats",
    "c",
    "cc",
    "cpp",
    "cs",
    "css",
    "diff",
    "dockerignore",
    "ejs",
    "em",
    "erb",
    "go",
    "gotmpl",
    "gz",
    "h",
    "hbs",
    "html",
    "ini",
    "ipynb",
    "j2",
    "java",
    "jinja",
    "jinja2",
    "js",
    "json",
    "jsonnet",
    "kt",
    "liquid",
    "lock",
    "log",
    "lua",
    "m4",
    "md",
    "mdx",
    "mustache",
    "nix",
    "orig",
    "patch",
    "php",
    "pl",
    "png",
    "po",
    "ps1",
    "py",
    "rb",
    "rej",
    "rs",
    "rst",
    "scala",
    "sh",
    "sig",
    "snap",
    "svg",
    "swift",
    "swp",
    "tar",
    "template",
    "tex",
    "tf",
    "tmpl",
    "toml",
    "tpl",
    "ts",
    "tsx",
    "twig",
    "vim",
    "xml",
    "yaml",
    "yml",
    "zip",
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
        _ if begins && !lower.ends_with('~') && !NO_DOCKERFILE.contains(&ending) => {
            Name::Dockerfile
        }
        "yaml" | "yml" => Name::Yaml,
        "json" => Name::Json,
        _ => Name::Other,
    }
}

/// What the folder of a YAML file says: everything in `.github/workflows` is meant as a workflow.
pub(super) fn told_by_path(path: &Path) -> Option<Kind> {
    path.parent()
        .is_some_and(|folder| folder.ends_with(".github/workflows"))
        .then_some(Kind::Workflow)
}

/// What the keys at the top of the documents say; `name` and `path` narrow it down.
pub(super) fn told_by_content(name: Name, path: &Path, bytes: &[u8]) -> Option<Kind> {
    let keys = keys(bytes);
    let has = |wanted| keys.iter().any(|seen| seen.has(wanted));
    let kind = if has(MANIFEST) {
        Kind::Kubernetes
    } else if name == Name::Json {
        return None;
    } else if has(WORKFLOW) {
        Kind::Workflow
    } else if has(ACTION) && is_named(path, &["action"]) {
        Kind::Action
    } else if has(COMPOSE) && is_named(path, &["compose", "docker-compose"]) {
        Kind::Compose
    } else if name == Name::Other && begins_like_dockerfile(bytes) {
        Kind::Dockerfile
    } else {
        return None;
    };
    let is_template = matches!(kind, Kind::Kubernetes | Kind::Compose) && is_template(path, bytes);
    (!is_template).then_some(kind)
}

/// Whether the file is `<word>.yml`, or `<word>.anything.yml` and `<word>-anything.yml` for Compose files, which come in variants.
fn is_named(path: &Path, words: &[&str]) -> bool {
    let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else {
        return false;
    };
    words.iter().any(|word| {
        stem.strip_prefix(word).is_some_and(|rest| {
            rest.is_empty() || (*word != "action" && rest.starts_with(['.', '-', '_']))
        })
    })
}

/// What keys stand together at the top of some document.
type Keys = Vec<Seen>;

/// The keys seen at the top of one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen(u8);

/// The keys that tell kinds apart; each is a bit of [`Seen`].
const TELLING: [&[u8]; 6] = [b"apiVersion", b"kind", b"on", b"jobs", b"runs", b"services"];
const MANIFEST: Seen = Seen(0b00_0011);
const WORKFLOW: Seen = Seen(0b00_1100);
const ACTION: Seen = Seen(0b01_0000);
const COMPOSE: Seen = Seen(0b10_0000);

impl Seen {
    fn note(&mut self, key: &[u8]) {
        if let Some(bit) = TELLING.iter().position(|telling| *telling == key) {
            self.0 |= 1 << bit;
        }
    }

    fn has(self, keys: Self) -> bool {
        self.0 & keys.0 == keys.0
    }
}

/// Remembers what a document's keys were, once.
fn keep(seen: Seen, keys: &mut Keys) {
    if !keys.contains(&seen) {
        keys.push(seen);
    }
}

/// Scans lines: a key at the top is one that is indented as the first line of its document is. No value is understood, so a broken file is still told.
fn keys(bytes: &[u8]) -> Keys {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut keys = Keys::new();
    let mut seen = Seen::default();
    let mut top: Option<usize> = None;
    let mut offset = 0;
    for line in bytes.split(|byte| *byte == b'\n' || *byte == b'\r') {
        let start = offset;
        offset += line.len() + 1;
        if line.starts_with(b"---") {
            keep(seen, &mut keys);
            if seen.has(MANIFEST) {
                return keys;
            }
            (seen, top) = (Seen::default(), None);
            continue;
        }
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        let rest = &line[indent..];
        match rest {
            [] | [b'#' | b'%', ..] | [b'{', b'{' | b'%', ..] => continue,
            // A line of white space, or an indented line deep below the top, which is most of a file.
            _ if top.is_some_and(|top| top != indent) => continue,
            [b'{', ..] if top.is_none() => {
                flow(&bytes[start..], &mut keys);
                return keys;
            }
            _ => top = Some(indent),
        }
        if let Some(key) = key(rest) {
            seen.note(key);
        }
    }
    keep(seen, &mut keys);
    keys
}

/// The key at the start of a line, without its quotes.
fn key(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    if !matches!(
        line.get(colon + 1),
        None | Some(b' ' | b'\t' | b'{' | b'[' | b'"')
    ) {
        return None;
    }
    let key = line[..colon].trim_ascii_end();
    let quoted = [b'"', b'\''].iter().find_map(|quote| {
        key.strip_prefix(std::slice::from_ref(quote))?
            .strip_suffix(std::slice::from_ref(quote))
    });
    Some(quoted.unwrap_or(key))
}

/// The keys at the top of JSON, or of YAML in braces.
fn flow(bytes: &[u8], keys: &mut Keys) {
    let mut seen = Seen::default();
    let mut depth = 0_usize;
    let mut word: &[u8] = b"";
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => {
                depth += 1;
                word = b"";
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    keep(seen, keys);
                    seen = Seen::default();
                }
                word = b"";
            }
            b':' if depth == 1 => seen.note(std::mem::take(&mut word)),
            b',' => word = b"",
            quote @ (b'"' | b'\'') => {
                let start = at + 1;
                at = start;
                while at < bytes.len() && bytes[at] != quote {
                    at += if bytes[at] == b'\\' && quote == b'"' {
                        2
                    } else {
                        1
                    };
                }
                word = bytes.get(start..at).unwrap_or_default();
            }
            byte if byte.is_ascii_alphanumeric() => {
                let rest = &bytes[at..];
                let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric());
                word = &rest[..length.unwrap_or(rest.len())];
                at += word.len() - 1;
            }
            _ => {}
        }
        at += 1;
    }
    keep(seen, keys);
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

    fn told(path: &str, text: &str) -> Option<Kind> {
        let path = Path::new(path);
        let name = name(path.file_name().unwrap().to_str().unwrap());
        told_by_content(name, path, text.as_bytes())
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
            "Dockerfile.md",
            "Dockerfile.dockerignore",
            "Dockerfile.j2",
            "dockerfile.go",
            "Dockerfile~",
            "my-Dockerfile",
        ] {
            assert_eq!(name(no), Name::Other, "{no}");
        }
        assert_eq!(name("dockerfile.yaml"), Name::Yaml);
    }

    #[test]
    fn manifests_are_told_by_two_keys_in_one_document() {
        let yes = Some(Kind::Kubernetes);
        assert_eq!(told("a.yaml", "# x\napiVersion: v1\nkind: Pod\n"), yes);
        assert_eq!(
            told(
                "a.yaml",
                "a: 1\n---\r\n\"kind\": Pod\r\n'apiVersion': v1\r\n"
            ),
            yes
        );
        assert_eq!(told("a.yaml", "  apiVersion: v1\n  kind: Pod\n"), yes);
        assert_eq!(told("a.yaml", "apiVersion: v1\n---\nkind: Pod\n"), None);
        assert_eq!(told("a.yaml", "x:\n  apiVersion: v1\n  kind: Pod\n"), None);
        assert_eq!(told("a.yaml", "{apiVersion: v1, kind: Pod}"), yes);
        let json = "{\"spec\": {\"kind\": \"}\"}, \"apiVersion\": \"v1\", \"kind\": \"Pod\"}";
        assert_eq!(told("a.json", json), yes);
        assert_eq!(
            told("a.json", "{\"a\": {\"apiVersion\": 1, \"kind\": 2}}"),
            None
        );
        assert_eq!(told("a.json", "{\"on\": 1, \"jobs\": 2}"), None);
    }

    #[test]
    fn workflows_actions_and_compose_files() {
        assert_eq!(
            told("ci.yml", "\"on\": push\njobs:\n"),
            Some(Kind::Workflow)
        );
        assert_eq!(told("ci.yml", "jobs:\nworkflows:\n"), None);
        assert_eq!(
            told("a/action.yaml", "runs:\n  using: x\n"),
            Some(Kind::Action)
        );
        assert_eq!(told("a/other.yaml", "runs:\n  using: x\n"), None);
        assert_eq!(
            told("docker-compose.dev.yml", "services:\n"),
            Some(Kind::Compose)
        );
        assert_eq!(told("values.yml", "services:\n"), None);
        let path = Path::new("/r/.github/workflows/x.yml");
        assert_eq!(told_by_path(path), Some(Kind::Workflow));
        assert_eq!(told_by_path(Path::new("/r/.github/x.yml")), None);
        assert_eq!(
            told("app.docker", "# x\n\nfrom alpine\n"),
            Some(Kind::Dockerfile)
        );
        assert_eq!(told("notes.txt", "from here\n"), Some(Kind::Dockerfile));
    }

    #[test]
    fn templates_are_left_alone_and_text_with_braces_is_not() {
        let manifest = |rest: &str| told("a.yaml", &format!("apiVersion: v1\nkind: X\n{rest}"));
        assert_eq!(manifest("{{- if .Values.x }}\na: 1\n{{ end }}\n"), None);
        assert_eq!(manifest("a: {{ .Values.x }}\n"), None);
        assert_eq!(manifest("{% if x %}\n"), None);
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
        let helm = "{{- if .Values.x }}\napiVersion: v1\nkind: X\n{{- end }}\n";
        assert_eq!(told("a.yaml", helm), None);
    }
}
