//! Terraform's `helm_release` of a chart in the repository.

use std::path::PathBuf;

use crate::deployed::releases::Release;
use crate::deployed::releases::around::Around;
use crate::regular::normal;

/// How many releases of a file are read.
const MOST: usize = 100;

/// The releases in a file of Terraform, read by lines and braces.
pub(super) fn read(text: &str, around: &Around) -> Vec<(PathBuf, Option<Release>)> {
    let mut found = Vec::new();
    let starts = text.match_indices("\"helm_release\"").take(MOST);
    for (start, _) in starts {
        let Some(block) = block(&text[start..]) else {
            continue;
        };
        let own = |name: &str| assigned(block, name);
        let Some(chart) = own("chart").and_then(quoted).and_then(path_of) else {
            continue;
        };
        if own("repository").is_some() {
            continue;
        }
        let plain = |name: &str| {
            let text = own(name).and_then(quoted)?;
            (!text.contains(['$', '{'])).then(|| text.to_owned())
        };
        let mut release = Release {
            name: plain("name"),
            namespace: plain("namespace"),
            is_lasting: true,
            ..Release::default()
        };
        for call in ["file(", "templatefile("] {
            for (at, _) in block.match_indices(call) {
                let is_word = block[..at].ends_with(|before: char| before.is_alphanumeric());
                let path = quoted(block[at + call.len()..].trim_start()).and_then(path_of);
                match path.filter(|_| !is_word) {
                    Some(path) => around.add_file(path, &around.own, &mut release),
                    None => release.is_open |= !is_word,
                }
            }
        }
        let is_computed = ["yamlencode(", "<<", "var.", "local.", "dynamic \"set"];
        release.is_open |= is_computed.iter().any(|word| block.contains(word));
        let names = block.match_indices("set").filter_map(|(at, _)| {
            let rest =
                block[at..].trim_start_matches(|byte: char| byte.is_alphanumeric() || byte == '_');
            let inner = rest.trim_start().strip_prefix('{')?;
            assigned(inner, "name").and_then(quoted)
        });
        let names: Vec<&str> = names.collect();
        around.add_set(names, &mut release);
        found.push((normal(&around.own.join(chart)), Some(release)));
    }
    found
}

/// What stands between the first brace and the one that closes it.
fn block(text: &str) -> Option<&str> {
    let start = text.find('{')? + 1;
    let mut depth = 1;
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(start..at);
        }
    }
    None
}

/// What is assigned to a name on a line of its own.
fn assigned<'t>(block: &'t str, name: &str) -> Option<&'t str> {
    let mut lines = block.lines().map(str::trim);
    lines.find_map(|line| {
        let value = line.strip_prefix(name)?.trim_start().strip_prefix('=')?;
        Some(value.trim())
    })
}

fn quoted(text: &str) -> Option<&str> {
    let (inner, _) = text.strip_prefix('"')?.split_once('"')?;
    Some(inner)
}

/// A path that begins at the file's own folder.
fn path_of(text: &str) -> Option<&str> {
    let path = ["${path.module}/", "${path.root}/", "./"]
        .iter()
        .find_map(|start| text.strip_prefix(start))
        .unwrap_or(text);
    (!path.contains(['$', '{']) && !path.contains("://")).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_beside_the_file_is_a_release() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().to_owned();
        std::fs::create_dir_all(top.join("infra")).unwrap();
        std::fs::write(top.join("infra/web.yaml"), "a: 1\n").unwrap();
        let around = Around {
            file: top.join("infra/main.tf"),
            own: top.join("infra"),
            top: top.clone(),
        };
        let text = "resource \"helm_release\" \"web\" {\n  name = \"web\"\n  chart = \"${path.module}/../charts/web\"\n  values = [\n    file(\"${path.module}/web.yaml\")\n  ]\n  set {\n    name = \"image.tag\"\n    value = \"1\"\n  }\n}\nresource \"helm_release\" \"db\" {\n  repository = \"https://example.com\"\n  chart = \"db\"\n}\n";
        let found = read(text, &around);
        let [(chart, Some(release))] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(*chart, top.join("charts/web"));
        assert_eq!(release.name.as_deref(), Some("web"));
        assert!(!release.is_open);
        assert_eq!(release.values[0].file, top.join("infra/web.yaml"));
        let set = release.values[1].text.as_deref();
        assert_eq!(set, Some("image:\n  tag: set\n"));
    }
}
