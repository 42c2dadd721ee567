//! How a rule runs: what `hullmark explain --plan` prints.

use std::fmt::Write as _;

use crate::rules::documentation::documentation;
use crate::rules::{Catalogue, Lookup, Rule, Texts};

/// The plan of a rule: what it reads through which filters, and the text that is handed to the engine.
pub fn plan(catalogue: &Catalogue, rule: &Rule) -> String {
    let Some(program) = rule.program() else {
        return format!(
            "rule {}\nnative: hullmark finds its faults itself\n",
            rule.id
        );
    };
    let program = &catalogue.programs[program];
    let engine = if program.code.is_empty() {
        "interpreter"
    } else {
        "register machine"
    };
    let mut plan = format!("rule {}\nruns on the {engine}\n", rule.id);
    list(&mut plan, "tables", rule.tables.iter());
    list(&mut plan, "full scans", rule.full_scans.iter());
    list(&mut plan, "filters", rule.filters.iter());
    list(&mut plan, "joins", rule.lookups.iter().map(join));
    list(&mut plan, "sizes", rule.sizes.iter().map(join));
    let bodies = rule.preconditions.iter();
    let bodies = bodies.map(|sources| sources.join(" and "));
    list(&mut plan, "preconditions, one of", bodies);
    let _ = write!(plan, "\n{}", policy(&documentation(rule).runs));
    plan
}

fn list(plan: &mut String, name: &str, items: impl Iterator<Item = impl AsRef<str>>) {
    let items: Vec<_> = items.collect();
    if items.is_empty() {
        return;
    }
    let _ = writeln!(plan, "{name}:");
    for item in items {
        let _ = writeln!(plan, "  {}", item.as_ref());
    }
}

fn join(lookup: &Lookup) -> String {
    format!("{}{}", lookup.key, narrowed(&lookup.filters))
}

/// Which rows a lookup gives.
fn narrowed(filters: &Texts) -> String {
    if filters.is_empty() {
        return String::new();
    }
    format!(", rows of {}", filters.join(" or "))
}

/// A policy without its METADATA.
fn policy(text: &str) -> String {
    let lines = text.lines().skip_while(|line| line.starts_with('#'));
    lines.map(|line| format!("{}\n", line.trim_end())).collect()
}
