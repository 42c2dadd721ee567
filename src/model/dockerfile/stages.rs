//! Stages: what each builds on, and what is in force at its end through the chain of FROM.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

use crate::model::dockerfile::Context;
use crate::model::place::{At, TextPlace};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::{Facts, image, reference};
use crate::parse::dockerfile::{Instruction, Variables, unquote};
use crate::parse::shell::Shell;

/// How many stages of a file inherit variables; none that is written by hand or by a program has as many.
const INHERITING: usize = 500;

/// A stage while it is read.
#[derive(Debug)]
pub(super) struct Stage {
    pub at: At,
    pub name: Option<String>,
    pub variables: Variables,
    /// The names that a build on top of this image finds: of ENV, and of what ONBUILD defers. ARG ends with its own build.
    pub handed_on: BTreeSet<String>,
    /// The shell in force, as SHELL set it.
    pub shell: Option<Vec<String>>,
    /// Who runs, as the last USER of the chain says.
    pub user: Option<User>,
    /// The stage before it that has the same name.
    namesake: Option<At>,
    base: Option<String>,
    base_is_known: bool,
    /// See [`is_broken_ungiven`].
    is_broken_ungiven: bool,
    /// See [`is_untagged_ungiven`].
    is_untagged_ungiven: bool,
    base_text: String,
    base_stage: Option<usize>,
    /// `FROM`, `AS` and the name as written.
    written: (String, Option<String>, Option<String>),
    /// Variables of FROM that no ARG before it declares.
    undefined: Vec<String>,
    /// Variables of its `--platform` that no ARG before it declares.
    undefined_platform: Vec<String>,
    platform: Option<String>,
    pub is_windows: bool,
    /// The shell that a comment names, until SHELL names another.
    pub told_shell: Option<Shell>,
    /// Whether the image that the chain begins with ends with another user than root.
    is_nonroot: bool,
    is_used: bool,
    sets_user: bool,
    workdir: Option<String>,
    /// Whether a WORKDIR stands before the instruction that was read last.
    had_workdir: bool,
    /// Places of instructions by keyword, those that ONBUILD defers left out.
    places: BTreeMap<String, Vec<At>>,
    ports: Vec<String>,
}

/// What USER said.
#[derive(Clone, Debug)]
pub(super) struct User {
    /// Expanded, without the group.
    pub name: String,
    pub is_known: bool,
    pub at: At,
}

impl User {
    pub(super) fn is_root(&self) -> bool {
        self.is_known && matches!(self.name.as_str(), "root" | "0" | "ContainerAdministrator")
    }
}

impl Stage {
    /// The one stage of a Dockerfile that has no FROM.
    pub(super) fn without_base(at: At) -> Self {
        Self {
            at,
            name: None,
            variables: Variables::default(),
            handed_on: BTreeSet::new(),
            shell: None,
            user: None,
            namesake: None,
            base: None,
            base_is_known: false,
            is_broken_ungiven: false,
            is_untagged_ungiven: false,
            base_text: String::new(),
            base_stage: None,
            written: (String::new(), None, None),
            undefined: Vec::new(),
            undefined_platform: Vec::new(),
            platform: None,
            is_windows: false,
            told_shell: None,
            is_nonroot: false,
            is_used: false,
            sets_user: false,
            workdir: None,
            had_workdir: false,
            places: BTreeMap::new(),
            ports: Vec::new(),
        }
    }

    /// Where the next instruction of a keyword stands, in terms that survive moved lines.
    pub(super) fn path(&self, keyword: &str) -> String {
        let ordinal = self.places.get(keyword).map_or(0, Vec::len);
        let name = self.name.as_deref().unwrap_or_default();
        format!("stage[{name}]/{keyword}[{ordinal}]")
    }

    /// Where the last instruction of a keyword stands.
    pub(super) fn last_path(&self, keyword: &str) -> String {
        let count = self.places.get(keyword).map_or(0, Vec::len);
        let ordinal = count.saturating_sub(1);
        let name = self.name.as_deref().unwrap_or_default();
        format!("stage[{name}]/{keyword}[{ordinal}]")
    }

    /// Takes note of an instruction of the stage.
    pub(super) fn note(&mut self, at: At, instruction: &Instruction, is_onbuild: bool) {
        self.had_workdir = self.workdir.is_some();
        if is_onbuild {
            return;
        }
        self.places
            .entry(instruction.keyword.clone())
            .or_default()
            .push(at);
        match instruction.keyword.as_str() {
            "USER" => {
                let expanded = self.variables.expand(&instruction.body.text);
                let user = expanded.text.trim().trim_matches(['"', '\'']);
                self.user = Some(User {
                    name: user.split(':').next().unwrap_or_default().to_owned(),
                    is_known: expanded.is_known,
                    at,
                });
                self.sets_user = true;
            }
            "SHELL" if instruction.is_exec => {
                self.told_shell = None;
                self.shell = Some(
                    instruction
                        .words
                        .iter()
                        .map(|word| word.text.clone())
                        .collect(),
                );
            }
            "WORKDIR" => {
                let folder = unquote(&self.variables.expand(&instruction.body.text).text);
                self.workdir = Some(self.absolute(&folder).unwrap_or(folder));
            }
            "EXPOSE" => {
                let ports = instruction
                    .words
                    .iter()
                    .map(|word| self.variables.expand(&word.text).text);
                self.ports.extend(ports.collect::<Vec<_>>());
            }
            _ => {}
        }
    }

    /// Whether the stage, or one that it builds on, set WORKDIR before the instruction that was read last.
    pub(super) fn had_workdir(&self) -> bool {
        self.had_workdir
    }

    /// A path of the image from its root, if it can be known: a relative one counts from the WORKDIR before it.
    pub(super) fn absolute(&self, path: &str) -> Option<String> {
        let whole = match (path.starts_with('/'), &self.workdir) {
            (true, _) => path.to_owned(),
            (false, Some(folder)) if folder.starts_with('/') => format!("{folder}/{path}"),
            (false, _) => return None,
        };
        let parts = whole.split('/').filter(|part| !matches!(*part, "" | "."));
        let parts: Vec<&str> = parts.collect();
        let is_plain = !whole.contains('$') && !parts.contains(&"..");
        is_plain.then(|| format!("/{}", parts.join("/")))
    }

    /// Whether somebody builds it with `--target`: nothing in the file uses it, and yet it says what to run, or what a build on top of it does.
    fn is_target(&self) -> bool {
        let keywords = ["CMD", "ENTRYPOINT", "ONBUILD"];
        !self.is_used
            && keywords
                .iter()
                .any(|keyword| self.places.contains_key(*keyword))
    }

    fn ats(&self, keyword: &str) -> Vec<Value> {
        let places = self.places.get(keyword).into_iter().flatten();
        places.map(|at| at.value()).collect()
    }
}

/// Words in the names of images that are made to run as somebody else than root.
const NONROOT_WORDS: &[&str] = &["nonroot", "rootless", "unprivileged"];

/// Publishers whose images end with another user than root.
const NONROOT_REPOSITORIES: &[&str] = &[
    "apache/airflow",
    "apache/superset",
    "bitnami/",
    "bitnamilegacy/",
    "bitnamisecure/",
    "cgr.dev/chainguard/",
    "cimg/",
    "confluentinc/cp-",
    "curlimages/curl",
    "docker.elastic.co/",
    "grafana/",
    "jenkins/agent",
    "jenkins/inbound-agent",
    "jenkins/jenkins",
    "jupyter/",
    "mcr.microsoft.com/mssql/server",
    "prom/",
    "quay.io/jupyter/",
    "quay.io/keycloak/keycloak",
    "quay.io/prometheus/",
    "registry.access.redhat.com/ubi8/nodejs-",
    "registry.access.redhat.com/ubi8/openjdk-",
    "registry.access.redhat.com/ubi8/python-",
    "registry.access.redhat.com/ubi9/nodejs-",
    "registry.access.redhat.com/ubi9/openjdk-",
    "registry.access.redhat.com/ubi9/python-",
    "selenium/",
];

/// Whether the image ends with another user than root, for all that its name says.
fn is_nonroot(base: &str) -> bool {
    let base = base.to_ascii_lowercase();
    let name = ["docker.io/", "index.docker.io/"]
        .iter()
        .find_map(|registry| base.strip_prefix(registry))
        .unwrap_or(&base);
    // .NET's images without a shell come with the user `app`.
    let is_dotnet =
        name.contains("dotnet/") && (name.contains("chiseled") || name.contains("distroless"));
    let is_named = NONROOT_WORDS.iter().any(|word| name.contains(word));
    let is_published = NONROOT_REPOSITORIES
        .iter()
        .any(|start| name.starts_with(start));
    is_dotnet || is_named || is_published
}

/// Begins the stage of a FROM.
pub(super) fn open(facts: &mut Facts, context: &mut Context, instruction: &Instruction) {
    let written = instruction
        .words
        .first()
        .map(|word| word.text.clone())
        .unwrap_or_default();
    let expanded = context.globals.expand(&written);
    let base = unquote(&expanded.text);
    let named = instruction
        .words
        .get(1)
        .is_some_and(|word| word.text.eq_ignore_ascii_case("as"));
    let name = instruction.words.get(2).filter(|_| named);
    let number = context.stages.len();
    let label = name.map_or_else(|| number.to_string(), |name| name.text.clone());
    let mut place = TextPlace::new(instruction.span, format!("stage[{label}]"))
        .field("keyword", instruction.keyword_span);
    if let Some(word) = instruction.words.first() {
        place = place
            .field("base", word.span)
            .field("arguments.0", word.span);
    }
    if let Some(word) = name {
        place = place
            .field("as", instruction.words[1].span)
            .field("name", word.span)
            .field("arguments.2", word.span);
    }
    let platform = instruction
        .flags
        .iter()
        .find(|flag| flag.name == "platform");
    if let Some(flag) = platform {
        place = place
            .field("platform", flag.span)
            .field("flags.platform", flag.span);
    }
    let at = facts.text(place);
    let base_stage = find(context, &base);
    let mut stage = Stage::without_base(at);
    stage.name = name.map(|name| name.text.to_ascii_lowercase());
    stage.told_shell = context.told_shell;
    stage.platform = platform.and_then(|flag| flag.value.clone());
    stage.is_nonroot = is_nonroot(&base);
    stage.is_windows = is_windows(&base, stage.platform.as_deref());
    if let Some(parent) = base_stage.and_then(|number| context.stages.get_mut(number)) {
        parent.is_used = true;
        // Each stage holds all variables in force; a chain of 20,000 stages would hold as many times as many.
        if number < INHERITING {
            stage.variables = parent.variables.clone();
            stage.handed_on.clone_from(&parent.handed_on);
        }
        stage.shell.clone_from(&parent.shell);
        stage.told_shell = parent.told_shell;
        stage.user.clone_from(&parent.user);
        stage.workdir.clone_from(&parent.workdir);
        stage.is_windows |= parent.is_windows;
        stage.is_nonroot = parent.is_nonroot;
    }
    stage.written = (
        instruction.keyword_span.of(&context.source.text).to_owned(),
        name.map(|_| instruction.words[1].text.clone()),
        name.map(|name| name.text.clone()),
    );
    stage.undefined = context.globals.undefined(&written);
    stage.undefined_platform = stage
        .platform
        .as_deref()
        .map_or_else(Vec::new, |platform| context.globals.undefined(platform));
    stage.base = Some(base);
    stage.base_is_known = expanded.is_known;
    stage.is_broken_ungiven = is_broken_ungiven(context, &written);
    stage.is_untagged_ungiven = is_untagged_ungiven(context, &written);
    stage.base_text = written;
    stage.base_stage = base_stage;
    if let Some(name) = &stage.name {
        let earlier = context.names.insert(name.clone(), context.stages.len());
        stage.namesake = earlier.and_then(|number| Some(context.stages.get(number)?.at));
    }
    context.stages.push(stage);
}

/// Whether a build that is given no arguments has no image to begin with, because an argument without a default is part of its name.
fn is_broken_ungiven(context: &Context, base: &str) -> bool {
    let globals = &context.globals;
    if globals.expand(base).is_known || !globals.undefined(base).is_empty() {
        return false;
    }
    let expanded = globals.expand_ungiven(base);
    let name = unquote(&expanded.text);
    let is_stage = find(context, &name).is_some();
    expanded.is_known && !is_stage && !reference::parse(&name).is_valid
}

/// Whether a build that is given no arguments begins with an image without a tag, as `FROM alpine$TAG` does.
fn is_untagged_ungiven(context: &Context, base: &str) -> bool {
    if context.globals.expand(base).is_known {
        return false;
    }
    let expanded = context.globals.expand_ungiven(base);
    let name = unquote(&expanded.text);
    let image = reference::parse(&name);
    let is_floating = image.is_valid && !image.has_tag && !image.has_digest;
    expanded.is_known && is_floating && find(context, &name).is_none() && name != "scratch"
}

fn is_windows(base: &str, platform: Option<&str>) -> bool {
    let base = base.to_ascii_lowercase();
    let names = ["windows", "nanoserver", "servercore", "ltsc20"];
    names.iter().any(|name| base.contains(name))
        || platform.is_some_and(|platform| platform.starts_with("windows"))
}

/// The number of the stage that a name or number means.
pub(super) fn find(context: &Context, name: &str) -> Option<usize> {
    context.names.get(&name.to_ascii_lowercase()).copied()
}

/// Notes that something is copied or mounted from a stage.
pub(super) fn uses(context: &mut Context, number: usize) {
    if let Some(stage) = context.stages.get_mut(number) {
        stage.is_used = true;
    }
}

/// The rows of all stages, of their bases and of the final container.
pub(super) fn push(facts: &mut Facts, context: &Context) {
    let last = context.stages.len().checked_sub(1);
    for (number, stage) in context.stages.iter().enumerate() {
        let is_final = Some(number) == last;
        push_stage(facts, context, number, stage, is_final);
        let base = stage
            .base
            .as_deref()
            .filter(|base| *base != "scratch" && stage.base_stage.is_none());
        if let Some(base) = base {
            let row = image::row_as(
                stage.at,
                context.document,
                "base",
                &stage.base_text,
                base,
                "arguments.0",
            );
            facts.push(
                Table::Images,
                row.flag("is_final", is_final)
                    .flag("is_untagged_ungiven", stage.is_untagged_ungiven)
                    .place("stage", stage.at),
            );
        }
    }
}

/// What an image built from the file is probably called: `api` for `api.Dockerfile`, `Dockerfile.api` and `services/api/Dockerfile`.
fn likely_name(path: &str) -> Option<&str> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let named = file
        .strip_suffix(".Dockerfile")
        .or_else(|| file.strip_prefix("Dockerfile."));
    let name = named.or_else(|| folder.rsplit('/').next());
    name.filter(|name| !matches!(*name, "" | "docker" | "build" | "deploy" | "."))
}

/// The longest line of stages that build on each other, for those who look up it.
const LINEAGE: usize = 32;

/// The stage and those that it builds on, nearest first.
fn lineage(context: &Context, number: usize) -> Vec<Value> {
    let line = std::iter::successors(Some(number), |number| {
        context.stages.get(*number)?.base_stage
    });
    line.take(LINEAGE)
        .filter_map(|number| Some(context.stages.get(number)?.at.value()))
        .collect()
}

fn push_stage(facts: &mut Facts, context: &Context, number: usize, stage: &Stage, is_final: bool) {
    let user = stage.user.as_ref();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let row = Row::at(stage.at)
        .place("document", context.document)
        .text("path", &context.source.path)
        .maybe_text("likely_name", likely_name(&context.source.path))
        .number("number", count(number))
        .maybe_text("name", stage.name.as_deref())
        .maybe("namesake", stage.namesake.map(At::value))
        .maybe_text("platform", stage.platform.as_deref())
        .text("base", &stage.base_text)
        .flag("has_base", stage.base.is_some())
        .text("from_written", &stage.written.0)
        .maybe_text("as_written", stage.written.1.as_deref())
        .maybe_text("written_name", stage.written.2.as_deref())
        .texts("undefined_variables", &stage.undefined)
        .texts("undefined_platform_variables", &stage.undefined_platform)
        .list("lineage", lineage(context, number))
        .maybe_text(
            "base_image",
            stage.base.as_deref().filter(|_| stage.base_is_known),
        )
        .maybe(
            "base_stage",
            stage.base_stage.map(|number| Value::from(count(number))),
        )
        .flag("is_broken_ungiven", stage.is_broken_ungiven)
        .flag("is_final", is_final)
        .flag("is_used", stage.is_used || is_final)
        .flag("is_target", stage.is_target() && !is_final)
        .flag("is_scratch", stage.base.as_deref() == Some("scratch"))
        .flag("is_windows", stage.is_windows)
        .flag("base_is_nonroot", stage.is_nonroot)
        .flag("user_set", user.is_some())
        .flag("sets_user", stage.sets_user)
        .flag("user_is_known", user.is_some_and(|user| user.is_known))
        .flag("is_root", user.is_some_and(User::is_root))
        .maybe_text(
            "user",
            user.filter(|user| user.is_known)
                .map(|user| user.name.as_str()),
        )
        .flag(
            "user_is_number",
            user.is_some_and(|user| user.name.bytes().all(|byte| byte.is_ascii_digit())),
        )
        .maybe("user_at", user.map(|user| user.at.value()))
        .maybe_text("workdir", stage.workdir.as_deref())
        .texts("shell", stage.shell.iter().flatten())
        .flag("has_shell", stage.shell.is_some())
        .texts("exposed", &stage.ports)
        .list("users", stage.ats("USER"))
        .list("healthchecks", stage.ats("HEALTHCHECK"))
        .list("cmds", stage.ats("CMD"))
        .list("entrypoints", stage.ats("ENTRYPOINT"));
    facts.push(Table::Stages, row);
    if is_final {
        let name = stage.name.as_deref().unwrap_or_default();
        let row = Row::at(stage.at)
            .place("document", context.document)
            .text("kind", "dockerfile")
            .text("role", "dockerfile")
            .text("name", name)
            .text("image", &stage.base_text);
        facts.push(Table::Containers, row);
    }
}
