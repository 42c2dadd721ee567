//! One stage, and what is in force in it.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::dockerfile::base::{is_root, sh_by_manager, sh_of};
use crate::model::place::RowRef;
use crate::parse::dockerfile::{Instruction, Variables, unquote};
use crate::parse::shell::Shell;

/// How many stages of a file inherit variables; none that is written by hand or by a program has as many.
pub(super) const INHERITING: usize = 500;

/// A stage while it is read.
#[derive(Debug)]
pub(super) struct Stage {
    pub at: RowRef,
    pub name: Option<String>,
    pub variables: Variables,
    /// The names that a build on top of this image finds: of ENV, and of what ONBUILD defers. ARG ends with its own build.
    pub handed_on: BTreeSet<String>,
    /// The shell in force, as SHELL set it.
    pub shell: Option<Vec<String>>,
    /// Who runs, as the last USER of the chain says.
    pub user: Option<User>,
    /// The stage before it that has the same name.
    pub namesake: Option<RowRef>,
    pub base: Option<String>,
    pub base_is_known: bool,
    /// See [`is_broken_ungiven`].
    pub is_broken_ungiven: bool,
    /// See [`is_untagged_ungiven`].
    pub is_untagged_ungiven: bool,
    pub base_text: String,
    pub base_stage: Option<usize>,
    /// `FROM`, `AS` and the name as written.
    pub written: (String, Option<String>, Option<String>),
    /// Variables of FROM that no ARG before it declares.
    pub undefined: Vec<String>,
    /// Variables of its `--platform` that no ARG before it declares.
    pub undefined_platform: Vec<String>,
    pub platform: Option<String>,
    pub is_windows: bool,
    /// The shell that a comment names, until SHELL names another.
    pub told_shell: Option<Shell>,
    /// Whether the image that the chain begins with ends with another user than root.
    pub is_nonroot: bool,
    /// The image that the chain begins with, if it is known.
    pub starting_image: Option<String>,
    /// Whether that is known to run as root, once it was asked.
    pub starts_as_root: OnceCell<bool>,
    pub is_used: bool,
    pub sets_user: bool,
    pub workdir: Option<String>,
    /// Whether a WORKDIR is before the instruction that was read last.
    pub had_workdir: bool,
    /// The first words of the last ENTRYPOINT and of the last CMD: what a container starts.
    pub starters: (Vec<String>, Vec<String>),
    /// Places of instructions by keyword, those that ONBUILD defers left out.
    pub places: BTreeMap<String, Vec<RowRef>>,
    pub ports: Vec<String>,
    /// What `/bin/sh` is, as the package managers of its scripts tell.
    pub sh: Option<&'static str>,
}

/// What USER said.
#[derive(Clone, Debug)]
pub(super) struct User {
    /// Expanded, without the group.
    pub name: String,
    pub is_known: bool,
    /// Whether a build may be given another.
    pub is_argument: bool,
    pub at: RowRef,
}

impl User {
    pub(super) fn is_root(&self) -> bool {
        self.is_known
            && !self.is_argument
            && matches!(self.name.as_str(), "root" | "0" | "ContainerAdministrator")
    }
}

impl Stage {
    /// The one stage of a Dockerfile that has no FROM.
    pub(super) fn without_base(at: RowRef) -> Self {
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
            starting_image: None,
            starts_as_root: OnceCell::new(),
            is_used: false,
            sets_user: false,
            workdir: None,
            had_workdir: false,
            starters: (Vec::new(), Vec::new()),
            places: BTreeMap::new(),
            ports: Vec::new(),
            sh: None,
        }
    }

    /// What `/bin/sh` is in the stage, if its base or its scripts tell.
    pub(super) fn sh(&self) -> Option<&'static str> {
        let named = self.starting_image.as_deref().and_then(sh_of);
        named.or(self.sh)
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
    pub(super) fn note(&mut self, at: RowRef, instruction: &Instruction, is_onbuild: bool) {
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
                    is_argument: self.variables.reads_argument(&instruction.body.text),
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
            "ENTRYPOINT" => self.starters = (first_words(instruction), Vec::new()),
            "CMD" => self.starters.1 = first_words(instruction),
            "RUN" if self.sh.is_none() => self.sh = sh_by_manager(&instruction.body.text),
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
    pub(super) fn is_target(&self) -> bool {
        let keywords = ["CMD", "ENTRYPOINT", "ONBUILD"];
        !self.is_used
            && keywords
                .iter()
                .any(|keyword| self.places.contains_key(*keyword))
    }

    /// Who runs the next instruction, if that is known.
    pub(super) fn effective_user(&self) -> Option<&str> {
        if self.is_windows {
            return None;
        }
        match &self.user {
            Some(user) => (user.is_known && !user.is_argument).then_some(user.name.as_str()),
            None => self.base_is_root().then_some("root"),
        }
    }

    /// Whether the image that the chain begins with is known to run as root.
    pub(super) fn base_is_root(&self) -> bool {
        let ends_as_root = || self.starting_image.as_deref().is_some_and(is_root);
        *self.starts_as_root.get_or_init(ends_as_root) && !self.is_windows
    }

    pub(super) fn ats(&self, keyword: &str) -> Vec<RowRef> {
        let places = self.places.get(keyword).into_iter().flatten();
        places.copied().collect()
    }
}

/// The first words of a command, quotes left out.
fn first_words(instruction: &Instruction) -> Vec<String> {
    const WORDS: usize = 4;
    if instruction.is_exec {
        let words = instruction.words.iter().take(WORDS);
        return words.map(|word| word.text.clone()).collect();
    }
    let words = instruction.body.text.split_whitespace().take(WORDS);
    words.map(unquote).collect()
}
