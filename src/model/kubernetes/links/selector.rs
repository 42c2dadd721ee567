//! Selectors as an object writes them.

use crate::model::FileTables;
use crate::model::kubernetes::links::walk::Walk;
use crate::model::kubernetes::links::{links, owned};
use crate::model::kubernetes::value;
use crate::model::links::table::{Entry, How};
use crate::model::links::{Expression, Operator, Selector};
use crate::parse::yaml::tree::{NodeId, Tree};

impl Walk<'_> {
    /// Notes a selector.
    pub(super) fn selector(
        &self,
        tables: &mut FileTables,
        node: NodeId,
        number: u16,
        entry: &Entry,
    ) {
        let tree = self.object.tree;
        if !tree.is_mapping(node) {
            return;
        }
        let is_flat = entry.how == How::Labels;
        let labels = if is_flat {
            Some(node)
        } else {
            tree.get(node, "matchLabels")
        };
        let list = tree.get(node, "matchExpressions").filter(|_| !is_flat);
        let items = list.map(|list| tree.items(list)).unwrap_or_default();
        let expressions: Vec<Expression> =
            items.iter().map(|item| expression(tree, *item)).collect();
        let is_known = !value::is_unknown(tree, node)
            && value::is_known(tree, labels)
            && !self.object.elsewhere.is_patch
            && !self.object.elsewhere.sets("selector")
            && list.is_none_or(|list| !value::is_unknown(tree, list))
            && expressions
                .iter()
                .all(|expression| expression.operator != Operator::Unknown);
        let beside = self.parent(1);
        let is_own_namespace =
            beside.is_none_or(|beside| tree.get(beside, "namespaceSelector").is_none());
        let at = tables.node(node);
        let selector = Selector {
            owner: self.owner,
            entry: number,
            at,
            labels: owned(&value::texts(tree, labels)),
            expressions: expressions.into(),
            is_known,
            is_own_namespace,
            is_for: self.directions(),
            has_rules: self.rules(),
        };
        links(tables, self.object).selectors.push(selector);
    }

    /// Whether a network policy says what may come in, and what may go out.
    fn rules(&self) -> (bool, bool) {
        let tree = self.object.tree;
        let has = |name| {
            let list = tree.at(self.object.node, &["spec", name]);
            list.is_some_and(|list| !tree.items(list).is_empty())
        };
        (has("ingress"), has("egress"))
    }

    /// Which requests a network policy is for: those that come in, and those that go out.
    fn directions(&self) -> (bool, bool) {
        let tree = self.object.tree;
        let Some(spec) = tree.get(self.object.node, "spec") else {
            return (true, false);
        };
        match value::child(tree, spec, "policyTypes") {
            Some(list) => {
                let has = |wanted| {
                    let mut items = tree.items(list).iter();
                    items.any(|item| tree.text(*item) == Some(wanted))
                };
                (has("Ingress"), has("Egress"))
            }
            None => (true, value::child(tree, spec, "egress").is_some()),
        }
    }
}

fn expression(tree: &Tree, item: NodeId) -> Expression {
    let values = tree.get(item, "values");
    let values = values.map(|values| tree.items(values)).unwrap_or_default();
    let known: Vec<Box<str>> = values
        .iter()
        .filter_map(|value| Some(value::known_text(tree, *value)?.into()))
        .collect();
    let key = tree
        .get(item, "key")
        .and_then(|key| value::known_text(tree, key));
    let operator = match tree.text_at(item, "operator") {
        _ if known.len() != values.len() || key.is_none() => Operator::Unknown,
        Some("In") => Operator::In,
        Some("NotIn") => Operator::NotIn,
        Some("Exists") => Operator::Exists,
        Some("DoesNotExist") => Operator::DoesNotExist,
        _ => Operator::Unknown,
    };
    Expression {
        key: key.unwrap_or_default().into(),
        operator,
        values: known.into(),
    }
}
