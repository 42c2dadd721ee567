//! The walk down an object, each mapping beside its type.

use hullmark_schema::definition::{Interval, Scalar};
use hullmark_schema::{Enumeration, Field as Declared, Shape, Type};

use crate::model::kubernetes::schemas::SCHEMAS;
use crate::model::kubernetes::validation::path::Step;
use crate::model::kubernetes::validation::schema::moves::Unknown;
use crate::model::kubernetes::validation::schema::state::{OF_CLUSTER, Walk};
use crate::model::kubernetes::validation::schema::{
    is_no_field, is_open_value, missing, refused, scalars, strays,
};
use crate::model::kubernetes::validation::{Field, Violation};
use crate::model::kubernetes::value;
use crate::parse::yaml::scalar;
use crate::parse::yaml::tree::{Content, NodeId};

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

impl<'t, 'b> Walk<'_, '_, 't, 'b> {
    /// The object itself.
    pub(super) fn root(&mut self, node: NodeId) {
        let root = self.kind.root();
        let mut strays = Vec::new();
        for (key, child) in self.tree.borrowed_pairs(node).iter() {
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
        missing::name(self);
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
                for (key, node) in self.tree.borrowed_pairs(node).iter() {
                    let name = self.tree.text(*key).unwrap_or_default();
                    if name == "<<" || name.starts_with('$') {
                        continue;
                    }
                    self.key(*key, name);
                    self.path.push(Step::Key(name));
                    self.value(inner.shape(), declared, *node);
                    self.path.pop();
                }
            }
            (Shape::Scalar(scalar), _) => self.scalar(scalar, declared, node),
            _ => self.wrong_type(shape, node),
        }
    }

    /// A key that may be anything, and that YAML reads as no text: `n` is the key `"false"`.
    fn key(&mut self, key: NodeId, name: &'t str) {
        const FIRST: &[u8] = b"yYnNoOtTfF0";
        if !name
            .bytes()
            .next()
            .is_some_and(|byte| FIRST.contains(&byte))
        {
            return;
        }
        let Some(other) = self.tree.scalar(key).and_then(scalar::converted) else {
            return;
        };
        let violation = Violation::new(
            "converted-key",
            format!("`{name}` is read as the key `\"{other}\"`"),
            format!("Write `\"{name}\"`, in quotes"),
        );
        let field = Field {
            name,
            ..self.at(key)
        };
        self.sink.add_of_severity(field, None, &violation);
    }

    fn mapping(&mut self, of: Type<'b>, node: NodeId) {
        if value::is_unknown(self.tree, node) {
            return;
        }
        let mut strays = Vec::new();
        let type_name = of.name();
        let is_of_cluster = type_name == "meta.v1.ObjectMeta";
        for (key, child) in self.tree.borrowed_pairs(node).iter() {
            let Some(name) = self.tree.text(*key) else {
                continue;
            };
            let field = of.field(name);
            if field.is_none() && is_no_field(name) {
                continue;
            }
            let is_head = of.is_embedded()
                && matches!(name, "apiVersion" | "kind" | "metadata" | "status")
                && (name != "metadata" || field.is_none());
            // Programs write `creationTimestamp: null` into every mapping that they take for metadata.
            let is_blank = name == "creationTimestamp" && value::is_null(self.tree, *child);
            if is_head || is_blank || is_of_cluster && OF_CLUSTER.contains(&name) {
                continue;
            }
            self.path.push(Step::Key(name));
            match field {
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
        if self.is_builtin && !type_name.is_empty() {
            refused::judge(self, type_name, node);
        }
    }

    fn scalar(&mut self, scalar: Scalar, declared: Declared<'b>, node: NodeId) {
        if is_open_value(self.tree, node) && !matches!(scalar, Scalar::Text) {
            return;
        }
        if value::is_unknown(self.tree, node) {
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
        let mut known = words.words();
        let of_other = known.find(|(word, _)| *word == text);
        let known = words.words().filter(|(_, there)| self.is_there(*there));
        let known: Vec<&str> = known.map(|(word, _)| word).collect();
        if let Some(violation) = super::super::strings::none_of(field, &known) {
            let severity = match of_other {
                _ if !self.is_builtin => Some("info"),
                Some((_, there)) => self.trust_in(there),
                None => None,
            };
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

/// The metadata of every object.
fn metadata<'b>() -> Option<Declared<'b>> {
    SCHEMAS
        .kind("", "v1", "ConfigMap")?
        .root()
        .field("metadata")
}
