//! What the builds of a folder say of images: names that they put something else in place of, so that `FROM name` is no image of a registry, and the
//! names that they give to what they make.

use std::path::Path;

use crate::sources::FileSystem;
use crate::sources::context::head;

/// Files of Docker Bake.
const BAKE: &[&str] = &[
    "docker-bake.hcl",
    "docker-bake.json",
    "docker-bake.override.hcl",
    "docker-bake.override.json",
    "bake.hcl",
];
/// Files that call the builder.
const SCRIPTS: &[&str] = &[
    "Makefile",
    "makefile",
    "GNUmakefile",
    "justfile",
    "Justfile",
    "Taskfile.yml",
    "Taskfile.yaml",
    "build.sh",
    "Earthfile",
    "README.md",
    "readme.md",
    "skaffold.yaml",
];

/// How many workflows of a repository are read.
const WORKFLOWS: usize = 40;

/// What the files of a folder say about named contexts.
#[derive(Clone, Debug, Default)]
pub(super) struct NamedContexts {
    /// The texts of bake files.
    bake: String,
    /// What is behind `additional_contexts:`, `build-contexts:` and the option `--build-context`, a line each.
    lines: String,
    /// The names that builds give to their images, without tags, a line each.
    tags: String,
}

impl NamedContexts {
    /// Whether a build gives its image this name; what a script fills in, such as the owner, may be any.
    pub(super) fn tags(&self, repository: &str) -> bool {
        let (owner, name) = repository.rsplit_once('/').unwrap_or(("", repository));
        self.tags.lines().any(|tag| {
            let (given, last) = tag.rsplit_once('/').unwrap_or(("", tag));
            let is_of_owner = || {
                let registry = given.strip_suffix(owner);
                registry.is_some_and(|registry| registry.is_empty() || registry.ends_with('/'))
            };
            last == name && (is_of_owner() || given.contains('$') || owner.contains('$'))
        })
    }

    /// Whether a build may put something else in place of the name.
    pub(super) fn has(&self, name: &str) -> bool {
        is_in_bake(&self.bake, name) || self.lines.lines().any(|line| line == name)
    }
}

/// The named contexts of a folder whose entries have these names.
pub(super) fn read(files: &dyn FileSystem, names: &[String], folder: &Path) -> NamedContexts {
    let has = |name: &str| {
        names
            .binary_search_by(|entry| entry.as_str().cmp(name))
            .is_ok()
    };
    let mut found = NamedContexts::default();
    for name in BAKE.iter().filter(|name| has(name)) {
        found.bake.push_str(&head(files, &folder.join(name)));
        found.bake.push('\n');
    }
    let compose = names.iter().map(String::as_str);
    let compose = compose.filter(|name| is_compose(name)).take(COMPOSE);
    let scripts = SCRIPTS.iter().copied().filter(|name| has(name));
    let builds = names.iter().map(String::as_str);
    let builds = builds.filter(|name| is_build_script(name)).take(COMPOSE);
    for name in compose.chain(scripts).chain(builds) {
        let text = head(files, &folder.join(name));
        note(&text, &mut found.lines);
        if !name.to_ascii_lowercase().starts_with("readme") {
            note_tags(&text, &mut found.tags);
        }
    }
    if has(".github") {
        let workflows = folder.join(".github/workflows");
        let entries = files.entries(&workflows, WORKFLOWS).unwrap_or_default();
        for entry in entries.into_iter().take(WORKFLOWS) {
            let text = head(files, &workflows.join(&entry.name));
            note(&text, &mut found.lines);
            note_tags(&text, &mut found.tags);
        }
    }
    found
}

/// How many Compose files of a folder are read.
const COMPOSE: usize = 16;

/// Whether a file is one of Compose by its name, or a template of one: `compose.yaml`, `docker-compose.prod.yml`, `docker-compose.tmpl.yml`.
fn is_compose(name: &str) -> bool {
    let stem = name
        .strip_suffix(".yml")
        .or_else(|| name.strip_suffix(".yaml"));
    stem.is_some_and(|stem| stem.split(['.', '-', '_']).any(|part| part == "compose"))
}

/// Whether a file is a script that builds images by its name: `buildDockerImage.sh`, `docker-build.sh`.
fn is_build_script(name: &str) -> bool {
    let stem = name.strip_suffix(".sh").unwrap_or_default();
    name != "build.sh" && stem.to_ascii_lowercase().contains("build")
}

/// Whether the name is quoted in a bake file, or is a key in it: of a target, of `contexts`, or of what a function makes them of.
fn is_in_bake(text: &str, name: &str) -> bool {
    let mut places = text.match_indices(name);
    places.any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = &text[at + name.len()..];
        let is_quoted = before == Some('"') && after.starts_with('"');
        let is_key = before.is_none_or(|sign| sign.is_whitespace() || "{,".contains(sign))
            && after
                .trim_start_matches([' ', '\t'])
                .starts_with(['=', ':'])
            && !after.trim_start_matches([' ', '\t']).starts_with("==");
        is_quoted || is_key
    })
}

/// Notes the names that a file of Compose, a workflow or a script gives to contexts.
fn note(text: &str, out: &mut String) {
    if !text.contains("additional_contexts") && !text.contains("build-context") {
        return;
    }
    let mut depth: Option<usize> = None;
    for line in text.lines() {
        let own = line.len() - line.trim_start().len();
        let shown = line.trim();
        if let Some(outer) = depth {
            if own > outer || shown.is_empty() || shown.starts_with("- ") && own == outer {
                let entry = shown.trim_start_matches("- ").trim_matches(['"', '\'']);
                let end = entry.find(['=', ':', '"']).unwrap_or(0);
                push(&entry[..end], out);
                continue;
            }
            depth = None;
        }
        if shown.starts_with("additional_contexts:") || shown.starts_with("build-contexts:") {
            let rest = shown.split_once(':').map_or("", |(_, rest)| rest.trim());
            push(rest.split('=').next().unwrap_or_default(), out);
            depth = Some(own);
        }
        for (at, option) in line.match_indices("--build-context") {
            let rest = line[at + option.len()..].trim_start_matches([' ', '=', '"', '\'']);
            push(rest.split('=').next().unwrap_or_default(), out);
        }
    }
}

/// Notes the names that builds in a script or a workflow give to their images: behind `--tag`, `-t` and a variable for either, and below `tags:`.
fn note_tags(text: &str, out: &mut String) {
    if !(text.contains("docker") || text.contains("podman") || text.contains("buildx")) {
        return;
    }
    let is_action = text.contains("docker/build-push-action");
    let mut depth: Option<usize> = None;
    let (mut is_build, mut is_continued) = (false, false);
    for line in text.lines() {
        let own = line.len() - line.trim_start().len();
        let shown = line.trim();
        if depth.is_some_and(|outer| own > outer) {
            push_tag(shown.trim_start_matches("- "), out);
            continue;
        }
        depth = None;
        if let Some(reference) = assigned(line) {
            push_tag(reference, out);
        }
        if let Some(tags) = shown.strip_prefix("tags:").filter(|_| is_action) {
            depth = Some(own);
            for tag in tags.split(',') {
                push_tag(tag.trim(), out);
            }
        }
        // `docker build -t "$IMAGE_NAME"`, further down.
        let named = shown.split_once('=').filter(|(name, value)| {
            let name = name.trim_start_matches("export ");
            matches!(name, "IMAGE" | "IMAGE_NAME" | "IMAGE_TAG" | "DOCKER_IMAGE")
                && value.contains('/')
        });
        if let Some((_, image)) = named {
            push_tag(image, out);
        }
        is_build &= is_continued;
        is_continued = shown.ends_with('\\');
        options(shown, &mut is_build, out);
    }
}

/// The reference that a line of a Makefile gives a variable for an image, without what is added to its name: `IMG ?= ghcr.io/acme/app:latest`,
/// `IMAGE_APP = $(REGISTRY)/app$(SUFFIX):$(VERSION)`.
fn assigned(line: &str) -> Option<&str> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end_matches([' ', '?', ':']).trim_start();
    let name = name.strip_prefix("export ").unwrap_or(name);
    let is_name = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let is_of_image = name.split('_').any(|word| matches!(word, "IMG" | "IMAGE"));
    if !is_of_image || !name.bytes().all(is_name) {
        return None;
    }
    let value = value.trim();
    let slash = value.rfind('/')?;
    let end = value[slash..].find(['$', ':']);
    let end = end.map_or(value.len(), |end| slash + end);
    (end > slash + 1 && !value.contains(' ')).then(|| &value[..end])
}

/// Notes the tags that a line's options give, where a build was begun in it or in a line before it that it continues.
fn options(line: &str, is_build: &mut bool, out: &mut String) {
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let word = word.trim_matches(['"', '\'']);
        match word {
            "build" | "bud" => *is_build = true,
            "run" | "exec" | "push" => *is_build = false,
            _ => {}
        }
        let is_variable =
            word.starts_with('$') && word.trim_end_matches([')', '}']).ends_with("TAG_FLAG");
        let tag = match word.strip_prefix("--tag=") {
            Some(tag) if *is_build => Some(tag),
            None if is_variable || *is_build && matches!(word, "-t" | "--tag") => {
                words.peek().copied()
            }
            _ => None,
        };
        if let Some(tag) = tag {
            push_tag(tag, out);
        }
    }
}

/// Notes the name in a reference, if at least its last part is written.
fn push_tag(reference: &str, out: &mut String) {
    let reference = reference.trim_matches(['"', '\'', '\\', ';']);
    let slash = reference.rfind('/').map_or(0, |at| at + 1);
    let last = &reference[slash..];
    let name = last.split([':', '@']).next().unwrap_or_default();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    if !name.is_empty() && !name.starts_with('.') && name.chars().all(is_plain) {
        out.push_str(&reference[..slash + name.len()]);
        out.push('\n');
    }
}

fn push(name: &str, out: &mut String) {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._-/:".contains(letter);
    if !name.is_empty() && name.chars().all(is_plain) {
        out.push_str(name);
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::{NamedContexts, assigned, is_compose, is_in_bake, note, note_tags};

    #[test]
    fn variables_of_makefiles_name_images() {
        for (line, expected) in [
            ("IMG ?= ghcr.io/acme/app:latest", "ghcr.io/acme/app"),
            (
                "IMAGE_APP = $(REGISTRY)/$(REPO)/app$(SUFFIX):$(VERSION)",
                "$(REGISTRY)/$(REPO)/app",
            ),
            ("export APP_IMAGE := acme/app", "acme/app"),
        ] {
            assert_eq!(assigned(line), Some(expected), "{line}");
        }
        for line in [
            "IMG ?= app",
            "IMAGES = a/b c/d",
            "REGISTRY = ghcr.io/acme",
            "\tdocker build -t acme/app .",
            "BASE_IMAGE_TAG",
        ] {
            assert_eq!(assigned(line), None, "{line}");
        }
    }

    #[test]
    fn files_of_compose_are_known_by_their_names() {
        for name in [
            "compose.yaml",
            "docker-compose.prod.yml",
            "docker-compose.tmpl.yml",
        ] {
            assert!(is_compose(name), "{name}");
        }
        for name in ["composer.yml", "compose.json", "decompose.yaml"] {
            assert!(!is_compose(name), "{name}");
        }
    }

    #[test]
    fn files_name_contexts() {
        let bake = "target \"base\" {\n  contexts = {\n    alpine = \"docker-image://alpine:3.22\"\n  }\n}\nvariable \"X\" { default = \"y\" }\n";
        assert!(is_in_bake(bake, "base") && is_in_bake(bake, "alpine"));
        assert!(!is_in_bake(bake, "alpin") && !is_in_bake(bake, "docker"));
        let mut lines = String::new();
        note(
            "services:\n  a:\n    build:\n      additional_contexts:\n        core: ../core\n        - lib=../lib\n      args:\n        z: 1\n",
            &mut lines,
        );
        note(
            "docker build --build-context assets=./a --build-context=\"more=./b\" .\n",
            &mut lines,
        );
        let names: Vec<&str> = lines.lines().collect();
        assert_eq!(names, ["core", "lib", "assets", "more"]);
    }
    #[test]
    fn builds_name_their_images() {
        let mut found = NamedContexts::default();
        let makefile = "base: Dockerfile\n\t$(DOCKER) buildx build $(TAG_FLAG) $(ORG)/base:latest \\\n\t\t--tag=\"acme/tools:1\" .\n";
        note_tags(makefile, &mut found.tags);
        note_tags("  - run: docker build -t app .\n", &mut found.tags);
        note_tags("tar -t other\ndocker run -t terminal\n", &mut found.tags);
        let workflow = "  uses: docker/build-push-action@v6\n  with:\n    tags: |\n      ghcr.io/acme/shop:latest\n    push: true\n";
        note_tags(workflow, &mut found.tags);
        for name in [
            "acme/base",
            "${ORG}/base",
            "acme/tools",
            "app",
            "ghcr.io/acme/shop",
        ] {
            assert!(found.tags(name), "{name}");
        }
        for name in [
            "other",
            "terminal",
            "acme/app",
            "kelp/tools",
            "latest",
            "true",
        ] {
            assert!(!found.tags(name), "{name}");
        }
    }
}
