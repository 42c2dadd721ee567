//! What a policy reads below `input`, itself or through what it uses of the libraries. Used by `build.rs` for our policies and at
//! run time for a user's.

use std::collections::{BTreeMap, BTreeSet};

use crate::assignment::is_name;
use crate::filter::{Condition, Filter};
use crate::statement::{self, Functions};

/// A table and a field of its rows.
pub type Lookup = (String, String);

/// What a policy and the definitions of libraries that it uses read below `input`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Tables it iterates: `input.<table>`.
    pub tables: BTreeSet<String>,
    /// Lookups: `input.index.<table>_by_<field>`. With filters, if it is content with the rows that pass one of them.
    pub lookups: BTreeMap<Lookup, BTreeSet<String>>,
    /// How many rows a lookup gives: `input.sizes.<table>_by_<field>`.
    pub sizes: BTreeSet<Lookup>,
}

impl Reads {
    /// Takes in a lookup; without filters if all its rows count.
    fn look_up(&mut self, lookup: Lookup, filters: &[Filter]) {
        let known = self.lookups.get(&lookup);
        let is_whole = known.is_some_and(BTreeSet::is_empty) || filters.is_empty();
        let known = self.lookups.entry(lookup).or_default();
        if is_whole {
            known.clear();
        } else {
            known.extend(filters.iter().map(ToString::to_string));
        }
    }
}

/// Finds what a policy reads. `library` gives the text of `data.lib.<name>`.
pub fn reads<'a>(policy: &'a str, library: &dyn Fn(&str) -> Option<&'a str>) -> Reads {
    let mut reads = Reads::default();
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut open = vec![Part {
        module: policy,
        lines: policy.lines().collect(),
    }];
    while let Some(part) = open.pop() {
        let lines: Vec<&str> = part.lines.iter().copied().map(code).collect();
        let functions = Functions::of(&part.module.lines().collect::<Vec<_>>());
        let imports = imports(part.module);
        for (number, line) in lines.iter().enumerate() {
            let filters = filters(line, &lines[number + 1..], &functions);
            for read in line.split("input.").skip(1) {
                note(read, &filters, &mut reads);
            }
            for (path, call) in uses(line, &imports) {
                let Some(text) = library(path) else { continue };
                let definitions = definitions(text);
                let wanted = match call {
                    Some(call) => needed(&definitions, call),
                    None => definitions.iter().map(|(name, _)| *name).collect(),
                };
                let mut fresh = wanted;
                fresh.retain(|name| seen.insert((path, name)));
                let bodies = definitions.into_iter();
                let bodies = bodies.filter(|(name, _)| fresh.contains(name));
                open.extend(bodies.map(|(_, lines)| Part {
                    module: text,
                    lines,
                }));
            }
        }
    }
    reads
}

/// Lines of a policy or library.
struct Part<'a> {
    module: &'a str,
    lines: Vec<&'a str>,
}

/// What the body asks of the rows of the lookup that `line` loops over, if it does that and nothing else: that they pass one
/// of the filters.
fn filters(line: &str, after: &[&str], functions: &Functions) -> Vec<Filter> {
    sieved(line, after, functions).unwrap_or_default()
}

fn sieved(line: &str, after: &[&str], functions: &Functions) -> Option<Vec<Filter>> {
    let statement = line.trim_start_matches('\t');
    let indent = line.get(..line.len() - statement.len())?;
    let (row, lookup) = statement
        .strip_prefix("some ")?
        .split_once(" in input.index.")?;
    let (lookup, key) = lookup.split_once('[')?;
    let is_loop = key.ends_with(']') && !key.contains("input.") && is_name(row);
    if indent.is_empty() || !is_loop {
        return None;
    }
    let body = after.iter().take_while(|line| line.starts_with(indent));
    let body: Vec<&str> = body.filter_map(|line| line.strip_prefix(indent)).collect();
    let asked = statement::conditions(row, body.iter().copied(), functions);
    let mut alternatives = body
        .iter()
        .filter_map(|line| functions.alternatives(row, line));
    let filter = |more: &[Condition]| Filter {
        table: lookup.split("_by_").next().unwrap_or_default().to_owned(),
        conditions: asked.iter().chain(more).cloned().collect(),
    };
    match alternatives.next() {
        Some(alternatives) => Some(alternatives.iter().map(|more| filter(more)).collect()),
        None => (!asked.is_empty()).then(|| vec![filter(&[])]),
    }
}

/// The libraries that a text imports: under which name, and theirs.
pub(crate) fn imports(text: &str) -> Vec<(&str, &str)> {
    let imports = text
        .lines()
        .filter_map(|line| line.strip_prefix("import data.lib."));
    let named = imports.map(|import| match import.split_once(" as ") {
        Some((path, alias)) => (name(alias), name(path)),
        None => (name(import), name(import)),
    });
    named.collect()
}

/// The libraries that a line uses, each with the definition it names; without one if it may be any.
fn uses<'a>(line: &'a str, imports: &[(&'a str, &'a str)]) -> Vec<(&'a str, Option<&'a str>)> {
    let mut uses = Vec::new();
    if !line.starts_with("import ") {
        let whole = line.split("data.lib.").skip(1);
        uses.extend(whole.map(|path| (name(path), None)));
    }
    for (alias, path) in imports {
        for (at, _) in line.match_indices(alias) {
            // Texts say what they like.
            let is_text = line[..at].matches('"').count() % 2 == 1;
            let is_part = line[..at].ends_with(|c: char| is_name_part(c) || c == '.');
            let rest = &line[at + alias.len()..];
            match rest.strip_prefix('.') {
                _ if is_text || is_part || rest.starts_with(is_name_part) => {}
                Some(call) => uses.push((*path, Some(name(call)))),
                None if line.starts_with("import ") => {}
                None => uses.push((*path, None)),
            }
        }
    }
    uses
}

/// The definitions of a library: name and lines. Several bodies of one name come one by one.
pub(crate) fn definitions(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut definitions: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        let head = name(line.strip_prefix("default ").unwrap_or(line));
        match definitions.last_mut() {
            _ if matches!(head, "package" | "import") => {}
            Some((_, lines)) if matches!(head, "" | "else") => lines.push(line),
            _ if !head.is_empty() => definitions.push((head, vec![line])),
            _ => {}
        }
    }
    definitions
}

/// The definition of that name and those of the same library that it needs.
fn needed<'a>(definitions: &[(&'a str, Vec<&'a str>)], wanted: &'a str) -> BTreeSet<&'a str> {
    let mut needed = BTreeSet::from([wanted]);
    let mut open = vec![wanted];
    while let Some(wanted) = open.pop() {
        let bodies = definitions.iter().filter(|(name, _)| *name == wanted);
        let words = bodies.flat_map(|(_, lines)| lines).flat_map(|line| {
            let words = code(line).split(|c| !is_name_part(c));
            words.filter(|word| definitions.iter().any(|(name, _)| name == word))
        });
        for word in words {
            if needed.insert(word) {
                open.push(word);
            }
        }
    }
    needed
}

/// A line without its comment; a `#` in a string is rare enough in policies to be taken for one only after a blank.
pub(crate) fn code(line: &str) -> &str {
    match line.find(" #") {
        Some(end) => &line[..end],
        None if line.starts_with('#') => "",
        None => line,
    }
}

pub(crate) fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The identifier at the start of `text`.
pub(crate) fn name(text: &str) -> &str {
    let end = text.find(|c: char| !is_name_part(c));
    &text[..end.unwrap_or(text.len())]
}

fn note(part: &str, filters: &[Filter], reads: &mut Reads) {
    let lookup = |lookup: &str| {
        let (table, field) = name(lookup).split_once("_by_")?;
        Some((table.to_owned(), field.to_owned()))
    };
    if let Some(index) = part.strip_prefix("index.") {
        if let Some(lookup) = lookup(index) {
            reads.look_up(lookup, filters);
        }
    } else if let Some(sizes) = part.strip_prefix("sizes.") {
        reads.sizes.extend(lookup(sizes));
    } else if name(part) != "settings" {
        // What users set is no table.
        reads.tables.insert(name(part).to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::{Lookup, Reads, reads};

    const LIBRARY: &str = "package lib.rows\n\nimport data.lib.other\n\nis_last(row) if {\n\tsome stage in input.index.stages_by_at[row.stage]\n\t_ends(stage)\n}\n\n_ends(stage) if stage.is_final\n\n_ends(stage) if input.sizes.commands_by_stage[stage.at] > 0\n\nunused(row) if input.index.jobs_by_at[row.job]\n\nfar(row) := other.near(row)\n";

    fn read(policy: &str) -> Reads {
        let library = |name: &str| match name {
            "rows" => Some(LIBRARY),
            "other" => {
                Some("package lib.other\n\nnear(row) := input.index.steps_by_at[row.step]\n")
            }
            _ => None,
        };
        reads(policy, &library)
    }

    fn lookup(table: &str, field: &str) -> Lookup {
        (table.to_owned(), field.to_owned())
    }

    #[test]
    fn of_a_library_only_what_is_used_counts() {
        let found = read(
            "import data.lib.rows\n\ndeny if {\n\tsome row in input.commands # input.jobs\n\trows.is_last(row)\n}\n",
        );
        assert_eq!(found.tables, ["commands".to_owned()].into());
        assert_eq!(found.lookups, [(lookup("stages", "at"), [].into())].into());
        assert_eq!(found.sizes, [lookup("commands", "stage")].into());
    }

    #[test]
    fn a_loop_over_a_lookup_is_content_with_what_its_body_asks() {
        let head = "deny if {\n\tsome row in input.commands\n";
        let body = "\tsome other in input.index.commands_by_stage[row.stage]\n\tother.program == \"rm\"\n}\n";
        let of = |policy: &str| {
            let found = read(policy).lookups;
            let filters = found.get(&lookup("commands", "stage")).cloned();
            filters.unwrap_or_default().into_iter().collect::<Vec<_>>()
        };
        assert_eq!(
            of(&format!("{head}{body}")),
            ["commands | program in \"rm\""]
        );
        // Each definition of a function is a filter of its own.
        let functions = "\n_ends(row) if row.is_last\n\n_ends(row) if row.list == \";\"\n";
        let call = body.replace("other.program == \"rm\"", "_ends(other)");
        assert_eq!(
            of(&format!("{head}{call}{functions}")),
            ["commands | is_last", "commands | list in \";\""]
        );
        // A function that asks for what a filter cannot ask lets all pass, and so does any other use of the lookup.
        let functions = functions.replace("row.is_last", "count(row.args) == 1");
        assert!(of(&format!("{head}{call}{functions}")).is_empty());
        let whole = "\n_x(row) if count(input.index.commands_by_stage[row.stage]) == 1\n";
        assert!(of(&format!("{head}{body}{whole}")).is_empty());
        let numbered = body.replace("some other", "some number, other");
        assert!(of(&format!("{head}{numbered}")).is_empty());
    }

    #[test]
    fn libraries_use_libraries() {
        let found = read("import data.lib.rows as lines\n\ndeny if lines.far(1)\n");
        assert_eq!(found.lookups, [(lookup("steps", "at"), [].into())].into());
    }

    #[test]
    fn a_library_that_is_named_as_a_whole_counts_whole() {
        for policy in [
            "deny if data.lib.rows.far(1)\n",
            "import data.lib.rows\n\ndeny if f(rows)\n",
        ] {
            assert_eq!(read(policy).lookups.len(), 3, "{policy}");
        }
    }
}
