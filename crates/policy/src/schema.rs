//! What there is to read: the tables, and their fields as far as they are known.

use std::collections::{BTreeMap, BTreeSet};

use hullmark_tables::{Table, Type};

/// Tables, and the fields of their rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    tables: BTreeMap<String, Option<BTreeSet<String>>>,
    /// Fields that are no place, by table: what they hold.
    values: BTreeMap<(String, String), String>,
}

impl Schema {
    /// The schema of the model: all tables, with the columns that are declared of each.
    pub fn of_model() -> Self {
        Table::ALL.iter().fold(Self::default(), |schema, table| {
            let columns = table.row_type().columns().iter();
            let names: Vec<&str> = columns.clone().map(|column| column.name).collect();
            let mut schema = schema.with(table.name(), Some(&names));
            let others = columns.filter(|column| !matches!(column.of, Type::Ref | Type::Written));
            for column in others {
                let key = (table.name().to_owned(), column.name.to_owned());
                schema.values.insert(key, column.of.to_string());
            }
            schema
        })
    }

    /// Adds a table. Without fields, policies may read any field of its rows.
    #[must_use]
    pub fn with(mut self, table: &str, fields: Option<&[&str]>) -> Self {
        let fields = fields.map(|fields| fields.iter().map(|&field| field.to_owned()).collect());
        self.tables.insert(table.to_owned(), fields);
        self
    }

    /// The names of the tables.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.tables.keys().map(String::as_str)
    }

    /// Whether there is a table of that name.
    pub fn has_table(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    /// Whether the fields of some table are known.
    pub(crate) fn has_fields(&self) -> bool {
        self.tables.values().any(Option::is_some)
    }

    /// The fields of a table's rows; `None` if they are not known.
    pub fn fields(&self, table: &str) -> Option<&BTreeSet<String>> {
        self.tables.get(table)?.as_ref()
    }

    /// What a field of a table's rows holds, if it is no place.
    pub(crate) fn value(&self, table: &str, field: &str) -> Option<&str> {
        let key = (table.to_owned(), field.to_owned());
        self.values.get(&key).map(String::as_str)
    }

    /// What follows a table's name that is not known.
    pub(crate) fn suggested_table(&self, table: &str) -> String {
        let mut known: Vec<&str> = self.tables().collect();
        known.extend(["index", "sizes", "settings"]);
        suggested(table, &known)
    }

    /// The table and the field of `<table>_by_<field>`.
    ///
    /// # Errors
    /// What is wrong with it, and what may be meant.
    pub(crate) fn lookup(&self, name: &str) -> Result<(String, String), String> {
        let Some((table, field)) = name.split_once("_by_") else {
            return Err(format!(
                "`{name}` is no lookup; write `<table>_by_<field>`, such as `commands_by_at`"
            ));
        };
        if !self.has_table(table) {
            let known: Vec<&str> = self.tables().collect();
            let hint = match nearest(table, &known) {
                Some(table) => format!(" (did you mean `{table}_by_{field}`?)"),
                None => String::new(),
            };
            return Err(format!("there is no table `{table}` to look up{hint}"));
        }
        match self.fields(table) {
            Some(fields) if !fields.contains(field) => {
                let known: Vec<&str> = fields.iter().map(String::as_str).collect();
                let hint = match nearest(field, &known) {
                    Some(field) => format!(" (did you mean `{table}_by_{field}`?)"),
                    None => String::new(),
                };
                Err(format!("`{table}` have no field `{field}`{hint}"))
            }
            _ => Ok((table.to_owned(), field.to_owned())),
        }
    }
}

/// ` (did you mean …?)` with the nearest of the words, or nothing if none is near.
pub(crate) fn suggested(word: &str, known: &[&str]) -> String {
    match nearest(word, known) {
        Some(near) => format!(" (did you mean `{near}`?)"),
        None => String::new(),
    }
}

/// The nearest of the words, if it is near; of several that are as near, the first.
fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let near = known
        .iter()
        .map(|known| (*known, strsim::jaro_winkler(word, known)));
    let best = near.fold(None, |best: Option<(&str, f64)>, next| match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    });
    best.filter(|(_, near)| *near >= 0.8)
        .map(|(known, _)| known)
}
