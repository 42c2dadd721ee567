//! What a Secret holds: texts of `stringData`, and `data` as it is decoded.

use hullmark_tables::secrets;

use crate::model::FileTables;
use crate::model::credentials::{is_for_neighbour, is_of_test};
use crate::model::kubernetes::{Object, applications, text_settings, value};
use crate::model::place::TextPlace;
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::model::{secret, variable};
use crate::parse::yaml::tree::NodeId;

/// How many keys of a Secret become rows.
const KEYS: usize = 500;
/// How many names of users of a Secret are compared with its values.
const USERS: usize = 8;
/// The longest value that is decoded, in bytes.
const LONGEST: usize = 64 << 10;

pub(super) fn build_rows(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Variables) && !tables.wants(Table::Secrets) {
        return;
    }
    let tree = object.tree;
    if tree.text_at(object.node, "apiVersion") != Some("v1")
        || tree.get(object.node, "sops").is_some()
    {
        return;
    }
    let users = users(object);
    for (part, is_encoded) in [("stringData", false), ("data", true)] {
        let data = tree.get(object.node, part);
        let pairs = data.map(|data| tree.pairs(data)).unwrap_or_default();
        for (key, node) in pairs.into_iter().take(KEYS) {
            let (Some(name), Some(text)) = (tree.text(key), tree.text(node)) else {
                continue;
            };
            if value::is_unknown(tree, node) {
                continue;
            }
            if !is_encoded {
                plain(tables, object, node, (name, text), &users);
            } else if text.len() <= LONGEST
                && let Some(decoded) = secret::decoded(text)
            {
                encoded(tables, object, node, (name, &decoded), &users);
            }
        }
    }
}

/// The users whose passwords the Secret may hold beside their names.
fn users(object: Object<'_>) -> Vec<String> {
    let parts = ["stringData", "data"].iter().filter_map(|part| {
        let data = object.tree.get(object.node, part)?;
        Some((*part, object.tree.pairs(data)))
    });
    let named = parts.flat_map(|(part, pairs)| pairs.into_iter().map(move |pair| (part, pair)));
    let found = named.take(KEYS).filter_map(|(part, (key, node))| {
        let text = object.tree.text(node)?;
        let is_user = secret::is_user_name(object.tree.text(key)?) && text.len() < 200;
        is_user.then(|| match part {
            "data" => secret::decoded(text).unwrap_or_default(),
            _ => text.to_owned(),
        })
    });
    found.take(USERS).collect()
}

/// A value as it is written.
fn plain(
    tables: &mut FileTables,
    object: Object<'_>,
    node: NodeId,
    (name, text): (&str, &str),
    users: &[String],
) {
    if logs_in(name, text) {
        return told(tables, object, node, (LOGIN, name));
    }
    named(tables, object, node, (name, text), users);
    tables.name_secret(name, text, object.tree.node(node).span);
    text_settings::build_rows(tables, object, node, "secret");
}

/// A value that is decoded: what it says of itself is found here, since the file's text does not show it.
fn encoded(
    tables: &mut FileTables,
    object: Object<'_>,
    node: NodeId,
    (name, text): (&str, &str),
    users: &[String],
) {
    let token = secret::tokens(text).into_iter().next();
    match token.map(|token| (token.kind, token.shown)) {
        // Made for the tests, and for nothing else.
        Some(("private key", _)) if is_of_test(&object.around.source.path) => {}
        Some((kind, shown)) => told(tables, object, node, (kind, &shown)),
        None if logs_in(name, text) => told(tables, object, node, (LOGIN, name)),
        None => named(tables, object, node, (name, text), users),
    }
}

/// What a login of a registry is called.
const LOGIN: &str = "registry login";

/// Ends of the names of registries that nobody can have: RFC 2606 and 6762.
const RESERVED: &[&str] = &[
    "example.com\"",
    "example.com/",
    "example.org\"",
    "example.net\"",
    ".example\"",
    ".invalid\"",
    ".local\"",
    ".test\"",
    "\"localhost",
];

/// Whether a configuration of Docker holds the login of a registry: `{"auths": {"ghcr.io": {"auth": "dXNlcjpwYXNz"}}}`.
fn logs_in(name: &str, text: &str) -> bool {
    let is_login = |value: &str| {
        let login = secret::decoded(value);
        let login = login.as_deref().and_then(|login| login.split_once(':'));
        login.is_some_and(|(user, password)| {
            secret::looks_like_password(password) && !secret::is_well_known(user, password)
        })
    };
    matches!(name, ".dockerconfigjson" | ".dockercfg")
        && !RESERVED.iter().any(|domain| text.contains(domain))
        && text.match_indices("\"auth\"").any(|(at, key)| {
            let rest = text[at + key.len()..].trim_start_matches([' ', ':', '\n', '\t']);
            let value = rest
                .strip_prefix('"')
                .and_then(|rest| rest.split('"').next());
            value.is_some_and(is_login)
        })
}

/// A credential that its own form tells.
fn told(
    tables: &mut FileTables,
    object: Object<'_>,
    node: NodeId,
    (kind, shown): (&'static str, &str),
) {
    let span = object.tree.node(node).span;
    let at = tables.text(TextPlace::new(span, format!("secret[{kind}]")));
    let row = RowBuilder::at(at)
        .word(secrets::source, "text")
        .word(secrets::kind, kind)
        .text(secrets::shown, shown)
        .maybe_text(
            secrets::holder,
            object.name.map(|name| format!("Secret {name}")).as_deref(),
        )
        .set(secrets::is_in_dockerfile, false)
        .set(secrets::is_in_workflow, false)
        .set(secrets::is_in_compose, false)
        .set(
            secrets::is_for_neighbour,
            kind == "password in a URL" && is_for_neighbour(shown),
        );
    tables.add_row(row);
}

/// The row of a value that its name tells.
fn named(
    tables: &mut FileTables,
    object: Object<'_>,
    node: NodeId,
    (name, text): (&str, &str),
    users: &[String],
) {
    if !tables.wants(Table::Variables) {
        return;
    }
    let at = tables.node(node);
    let row = variable::row(at, object.document, "secret", name, Some(text), true, "");
    let users = users.iter().map(String::as_str);
    let row = variable::of_users(row, (name, text), users, || {
        applications::names(object, None)
    });
    tables.add_row(row);
}
