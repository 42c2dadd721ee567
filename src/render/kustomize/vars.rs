//! `vars`: `$(NAME)` in some fields stands for a field of another object.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::render::kustomize::config::Config;
use crate::render::kustomize::field::{self, Make};
use crate::render::kustomize::id::Id;
use crate::render::kustomize::kustomization::Var;
use crate::render::kustomize::path::FieldPath;
use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::resource::{self, Resource};
use crate::render::kustomize::resources::Resources;
use crate::render::kustomize::scalar::{self, Tag};
use crate::render::kustomize::tree::{Content, Node, Place, Scalar};

/// Notes at the objects which vars read from them, as they are called now.
pub fn note(resources: &mut Resources, known: &mut Vec<Var>, vars: &[Var]) -> Outcome<()> {
    for var in vars {
        let candidates = resources.with_name(&var.object.text).to_vec();
        let list = resources.list();
        let found: Vec<usize> = candidates
            .into_iter()
            .filter(|index| is_object_of(&list[*index], var))
            .collect();
        match found[..] {
            [] => {}
            [index] => resources
                .content_mut(index)
                .vars
                .push(var.name.text.clone()),
            _ => {
                let message = format!("var `{}` could be of several objects", var.name.text);
                return Err(Refusal::new(var.at, message));
            }
        }
    }
    add(known, vars)
}

/// Adds vars to those that are known; no two have one name.
pub fn add(known: &mut Vec<Var>, vars: &[Var]) -> Outcome<()> {
    for var in vars {
        if known.iter().any(|other| other.name.text == var.name.text) {
            let message = format!("var `{}` is there already", var.name.text);
            return Err(Refusal::new(var.name.at, message).of(Cause::Refused));
        }
        known.push(var.clone());
    }
    Ok(())
}

fn is_object_of(resource: &Resource, var: &Var) -> bool {
    let is_it = |id: &Id| {
        id.gvk == var.gvk
            && id.name == var.object.text
            && (var.namespace.is_empty()
                || *id.namespace == *resource::effective(&var.namespace.text))
    };
    !resource.root.is_empty() && resource.ids().iter().any(is_it)
}

/// The values of vars by name.
type Values = BTreeMap<Arc<str>, Node>;

/// Fills in all vars. A var without an object is left as it stands if `is_partial`.
pub fn resolve(
    resources: &mut Resources,
    vars: &[Var],
    config: &Config,
    is_partial: bool,
) -> Outcome<()> {
    if vars.is_empty() {
        return Ok(());
    }
    let mut values = Values::new();
    for var in vars {
        match value(resources, var)? {
            Some(node) => _ = values.insert(var.name.text.clone(), node),
            None if is_partial => {}
            None => {
                let message = format!("var `{}` is of an object that is not there", var.name.text);
                return Err(Refusal::new(var.at, message));
            }
        }
    }
    for index in 0..resources.list().len() {
        for spec in &config.var_reference {
            let resource = &resources.list()[index];
            if !resource.gvk().is_selected(&spec.gvk) {
                continue;
            }
            let path = field::split(&spec.path, '/');
            let mut is_due = false;
            field::visit(&resource.root, &path, &mut |node| {
                is_due |= mentions_var(node);
            });
            if is_due {
                let resource = resources.content_mut(index);
                let at = Place::default();
                field::change(resource, spec, Make::Nothing, at, &mut |node| {
                    fill(node, &values);
                    Ok(())
                })?;
            }
        }
    }
    // A name may have changed.
    let _ = resources.list_mut();
    Ok(())
}

fn value(resources: &Resources, var: &Var) -> Outcome<Option<Node>> {
    let mut list = resources.list().iter();
    let Some(resource) = list.find(|resource| resource.vars.contains(&var.name.text)) else {
        return Ok(None);
    };
    let text: Arc<str> = Arc::from(var.path.text.replace('[', ".").replace(']', ""));
    let path = FieldPath::new(&text, var.path.at)?;
    let missing = || {
        let message = format!("var `{}` is of a field that is not there", var.name.text);
        Refusal::new(var.at, message).of(Cause::Refused)
    };
    let node = path.get(&resource.root).ok_or_else(missing)?;
    Ok(Some(node.clone()))
}

fn mentions_var(node: &Node) -> bool {
    let has = |node: &Node| node.as_str().is_some_and(|text| text.contains('$'));
    match &node.content {
        Content::Scalar(_) => has(node),
        Content::List(items) => items.iter().any(|item| has(item)),
        Content::Map(map) => map.entries.iter().any(|entry| has(&entry.value)),
    }
}

fn fill(node: &mut Node, values: &Values) {
    match &mut node.content {
        Content::Scalar(_) => fill_text(node, values),
        Content::List(items) => {
            for item in items {
                fill_text(Arc::make_mut(item), values);
            }
        }
        Content::Map(map) => {
            for entry in &mut map.entries {
                fill_text(Arc::make_mut(&mut entry.value), values);
            }
        }
    }
}

fn fill_text(node: &mut Node, values: &Values) {
    let Some(scalar) = node.as_scalar().filter(|scalar| scalar.tag == Tag::Text) else {
        return;
    };
    let text = scalar.text.clone();
    let alone = text
        .strip_prefix("$(")
        .and_then(|text| text.strip_suffix(')'));
    if let Some(value) = alone.and_then(|name| values.get(name)) {
        let was = node.first_at();
        if value.as_scalar().is_some() {
            *node = value.clone();
            node.was = was;
        }
        return;
    }
    let (filled, at) = filled(&text, values);
    if *filled != *text {
        let (tag, quoted) = (Tag::Text, true);
        let text = Arc::from(filled);
        node.was = node.first_at();
        node.at = at.unwrap_or(node.at);
        node.content = Content::Scalar(Scalar { text, tag, quoted });
    }
}

/// The text with its vars filled in, and the place of the value if there is one; `$$` is one `$`.
fn filled(text: &str, values: &Values) -> (String, Option<Place>) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('$') {
        out.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        rest = match after.as_bytes().first() {
            None => {
                out.push('$');
                after
            }
            Some(b'$') => {
                out.push('$');
                &after[1..]
            }
            Some(b'(') if !after.contains(')') => {
                out.push_str("$(");
                &after[1..]
            }
            Some(b'(') => {
                let end = after.find(')').unwrap_or(after.len() - 1);
                let value = values
                    .get(&after[1..end])
                    .filter(|value| value.as_scalar().is_some());
                match value.and_then(Node::as_scalar) {
                    Some(scalar) => out.push_str(&scalar::canonical(scalar)),
                    None => out.push_str(&rest[start..=start + end + 1]),
                }
                places.extend(value.map(|value| value.at));
                &after[end + 1..]
            }
            Some(_) => {
                out.push('$');
                after
            }
        };
    }
    out.push_str(rest);
    // Of several values none decides; where they are put in does.
    places.dedup();
    let at = places.first().copied().filter(|_| places.len() == 1);
    (out, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vars_stand_between_parentheses() {
        let mut values = Values::new();
        values.insert(Arc::from("A"), Node::text("x", Place::default()));
        for (text, want) in [
            ("a $(A) b", "a x b"),
            ("$(A)$(A)", "xx"),
            ("$$(A)", "$(A)"),
            ("$(B)", "$(B)"),
            ("$(A", "$(A"),
            ("$A $", "$A $"),
            ("100$", "100$"),
        ] {
            assert_eq!(filled(text, &values).0, want, "{text}");
        }
    }
}
