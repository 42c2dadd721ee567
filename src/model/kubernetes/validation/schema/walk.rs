//! The walk down an object, each mapping beside its type.

use std::borrow::Cow;

use hullmark_schema::definition::{Interval, Scalar};
use hullmark_schema::{Enumeration, Field as Declared, Shape, Type};

use crate::model::kubernetes::schemas::SCHEMAS;
use crate::model::kubernetes::validation::path::Step;
use crate::model::kubernetes::validation::schema::moves::Unknown;
use crate::model::kubernetes::validation::schema::state::Walk;
use crate::model::kubernetes::validation::schema::{
    is_in_braces, is_no_field, is_open_value, missing, refused, scalars, strays,
};
use crate::model::kubernetes::value;
use crate::parse::yaml::tree::{Content, NodeId, Tree};

/// How many nodes of an object are looked at: aliases multiply what is written.
pub(super) const BUDGET: usize = 50_000;

/// How deep a walk goes.
const DEPTH: usize = 64;

/// Words that a program adds to the definitions of another one, by group and field: the Flux Operator to those of Flux.
const ADDED_WORDS: [(&str, &str, &[&str]); 1] = [(
    "notification.toolkit.fluxcd.io",
    "kind",
    &[
        "FluxInstance",
        "ResourceSet",
        "ResourceSetInputProvider",
        "FluxReport",
    ],
)];

/// Fields of metadata that a cluster writes.
const OF_CLUSTER: [&str; 6] = [
    "managedFields",
    "creationTimestamp",
    "resourceVersion",
    "uid",
    "generation",
    "selfLink",
];

impl<'t, 'b> Walk<'_, '_, 't, 'b> {
    /// The object itself.
    pub(super) fn root(&mut self, node: NodeId) {
        let root = self.kind.root();
        let mut strays = Vec::new();
        for (key, child) in pairs(self.tree, node).iter() {
            let Some(name) = self.tree.text(*key) else {
                continue;
            };
            if matches!(name, "apiVersion" | "kind" | "status" | "sops") || is_no_field(name) {
                continue;
            }
            let declared = match name {
                "metadata" if !self.is_builtin => metadata(),
                _ => root.field(name),
            };
            self.path.push(Step::Key(name));
            match declared {
                Some(declared) if self.is_there(declared.there()) => self.field(declared, *child),
                _ if root.is_open() => {}
                other => {
                    let unknown = unknown(name, root, *child, node);
                    strays.extend(strays::found(self, (*key, unknown), other));
                }
            }
            self.path.pop();
        }
        strays::report(self, strays, root, node);
        missing::of_type(self, root, node);
        missing::report(self);
        if self.is_builtin {
            refused::judge_object(self);
        }
    }

    fn field(&mut self, declared: Declared<'b>, node: NodeId) {
        self.value(declared.shape(), declared, node);
        if matches!(declared.shape(), Shape::List(_)) {
            missing::repeated(self, declared, node);
        }
    }

    /// A value against what it must be.
    fn value(&mut self, shape: Shape<'b>, declared: Declared<'b>, node: NodeId) {
        let Some(left) = self.budget.checked_sub(1) else {
            return;
        };
        self.budget = left;
        if self.path.len() > DEPTH || value::is_null(self.tree, node) {
            return;
        }
        match (shape, self.tree.content(node)) {
            (Shape::Scalar(Scalar::Any), _) | (_, Content::Alias(_)) => {}
            (Shape::Object(of), Content::Mapping(_)) => self.mapping(of, node),
            (Shape::List(inner), Content::Sequence(items)) => {
                self.path.push(Step::Item);
                for item in items {
                    self.value(inner.shape(), declared, *item);
                }
                self.path.pop();
            }
            (Shape::Map(inner), Content::Mapping(_)) => {
                if value::is_unknown(self.tree, node) {
                    return;
                }
                for (key, node) in pairs(self.tree, node).iter() {
                    let name = self.tree.text(*key).unwrap_or_default();
                    if name == "<<" || name.starts_with('$') {
                        continue;
                    }
                    self.path.push(Step::Key(name));
                    self.value(inner.shape(), declared, *node);
                    self.path.pop();
                }
            }
            (Shape::Scalar(scalar), _) => self.scalar(scalar, declared, node),
            _ => self.wrong_type(shape, node),
        }
    }

    fn mapping(&mut self, of: Type<'b>, node: NodeId) {
        if value::is_unknown(self.tree, node) {
            return;
        }
        let mut strays = Vec::new();
        for (key, child) in pairs(self.tree, node).iter() {
            let Some(name) = self.tree.text(*key) else {
                continue;
            };
            if is_no_field(name) && of.field(name).is_none() {
                continue;
            }
            let is_head = of.is_embedded()
                && matches!(name, "apiVersion" | "kind" | "metadata" | "status")
                && (name != "metadata" || of.field(name).is_none());
            if is_head || of.name() == "meta.v1.ObjectMeta" && OF_CLUSTER.contains(&name) {
                continue;
            }
            self.path.push(Step::Key(name));
            match of.field(name) {
                Some(declared) if self.is_there(declared.there()) => self.field(declared, *child),
                _ if of.is_open() => {}
                other => {
                    let unknown = unknown(name, of, *child, node);
                    strays.extend(strays::found(self, (*key, unknown), other));
                }
            }
            self.path.pop();
        }
        strays::report(self, strays, of, node);
        missing::of_type(self, of, node);
        if self.is_builtin && !of.name().is_empty() {
            refused::judge(self, of, node);
        }
    }

    fn scalar(&mut self, scalar: Scalar, declared: Declared<'b>, node: NodeId) {
        if is_open_value(self.tree, node) && !matches!(scalar, Scalar::Text) {
            return;
        }
        if value::is_unknown(self.tree, node) || is_in_braces(self.tree, node) {
            return;
        }
        let field = self.at(node);
        let found = match scalar {
            Scalar::Text | Scalar::Time | Scalar::Bytes => scalars::text(field),
            other => scalars::number(field, other),
        };
        if let Some(violation) = found {
            self.say(node, self.trust(), &violation);
        } else if let Some(words) = declared.words() {
            self.word(words, node);
        }
    }

    /// One of a few words.
    fn word(&mut self, words: Enumeration<'b>, node: NodeId) {
        let Some(text) = self.tree.text(node) else {
            return;
        };
        let is_known =
            |(word, there): (&str, Interval)| (word == text && self.is_there(there)).then_some(());
        if text.is_empty() || words.words().find_map(is_known).is_some() || self.is_added_word(text)
        {
            return;
        }
        let field = self.at(node);
        let known = words.words().filter(|(_, there)| self.is_there(*there));
        let known: Vec<&str> = known.map(|(word, _)| word).collect();
        if let Some(violation) = super::super::strings::none_of(field, &known) {
            let severity = if self.is_builtin { None } else { Some("info") };
            self.say(node, severity, &violation);
        }
    }

    /// Whether a program adds the word to those that the definition of another one has.
    fn is_added_word(&self, text: &str) -> bool {
        ADDED_WORDS.iter().any(|(group, name, words)| {
            *group == self.kind.group() && *name == self.path.name() && words.contains(&text)
        })
    }

    fn wrong_type(&mut self, shape: Shape<'_>, node: NodeId) {
        if is_open_value(self.tree, node) {
            return;
        }
        let violation = scalars::wrong_collection(self.at(node), shape);
        self.say(node, self.trust(), &violation);
    }
}

fn unknown<'t, 'b>(name: &'t str, of: Type<'b>, value: NodeId, parent: NodeId) -> Unknown<'t, 'b> {
    Unknown {
        name,
        of,
        value,
        parent,
    }
}

/// The pairs of a mapping; merge keys applied, if the file has any.
fn pairs(tree: &Tree, node: NodeId) -> Cow<'_, [(NodeId, NodeId)]> {
    match tree.content(node) {
        Content::Mapping(own) if !tree.is_merged => Cow::Borrowed(own),
        _ => Cow::Owned(tree.pairs(node)),
    }
}

/// The metadata of every object.
fn metadata<'b>() -> Option<Declared<'b>> {
    SCHEMAS
        .kind("", "v1", "ConfigMap")?
        .root()
        .field("metadata")
}
