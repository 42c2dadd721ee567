//! Which rules run where, and with which severities: selectors resolved to sets of numbers, so that a finding is looked up and not matched.

mod resolver;

use std::path::{Path, PathBuf};

use crate::config::always_on;
use crate::config::bit_set::BitSet;
use crate::config::error::Mistake;
use crate::config::selection::resolver::Resolver;
use crate::config::selector::AliasNumbers;
use crate::config::{Config, Level, Selector};
use crate::diagnostic::{Diagnostic, Severity};
use crate::patterns::Patterns;
use crate::rules::{Catalogue, Rule};

/// The selectors of the flags.
#[derive(Clone, Debug, Default)]
pub struct Selectors {
    /// The rules that run instead of those that the configuration selects.
    pub select: Vec<Selector>,
    /// The rules that do not run, besides those that the configuration ignores.
    pub ignore: Vec<Selector>,
}

/// Which rules run where. Rules and aliases are numbers: positions in the catalogue, see [`AliasNumbers`].
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The rules that run on some file.
    active: Vec<usize>,
    /// What holds where no override says otherwise.
    base: RuleState,
    /// The rules that no selection leaves out.
    always_on: BitSet,
    /// The rules that nothing in the project weakens.
    locked: BitSet,
    /// The rules whose findings no comment suppresses; those that are locked among them.
    unsuppressible: BitSet,
    overrides: Vec<OverrideState>,
    numbers: AliasNumbers,
    folder: PathBuf,
}

/// What holds for each rule where no override says otherwise.
#[derive(Clone, Debug, Default)]
struct RuleState {
    /// The rules that run.
    runs: BitSet,
    /// The rules that are not folded into their families.
    apart: BitSet,
    /// The rules of which only findings with one of the selected `aliases` count.
    partial: BitSet,
    aliases: BitSet,
    /// The aliases whose findings do not count.
    ignored_aliases: BitSet,
    /// The configured severities, by rule.
    severities: Vec<Option<Severity>>,
    /// The severities of a selected tool, by alias; they hold for the rules in `partial`.
    tool_severities: Vec<Option<Severity>>,
}

/// What an override changes below its paths.
#[derive(Clone, Debug)]
struct OverrideState {
    paths: Patterns,
    /// The rules that run there.
    select: BitSet,
    /// Those of them that are not folded into their families.
    apart: BitSet,
    /// The rules that do not.
    ignore: BitSet,
    /// Those that are ignored or switched off by their own ids.
    refused: BitSet,
    /// The aliases whose findings do not count there.
    ignored_aliases: BitSet,
    /// The configured severities, by rule.
    levels: Vec<Option<Level>>,
}

impl Selection {
    /// Resolves the selectors of a configuration and of the flags; those that name no rule are added to `mistakes`.
    pub fn resolve(
        catalogue: &Catalogue,
        config: &Config,
        flags: &Selectors,
        folder: &Path,
        mistakes: &mut Vec<Mistake>,
    ) -> Self {
        let mut resolver = Resolver {
            catalogue,
            numbers: AliasNumbers::of(catalogue),
            mistakes,
        };
        // `--select` replaces what the configuration selects. What either ignores is ignored, but for what `--select` names
        // at least as closely as the configuration: the command line has the last word.
        let by_flag = (!flags.select.is_empty()).then(|| resolver.parse(&flags.select));
        let ignored_by_flag = resolver.parse(&flags.ignore);
        let ignored = resolver.parse(&config.ignore);
        let by_config = config.select.as_ref().map(|select| resolver.parse(select));
        let mut levels = resolver.levels(&config.severity);
        let mut always_on = always_on::all(catalogue);
        for selectors in [&ignored, &ignored_by_flag] {
            always_on.remove(&always_on::refused(catalogue, selectors, &config.severity));
        }
        let ignored_by_flag = resolver.union(&ignored_by_flag);
        let flagged = by_flag.as_deref().unwrap_or_default();
        resolver.switch_on(flagged, &mut levels);
        let mut ignore = resolver.less_named(&ignored, flagged);
        ignore.extend(&ignored_by_flag);
        let is_flagged = by_flag.is_some();
        let select = by_flag.or(by_config);
        let mut base = resolver.base(select.as_deref(), &ignore, &levels);
        let locked = resolver.rules(&config.locked);
        let mut unsuppressible = resolver.rules(&config.suppressions.forbid);
        unsuppressible.extend(&locked);
        // What the command line selects is all that somebody asks for.
        if !is_flagged {
            base.runs.extend(&locked);
            base.partial.remove(&locked);
        }
        let overrides: Vec<OverrideState> = config
            .overrides
            .iter()
            .map(|other| resolver.override_state(other, is_flagged, &ignored_by_flag))
            .collect();
        let mut active = base.runs.clone();
        active.extend(&always_on);
        for other in &overrides {
            active.extend(&other.select);
        }
        Self {
            active: active.iter().collect(),
            base,
            always_on,
            locked,
            unsuppressible,
            overrides,
            numbers: resolver.numbers,
            folder: folder.to_owned(),
        }
    }

    /// The numbers of the rules that run on some file, ascending.
    pub fn active(&self) -> &[usize] {
        &self.active
    }

    /// Whether the rule of that number runs on some file.
    pub fn is_active(&self, number: usize) -> bool {
        self.active.binary_search(&number).is_ok()
    }

    /// Whether the rule of that number runs because it was selected, by itself or with others.
    pub fn is_selected(&self, number: usize) -> bool {
        let mut overrides = self.overrides.iter();
        self.base.runs.contains(number) || overrides.any(|other| other.select.contains(number))
    }

    /// The configured severity of a rule where no override changes it, else the highest that the selected tool gives its findings.
    pub fn severity(&self, number: usize) -> Option<Severity> {
        let base = &self.base;
        let of_tool = || {
            let aliases = self.numbers.range(number);
            let severities = aliases.filter_map(|alias| *base.tool_severities.get(alias)?);
            severities.max()
        };
        let configured = base.severities.get(number).copied().flatten();
        configured.or_else(|| base.partial.contains(number).then(of_tool).flatten())
    }

    /// The severity of a diagnostic of the rule of that number; `None` if the rule does not run there, or not for such diagnostics.
    pub fn severity_for(
        &self,
        diagnostic: &Diagnostic,
        number: usize,
        rule: &Rule,
        path: &str,
    ) -> Option<Severity> {
        let base = &self.base;
        let carries = |aliases: &BitSet| {
            let mut carried = self.carried(diagnostic, number, rule);
            !aliases.is_empty() && carried.any(|alias| aliases.contains(alias))
        };
        let is_tool = base.partial.contains(number);
        let of_tool = is_tool.then(|| {
            let aliases = self.carried(diagnostic, number, rule);
            let severities = aliases.filter_map(|alias| *base.tool_severities.get(alias)?);
            severities.max()
        });
        let own = (diagnostic.severity, of_tool.flatten());
        self.state(number, path, own, &carries, &|| carries(&base.aliases))
    }

    /// The highest severity of what a rule reports in the file of that path; `None` if it does not run there.
    pub fn severity_in(&self, number: usize, rule: &Rule, path: &str) -> Option<Severity> {
        let own = (rule.severity, self.severity(number));
        self.state(number, path, own, &|_| false, &|| true)
    }

    /// The severity of findings of a rule in the file of that path: `own` is what they have by themselves, and from the selected tool; `is_ignored`
    /// says whether they have one of these aliases, `is_partly` whether they have one that is selected.
    fn state(
        &self,
        number: usize,
        path: &str,
        own: (Severity, Option<Severity>),
        is_ignored_by: &dyn Fn(&BitSet) -> bool,
        is_partly: &dyn Fn() -> bool,
    ) -> Option<Severity> {
        let base = &self.base;
        let (own, of_tool) = own;
        let is_always_on = self.always_on.contains(number);
        let mut runs = base.runs.contains(number);
        let mut severity = base.severities.get(number).copied().flatten().or(of_tool);
        let mut is_partial = base.partial.contains(number);
        let is_locked = self.locked.contains(number);
        let mut is_ignored = !is_locked && is_ignored_by(&base.ignored_aliases);
        let path = (!self.overrides.is_empty()).then(|| self.folder.join(path));
        for other in &self.overrides {
            if !path
                .as_ref()
                .is_some_and(|path| other.paths.hold(path, false))
            {
                continue;
            }
            if other.select.contains(number) {
                (runs, is_partial) = (true, false);
            }
            if is_locked {
                if let Some(Level::At(level)) = other.levels.get(number).copied().flatten() {
                    severity = Some(level.max(severity.unwrap_or(own)));
                }
                continue;
            }
            if is_always_on && other.refused.contains(number) {
                return None;
            }
            runs &= !other.ignore.contains(number);
            is_ignored |= is_ignored_by(&other.ignored_aliases);
            match other.levels.get(number).copied().flatten() {
                Some(Level::Off) => runs = false,
                Some(Level::At(level)) => severity = Some(level),
                None => {}
            }
        }
        let counts = runs && !is_ignored && (!is_partial || is_partly());
        let counts = counts || is_always_on;
        counts.then(|| severity.unwrap_or(own))
    }

    /// Whether the rule of that number reports for itself in the file of that path, also where others of its family are about
    /// the same subject.
    pub fn is_apart(&self, number: usize, path: &str) -> bool {
        if self.base.apart.contains(number) {
            return true;
        }
        let path = (!self.overrides.is_empty()).then(|| self.folder.join(path));
        let mut overrides = self.overrides.iter();
        path.is_some_and(|path| {
            overrides.any(|other| other.apart.contains(number) && other.paths.hold(&path, false))
        })
    }

    /// Whether a comment may suppress what the rule of that number reports.
    pub fn is_suppressible(&self, number: usize) -> bool {
        !self.unsuppressible.contains(number)
    }

    /// Whether nothing takes away what the rule of that number reports.
    pub fn is_locked(&self, number: usize) -> bool {
        self.locked.contains(number)
    }

    /// The numbers of the aliases that a diagnostic carries.
    fn carried<'f>(
        &self,
        diagnostic: &'f Diagnostic,
        number: usize,
        rule: &'f Rule,
    ) -> impl Iterator<Item = usize> {
        let first = self.numbers.range(number).start;
        diagnostic.aliases.iter().filter_map(move |carried| {
            let mut aliases = rule.aliases.iter();
            let position = aliases.position(|alias| *alias == **carried)?;
            Some(first + position)
        })
    }
}
