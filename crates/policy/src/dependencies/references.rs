//! What a reference reads, by the path that it takes from `input` or `data`.

use std::collections::BTreeSet;

use regorus::unstable::Expr;

use super::{Collector, Scope, line};
use crate::lookup::Lookup;
use crate::metadata::Fault;
use crate::names::Path;
use crate::schema;
use crate::syntax::Step;

impl<'a> Collector<'a, '_> {
    /// The names in a reference that may lead through a variable that holds `input`.
    pub(super) fn note_words(&mut self, steps: &[Step<'a>], expr: &'a Expr, scope: &Scope<'a, '_>) {
        for (number, step) in steps.iter().enumerate() {
            let next = steps.get(number + 1).and_then(Step::name);
            match step.name() {
                Some("index" | "sizes") if next.is_some() => {}
                Some(name) => self.words.push((name, scope.syntax, line(expr))),
                None => {}
            }
        }
    }

    pub(super) fn input(&mut self, path: &Path<'a>, expr: &'a Expr, scope: &Scope<'a, '_>) {
        let at = line(expr);
        match path.steps.as_slice() {
            [] | [Step::Expr(_), ..] => _ = self.found.escape.get_or_insert(at),
            [Step::Name("settings"), ..] if !scope.is_own => {}
            [Step::Name("settings"), rest @ ..] => {
                let mut names = rest.iter().map(|step| step.name().map(str::to_owned));
                let rule = names.next().flatten();
                let setting = names.next().flatten();
                self.found.settings.push((rule, setting, at));
            }
            [Step::Name("index"), Step::Name(name), ..] => {
                if let Some(lookup) = self.lookup(name, expr, scope) {
                    self.found.lookups.insert(lookup);
                }
            }
            [Step::Name("sizes"), Step::Name(name), ..] => {
                if let Some(lookup) = self.lookup(name, expr, scope) {
                    self.found.sizes.insert(lookup);
                }
            }
            [Step::Name(part @ ("index" | "sizes")), ..] => {
                let message = format!(
                    "a lookup is written out: `input.{part}.<table>_by_<field>[key]`, so that it is known which rows are needed"
                );
                self.fault(scope, at, message);
            }
            [Step::Name(table), ..] => {
                if self.schema.has_table(table) {
                    self.found.tables.insert((*table).to_owned());
                    self.found.full_scans.insert((*table).to_owned());
                } else {
                    let hint = self.schema.suggested_table(table);
                    let message = format!("`input.{table}` is no table{hint}");
                    self.fault(scope, at, message);
                }
            }
        }
    }

    pub(super) fn data(&mut self, path: &Path<'a>, expr: &'a Expr, scope: &Scope<'a, '_>) {
        match path.steps.as_slice() {
            [Step::Name("lib"), Step::Name(library), rest @ ..] => {
                if self.libraries.contains_key(*library) {
                    let name = rest.first().and_then(Step::name);
                    self.open.push(((*library).to_owned(), name));
                } else {
                    let known: Vec<&str> = self.libraries.keys().map(String::as_str).collect();
                    let hint = schema::suggested(library, &known);
                    let message = format!("there is no library `data.lib.{library}`{hint}");
                    self.fault(scope, line(expr), message);
                }
            }
            [Step::Name("rules"), rest @ ..] => {
                let own = scope.syntax.package();
                let names: Option<Vec<&str>> = rest.iter().take(2).map(Step::name).collect();
                if !scope.is_own || own.get(1..) != names.as_deref() {
                    let message = "a rule reads no other rule; share a function in a library, `data.lib.<noun>`";
                    self.fault(scope, line(expr), message.to_owned());
                } else if scope.names.is_alias(rest.get(2).and_then(Step::name)) {
                    self.found.escape.get_or_insert(line(expr));
                }
            }
            [] | [Step::Expr(_) | Step::Name("lib"), ..] => {
                let all = self.libraries.keys().map(|name| (name.clone(), None));
                self.open.extend(all.collect::<Vec<_>>());
            }
            [Step::Name(name), ..] => {
                let message = format!("`data.{name}` is empty: there is `data.lib` alone");
                self.fault(scope, line(expr), message);
            }
        }
    }

    /// The lookup `<table>_by_<field>` of all rows.
    pub(super) fn lookup(
        &mut self,
        name: &str,
        expr: &Expr,
        scope: &Scope<'a, '_>,
    ) -> Option<Lookup> {
        match self.schema.lookup(name) {
            Ok(lookup) => Some(Lookup::whole(lookup)),
            Err(message) => {
                self.fault(scope, line(expr), message);
                None
            }
        }
    }

    fn fault(&mut self, scope: &Scope<'a, '_>, line: usize, message: String) {
        let located = (scope.syntax.path.clone(), Fault::new(line, message));
        self.faults.push(located);
    }

    /// Who holds `input` where it cannot be followed may read all of it: every table, and every lookup that some word names.
    pub(super) fn follow_escape(&mut self) {
        if self.found.escape.is_none() {
            return;
        }
        let tables = self.schema.tables().filter(|table| !is_extra(table));
        let tables: BTreeSet<String> = tables.map(str::to_owned).collect();
        self.found.full_scans.extend(tables.iter().cloned());
        self.found.tables.extend(tables);
        for (word, syntax, line) in std::mem::take(&mut self.words) {
            if is_extra(word) || matches!(word, "index" | "sizes") {
                let message = format!(
                    "`{word}` may be reached through an `input` that cannot be followed; write `input.{word}`"
                );
                let fault = Fault::new(line, message);
                self.faults.push((syntax.path.clone(), fault));
            } else if let Ok(lookup) = self.schema.lookup(word) {
                let lookup = Lookup::whole(lookup);
                self.found.sizes.insert(lookup.clone());
                self.found.lookups.insert(lookup);
            }
        }
    }
}

/// Tables that are filled for those alone who name them.
fn is_extra(table: &str) -> bool {
    matches!(table, "remarks" | "suppressions")
}
