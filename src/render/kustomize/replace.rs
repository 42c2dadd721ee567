//! `replacements`: a field's value is copied to fields of other objects.

use std::borrow::Cow;
use std::sync::Arc;

use crate::render::kustomize::id::Id;
use crate::render::kustomize::json;
use crate::render::kustomize::kustomization::{
    FieldOptions, Replacement, Selector, Source, Target,
};
use crate::render::kustomize::path::{Create, FieldPath};
use crate::render::kustomize::pattern::{LabelSelector, Pattern};
use crate::render::kustomize::read;
use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::resources::Resources;
use crate::render::kustomize::scalar::{self, Tag};
use crate::render::kustomize::tree::{self, Content, Node, Scalar};
use crate::render::kustomize::write;

/// How many values an object may have after a replacement.
const VALUES: usize = 1_000_000;

/// Applies a replacement; `false` if its source is not there.
pub fn apply(resources: &mut Resources, replacement: &Replacement) -> Outcome<bool> {
    let refuse = |message: &str| Err(Refusal::new(replacement.at, message).of(Cause::Refused));
    let Some(targets) = &replacement.targets else {
        return refuse("replacement has no `targets`");
    };
    let value = match (&replacement.source, &replacement.value) {
        (Some(_), Some(_)) => return refuse("replacement has both `source` and `sourceValue`"),
        (None, None) => return refuse("replacement has no `source`"),
        (None, Some(value)) => Arc::new(Node::plain(value.text.clone(), value.at)),
        (Some(source), None) => match find(resources, source)? {
            Some(node) => node,
            None => return Ok(false),
        },
    };
    for target in targets {
        apply_to(resources, target, &value)?;
    }
    Ok(true)
}

/// The value that a source names; `None` if its object is not there.
fn find(resources: &Resources, source: &Source) -> Outcome<Option<Arc<Node>>> {
    let is_meant = |id: &Id| {
        id.gvk.is_selected(&source.gvk)
            && (source.name.is_empty() || id.name == source.name.text)
            && (source.namespace.is_empty() || *id.namespace == *source.namespace.text)
    };
    let list = resources.list().iter();
    let mut found = list.filter(|resource| plain_ids(resource).iter().any(is_meant));
    let Some(resource) = found.next() else {
        return Ok(None);
    };
    if found.next().is_some() {
        return Err(Refusal::new(
            source.at,
            "several objects are the source of this replacement",
        ));
    }
    let path = FieldPath::new(&source.path.text, source.path.at)?;
    let Some(node) = path.get(&resource.root).filter(|node| !node.is_empty()) else {
        let message = format!("source has no field `{}`", source.path.text.escape_debug());
        return Err(Refusal::new(source.path.at, message).of(Cause::Refused));
    };
    refine(node, &source.options).map(|node| Some(Arc::new(node)))
}

/// The ids of an object with the namespace that is written there, without regard to what its kind can have.
fn plain_ids(resource: &Resource) -> Vec<Id> {
    let mut ids = resource.ids();
    if let Some(current) = ids.last_mut() {
        current.namespace = Arc::from(crate::render::kustomize::resource::effective(
            resource.namespace(),
        ));
    }
    ids
}

fn refine(node: &Node, options: &FieldOptions) -> Outcome<Node> {
    if options.delimiter.is_empty() {
        return Ok(node.clone());
    }
    let Some(scalar) = node.as_scalar() else {
        return Err(Refusal::new(options.delimiter.at, "only text can be split"));
    };
    let mut parts = scalar.text.split(&*options.delimiter.text);
    let part = usize::try_from(options.index)
        .ok()
        .and_then(|index| parts.nth(index));
    let Some(part) = part else {
        let message = format!("index {} is out of bounds", options.index);
        return Err(Refusal::new(options.delimiter.at, message));
    };
    let mut refined = node.clone();
    refined.content = Content::Scalar(Scalar {
        text: Arc::from(part),
        ..scalar.clone()
    });
    Ok(refined)
}

fn apply_to(resources: &mut Resources, target: &Target, value: &Arc<Node>) -> Outcome<()> {
    let Some(select) = &target.select else {
        return Err(Refusal::new(target.at, "target has no `select`").of(Cause::Refused));
    };
    let select = Matcher::new(select)?;
    let reject = target
        .reject
        .iter()
        .map(Matcher::new)
        .collect::<Outcome<Vec<_>>>()?;
    let name: Arc<str> = Arc::from("metadata.name");
    let paths = match &target.paths[..] {
        [] => vec![FieldPath::new(&name, target.at)?],
        paths => paths
            .iter()
            .map(|path| FieldPath::new(&path.text, path.at))
            .collect::<Outcome<_>>()?,
    };
    for index in 0..resources.list().len() {
        let resource = &resources.list()[index];
        let ids = raw_ids(resource);
        let is_meant = select.has_labels(resource)
            && !reject
                .iter()
                .any(|reject| reject.selects_labels && reject.has_labels(resource))
            && !reject
                .iter()
                .any(|reject| reject.selects_ids && ids.iter().any(|id| reject.is_it(id)))
            && ids.iter().any(|id| select.is_it(id));
        if !is_meant {
            continue;
        }
        let root = resources.list_mut()[index].root_mut();
        for path in &paths {
            copy(root, path, value, target)?;
        }
        if value.as_scalar().is_none() && !tree::is_bounded(root, VALUES) {
            return Err(Refusal::new(
                target.at,
                "replacement makes the object too large",
            ));
        }
    }
    Ok(())
}

/// The ids of an object, the current one with the namespace as it is written.
fn raw_ids(resource: &Resource) -> Vec<Id> {
    let mut ids: Vec<Id> = resource.ids();
    if let Some(current) = ids.last_mut() {
        current.namespace = Arc::from(resource.namespace());
    }
    ids
}

struct Matcher {
    group: Pattern,
    version: Pattern,
    kind: Pattern,
    name: Pattern,
    namespace: Pattern,
    labels: LabelSelector,
    annotations: LabelSelector,
    selects_labels: bool,
    selects_ids: bool,
}

impl Matcher {
    fn new(selector: &Selector) -> Outcome<Self> {
        let pattern = |text: &str| Pattern::new(text, selector.at);
        let made = Self {
            group: pattern(&selector.gvk.group)?,
            version: pattern(&selector.gvk.version)?,
            kind: pattern(&selector.gvk.kind)?,
            name: pattern(&selector.name.text)?,
            namespace: pattern(&selector.namespace.text)?,
            labels: LabelSelector::new(&selector.labels.text, selector.at)?,
            annotations: LabelSelector::new(&selector.annotations.text, selector.at)?,
            selects_labels: !(selector.labels.is_empty() && selector.annotations.is_empty()),
            selects_ids: false,
        };
        let is_any = [
            &made.group,
            &made.version,
            &made.kind,
            &made.name,
            &made.namespace,
        ]
        .iter()
        .all(|pattern| pattern.is_any());
        let selects_ids = !is_any;
        Ok(Self {
            selects_ids,
            ..made
        })
    }

    fn is_it(&self, id: &Id) -> bool {
        self.group.matches(&id.gvk.group)
            && self.version.matches(&id.gvk.version)
            && self.kind.matches(&id.gvk.kind)
            && self.name.matches(&id.name)
            && self.namespace.matches(&id.namespace)
    }

    fn has_labels(&self, resource: &Resource) -> bool {
        self.labels.matches(resource, "labels") && self.annotations.matches(resource, "annotations")
    }
}

fn copy(root: &mut Node, path: &FieldPath, value: &Arc<Node>, target: &Target) -> Outcome<()> {
    let create = match (&value.content, target.options.create) {
        (_, false) => Create::No,
        (Content::Scalar(_), true) => Create::Scalar,
        (Content::List(_), true) => Create::List,
        (Content::Map(_), true) => Create::Map,
    };
    if copy_inside(root, path, value, target, create) {
        return Ok(());
    }
    let count = path.act(root, create, &mut |node| set(node, value, &target.options))?;
    if count == 0 {
        let at = target.paths.first().map_or(target.at, |path| path.at);
        return Err(Refusal::new(at, "target of this replacement is not there"));
    }
    Ok(())
}

fn set(node: &mut Node, value: &Arc<Node>, options: &FieldOptions) -> Outcome<()> {
    let mut text = value.as_str().map(Cow::Borrowed);
    if !options.delimiter.is_empty() {
        let Some(old) = node.as_str() else {
            return Err(Refusal::new(options.delimiter.at, "only text can be split"));
        };
        let new = text.unwrap_or_default();
        text = Some(Cow::Owned(with_part(old, &new, options)));
    }
    let was = node.first_at();
    match (&mut node.content, text) {
        // Only the text is copied: quotes and kind stay the target's.
        (Content::Scalar(scalar), Some(text)) => {
            if scalar.tag != Tag::Text && !scalar.quoted {
                let new = scalar::resolve(&text);
                if new == Tag::Text && matches!(scalar.tag, Tag::Int | Tag::Float | Tag::Bool) {
                    let message = format!("text cannot take the place of {}", scalar.tag.name());
                    return Err(Refusal::new(value.at, message));
                }
                scalar.tag = new;
            }
            scalar.text = Arc::from(&*text);
        }
        (Content::Scalar(scalar), None) => scalar.text = Arc::from(""),
        _ => node.content = value.content.clone(),
    }
    node.was = was;
    node.at = value.at;
    Ok(())
}

/// The old text with one part replaced; a negative index puts the new one before all, one too high behind them.
fn with_part(old: &str, new: &str, options: &FieldOptions) -> String {
    let delimiter = &*options.delimiter.text;
    let mut parts: Vec<&str> = old.split(delimiter).collect();
    match usize::try_from(options.index) {
        Err(_) => parts.insert(0, new),
        Ok(index) if index >= parts.len() => parts.push(new),
        Ok(index) => parts[index] = new,
    }
    parts.join(delimiter)
}

/// Copies into YAML or JSON that is written in a scalar on the way; `false` if there is none.
fn copy_inside(
    root: &mut Node,
    path: &FieldPath,
    value: &Arc<Node>,
    target: &Target,
    create: Create,
) -> bool {
    let outer = (1..path.steps()).find(|count| {
        let found = path.head(*count).get(root);
        found.is_some_and(|node| node.as_scalar().is_some())
    });
    let Some(outer) = outer else {
        return false;
    };
    let (head, inner) = (path.head(outer), path.tail(outer));
    let Some(text) = head.get(root).and_then(Node::as_str).map(str::to_owned) else {
        return false;
    };
    let Ok(mut documents) = read::read(&text, 0, None) else {
        return false;
    };
    let Some(first) = documents.first_mut() else {
        return false;
    };
    let document = Arc::make_mut(&mut first.root);
    let count = inner.act(document, create, &mut |node| {
        set(node, value, &target.options)
    });
    if !count.is_ok_and(|count| count > 0) {
        return false;
    }
    let new = written(document, &text);
    let done = head.act(root, Create::No, &mut |node| {
        let was = node.first_at();
        if let Content::Scalar(scalar) = &mut node.content {
            scalar.text = Arc::from(&*new);
        }
        node.was = was;
        node.at = value.at;
        Ok(())
    });
    done.is_ok()
}

/// The document as the old text was written: JSON on one or many lines, or YAML.
fn written(document: &Node, old: &str) -> String {
    if old.trim_start().starts_with(['{', '[']) {
        let is_pretty = old.contains('\n') && old.contains("  ");
        return json::json(document, is_pretty);
    }
    let lines: Vec<String> = write::in_order(document)
        .into_iter()
        .map(|line| line.text)
        .collect();
    lines.join("\n").trim().to_owned()
}
