//! Settings in the text of a file that an object holds: `NAME=value` and `name: value` on lines of their own.

use crate::model::FileTables;
use crate::model::kubernetes::{Object, applications};
use crate::model::place::TextPlace;
use crate::model::{secret, variable};
use crate::parse::yaml::tree::NodeId;

/// How many settings of one text become rows.
const KEYS: usize = 2_000;
/// How many names of users in it are compared with its passwords.
const USERS: usize = 50;

/// Lines of a file in a `ConfigMap`, or of values as text, that give a secret's name a value: `DB_PASSWORD=…`, `password: …`.
pub(super) fn build_rows(
    tables: &mut FileTables,
    object: Object<'_>,
    node: NodeId,
    source: &'static str,
) {
    let Some(scalar) = object.tree.scalar(node) else {
        return;
    };
    let text = &scalar.text.text;
    let mut users: Option<Vec<&str>> = None;
    let mut start = 0;
    let mut count = 0;
    for line in text.split_inclusive('\n') {
        let found = setting(line)
            .filter(|(name, value)| secret::is_secret_name(name) || secret::is_published(value));
        if let Some((name, value)) = found {
            count += 1;
            if count > KEYS {
                return;
            }
            let length = line.trim_end().len();
            let span = scalar.text.span(start..start + length);
            let at = tables.text(TextPlace::new(span, format!("data/{name}")));
            tables.name_secret(name, value, span);
            let row = variable::row(at, object.document, source, name, Some(value), true, "");
            let users = users.get_or_insert_with(|| self::users(text)).iter();
            let row = variable::of_users(row, (name, value), users.copied(), || {
                applications::names(object, None)
            });
            tables.add_row(row);
        }
        start += line.len();
    }
}

/// The names of users and databases in a text.
fn users(text: &str) -> Vec<&str> {
    let settings = text.lines().filter_map(setting);
    let users = settings.filter(|(name, _)| secret::is_user_name(name));
    users.map(|(_, value)| value).take(USERS).collect()
}

/// Name and value of a line such as `NAME=value`, `"name": "value",` or `name: value`.
fn setting(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_at(line.find(['=', ':'])?);
    let trimmed = |text: &'_ str| -> (usize, usize) {
        let start = text.len() - text.trim_start_matches([' ', '\t', '"', '\'', '-']).len();
        let end = text
            .trim_end_matches([' ', '\t', '\r', '\n', ',', '"', '\'', ';'])
            .len();
        (start, end.max(start))
    };
    let value = &value[1..];
    let (start, end) = trimmed(name);
    let name = name[start..end].trim_start_matches("export ");
    let (start, end) = trimmed(value);
    let value = &value[start..end];
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
    // `==` compares, or asks for a version of a package. A call or an expression is code that fetches the value.
    let is_literal =
        !value.is_empty() && !value.starts_with('=') && !value.contains(['(', ')', '[', '{']);
    (is_name && is_literal).then_some((name, value))
}
