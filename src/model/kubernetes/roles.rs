//! What roles allow.

use hullmark_tables::role_rules;

use crate::model::FileTables;
use crate::model::kubernetes::{Object, value};
use crate::model::row::RowBuilder;
use crate::model::table::Table;

pub(super) fn build_rows(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::RoleRules) {
        return;
    }
    let Object { tree, node, .. } = object;
    let rules = value::child(tree, node, "rules");
    let items = rules.map(|list| tree.items(list)).unwrap_or_default();
    for (number, rule) in items.iter().enumerate() {
        if !tree.is_mapping(*rule) || value::is_unknown(tree, *rule) {
            continue;
        }
        let texts = |name| {
            let list = tree.get(*rule, name);
            let items = list.map(|list| tree.items(list)).unwrap_or_default().iter();
            items.filter_map(|item| value::known_text(tree, *item))
        };
        let at = tables.node(*rule);
        let row = RowBuilder::at(at)
            .set(role_rules::document, object.document)
            .text(role_rules::path, object.path)
            .text(role_rules::kind, object.kind)
            .maybe_text(role_rules::name, object.name)
            .texts(role_rules::verbs, texts("verbs"))
            .texts(role_rules::resources, texts("resources"))
            .texts(role_rules::groups, texts("apiGroups"))
            .set(
                role_rules::names_objects,
                texts("resourceNames").next().is_some(),
            )
            .maybe_text(role_rules::namespace, object.namespace)
            .set(role_rules::role, object.at)
            .set(role_rules::number, number)
            .texts(role_rules::object_names, texts("resourceNames"));
        tables.add_row(row);
    }
}
