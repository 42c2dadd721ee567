//! Reads and writes the text tables of `data/kubernetes/`: one line a kind, a type or a field, cells separated by tabs.
//!
//! ```text
//! P project release …
//! K group version kind type first last deprecated removed replacement N|C
//! E enumeration word[@from-to] …
//! T type[*][&]
//! field shape[!][?][~] [#key,key] [=enumeration] [@from-to]
//! ```
//!
//! Releases are minor versions of Kubernetes, or numbers of the releases in the line `P`; an empty one means always. A shape is a scalar, `@type`, `[` before the shape of
//! the items of a list, `{` before that of the values of a mapping. `!` is required, `?` has a default, `~` may be `null`; a type with `*`
//! keeps fields that it does not declare, one with `&` is an object of its own.

use rustc_hash::FxHashMap;

use crate::definition::{Definitions, Field, Interval, Kind, Project, Scalar, Shape, Type, Word};

/// Adds what a table says to definitions.
///
/// # Errors
/// If a line is not in its form, or names a type or an enumeration that the table does not have.
pub fn read(text: &str, into: &mut Definitions) -> Result<(), String> {
    let mut table = Table::new(into);
    for (number, line) in text.lines().enumerate() {
        if !line.is_empty() && !line.starts_with('#') {
            let wrong = |message| format!("line {}: {message}", number + 1);
            table.line(line).map_err(wrong)?;
        }
    }
    table.finish()
}

/// A table while it is read.
struct Table<'d, 't> {
    into: &'d mut Definitions,
    project: usize,
    types: FxHashMap<&'t str, usize>,
    words: FxHashMap<&'t str, Vec<Word>>,
    /// The type whose fields come next.
    current: Option<usize>,
    /// The types that lines named before they were declared.
    named: Vec<&'t str>,
}

impl<'d, 't> Table<'d, 't> {
    fn new(into: &'d mut Definitions) -> Self {
        let project = into.projects.len();
        into.projects.push(Project::default());
        Self {
            into,
            project,
            types: FxHashMap::default(),
            words: FxHashMap::default(),
            current: None,
            named: Vec::new(),
        }
    }

    fn line(&mut self, line: &'t str) -> Result<(), String> {
        let mut cells = line.split('\t');
        match (cells.next().unwrap_or_default(), cells) {
            ("P", mut cells) => {
                let name = cells.next().unwrap_or_default().to_owned();
                let releases = cells.map(ToOwned::to_owned).collect();
                self.into.projects[self.project] = Project { name, releases };
            }
            ("K", cells) => self.kind(&cells.collect::<Vec<_>>())?,
            ("E", mut cells) => {
                let name = cells.next().ok_or("an enumeration without a name")?;
                let words = cells.map(word).collect();
                self.words.insert(name, words);
            }
            ("T", mut cells) => {
                let marked = cells.next().ok_or("a type without a name")?;
                let name = marked.trim_end_matches(['*', '&']);
                let number = self.named(name);
                let marks = &marked[name.len()..];
                self.into.types[number].is_open = marks.contains('*');
                self.into.types[number].is_embedded = marks.contains('&');
                self.current = Some(number);
                self.named.retain(|named| *named != name);
            }
            (name, cells) => {
                let field = self.field(name, cells)?;
                let current = self.current.ok_or("a field before the first type")?;
                add(&mut self.into.types[current].fields, field);
            }
        }
        Ok(())
    }

    /// The index of a type, declared or not yet.
    fn named(&mut self, name: &'t str) -> usize {
        if let Some(number) = self.types.get(name) {
            return *number;
        }
        let number = self.into.types.len();
        self.into.types.push(Type {
            name: name.to_owned(),
            ..Type::default()
        });
        self.types.insert(name, number);
        self.named.push(name);
        number
    }

    fn kind(&mut self, cells: &[&'t str]) -> Result<(), String> {
        let [
            group,
            version,
            kind,
            root,
            first,
            last,
            deprecated,
            removed,
            replacement,
            scope,
        ] = cells
        else {
            return Err("a kind has ten cells".to_owned());
        };
        let root = self.named(root);
        self.into.kinds.push(Kind {
            project: self.project,
            group: (*group).to_owned(),
            version: (*version).to_owned(),
            kind: (*kind).to_owned(),
            root,
            served: Interval {
                first: number(first, 0)?,
                last: number(last, Interval::OPEN)?,
            },
            deprecated: number(deprecated, 0)?,
            removed: number(removed, 0)?,
            replacement: (*replacement).to_owned(),
            is_cluster_scoped: *scope == "C",
        });
        Ok(())
    }

    fn field(
        &mut self,
        name: &str,
        mut cells: impl Iterator<Item = &'t str>,
    ) -> Result<Field, String> {
        let marked = cells.next().ok_or("a field without a shape")?;
        let shape = marked.trim_end_matches(['!', '?', '~']);
        let marks = &marked[shape.len()..];
        let mut field = Field {
            name: name.to_owned(),
            shape: self.shape(shape)?,
            is_required: marks.contains('!'),
            is_nullable: marks.contains('~'),
            has_default: marks.contains('?'),
            there: (0, Interval::OPEN),
            words: Vec::new(),
            keys: Vec::new(),
        };
        for cell in cells {
            match cell.split_at_checked(1) {
                Some(("#", keys)) => field.keys = keys.split(',').map(ToOwned::to_owned).collect(),
                Some(("=", name)) => {
                    let words = self.words.get(name);
                    field
                        .words
                        .clone_from(words.ok_or(format!("unknown enumeration {name}"))?);
                }
                Some(("@", releases)) => {
                    field.there = interval(releases).ok_or(format!("releases {releases}"))?;
                }
                _ => return Err(format!("unknown cell {cell}")),
            }
        }
        Ok(field)
    }

    fn shape(&mut self, text: &'t str) -> Result<Shape, String> {
        if let Some(rest) = text.strip_prefix('[') {
            return Ok(Shape::List(Box::new(self.shape(rest)?)));
        }
        if let Some(rest) = text.strip_prefix('{') {
            return Ok(Shape::Map(Box::new(self.shape(rest)?)));
        }
        if let Some(name) = text.strip_prefix('@') {
            return Ok(Shape::Object(self.named(name)));
        }
        let mut words = Scalar::WORDS.iter();
        let known = words.find(|(word, _)| *word == text);
        known
            .map(|(_, scalar)| Shape::Scalar(*scalar))
            .ok_or(format!("unknown shape {text}"))
    }

    fn finish(self) -> Result<(), String> {
        match self.named.first() {
            Some(name) => Err(format!("no type is named {name}")),
            None => Ok(()),
        }
    }
}

/// Adds a field to those of a type. One that changed its type is written twice; it is there in the releases of both, as the later one has it.
fn add(fields: &mut Vec<Field>, field: Field) {
    let Some(known) = fields.iter_mut().find(|known| known.name == field.name) else {
        fields.push(field);
        return;
    };
    let first = known.there.0.min(field.there.0);
    let last = known.there.1.max(field.there.1);
    if known.there.1 <= field.there.1 {
        *known = field;
    }
    known.there = (first, last);
}

fn number(cell: &str, absent: u8) -> Result<u8, String> {
    if cell.is_empty() {
        return Ok(absent);
    }
    cell.parse().map_err(|_| format!("release {cell}"))
}

fn interval(text: &str) -> Option<(u8, u8)> {
    let (first, last) = text.split_once('-')?;
    let first = number(first, 0).ok()?;
    Some((first, number(last, Interval::OPEN).ok()?))
}

fn word(cell: &str) -> Word {
    let with = cell.rsplit_once('@');
    let with = with.and_then(|(text, releases)| Some((text, interval(releases)?)));
    let (text, there) = with.unwrap_or((cell, (0, Interval::OPEN)));
    Word {
        text: text.to_owned(),
        there,
    }
}

/// Writes definitions of one project as a table.
pub fn write(definitions: &Definitions) -> String {
    let mut lines = Vec::new();
    for project in &definitions.projects {
        if !project.name.is_empty() {
            let mut cells = vec!["P", &project.name];
            cells.extend(project.releases.iter().map(String::as_str));
            lines.push(cells.join("\t"));
        }
    }
    let name = |number: usize| definitions.types[number].name.as_str();
    for kind in &definitions.kinds {
        let releases = [
            shown(kind.served.first, 0),
            shown(kind.served.last, Interval::OPEN),
            shown(kind.deprecated, 0),
            shown(kind.removed, 0),
        ];
        lines.push(format!(
            "K\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            kind.group,
            kind.version,
            kind.kind,
            name(kind.root),
            releases.join("\t"),
            kind.replacement,
            if kind.is_cluster_scoped { "C" } else { "N" },
        ));
    }
    let mut enumerations: FxHashMap<&[Word], String> = FxHashMap::default();
    for of in &definitions.types {
        for field in of.fields.iter().filter(|field| !field.words.is_empty()) {
            if enumerations.contains_key(field.words.as_slice()) {
                continue;
            }
            let own = format!("{}.{}", of.name, field.name);
            let words: Vec<String> = field
                .words
                .iter()
                .map(|word| format!("{}{}", word.text, releases(word.there)))
                .collect();
            lines.push(format!("E\t{own}\t{}", words.join("\t")));
            enumerations.insert(&field.words, own);
        }
    }
    for of in &definitions.types {
        let marks = [(of.is_open, "*"), (of.is_embedded, "&")];
        lines.push(format!("T\t{}{}", of.name, marked(&marks)));
        for field in &of.fields {
            let marks = [
                (field.is_required, "!"),
                (field.has_default, "?"),
                (field.is_nullable, "~"),
            ];
            let mut line = format!(
                "{}\t{}{}",
                field.name,
                shape(&field.shape, definitions),
                marked(&marks)
            );
            if !field.keys.is_empty() {
                line.push_str(&format!("\t#{}", field.keys.join(",")));
            }
            if let Some(words) = enumerations.get(field.words.as_slice()) {
                line.push_str(&format!("\t={words}"));
            }
            let there = releases(field.there);
            if !there.is_empty() {
                line.push_str(&format!("\t{there}"));
            }
            lines.push(line);
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn marked(marks: &[(bool, &'static str)]) -> String {
    let set = marks.iter().filter(|(is_set, _)| *is_set);
    set.map(|(_, mark)| *mark).collect()
}

fn shown(release: u8, absent: u8) -> String {
    if release == absent {
        String::new()
    } else {
        release.to_string()
    }
}

fn releases((first, last): (u8, u8)) -> String {
    if (first, last) == (0, Interval::OPEN) {
        return String::new();
    }
    format!("@{}-{}", shown(first, 0), shown(last, Interval::OPEN))
}

fn shape(of: &Shape, definitions: &Definitions) -> String {
    match of {
        Shape::Scalar(scalar) => scalar.word().to_owned(),
        Shape::List(inner) => format!("[{}", shape(inner, definitions)),
        Shape::Map(inner) => format!("{{{}", shape(inner, definitions)),
        Shape::Object(number) => format!("@{}", definitions.types[*number].name),
    }
}
