//! Custom resource definitions, and JSON Schemas of one kind, as definitions of kinds.

use serde_json::{Map, Value};

use crate::definition::{Definitions, Field, Interval, Kind, Project, Scalar, Shape, Type, Word};

/// How deep schemas may nest.
const DEPTH: usize = 48;

/// How many types a definition may have.
const TYPES: usize = 20_000;

/// The kinds of a custom resource definition, one a version, `deprecated` and `removed` (no longer served) 1 if it says so; none if it has no schema, as a patch of one has. `name` is what it is called in messages.
pub fn kinds(definition: &Value, name: &str) -> Option<Definitions> {
    let spec = definition.get("spec")?;
    let group = spec.get("group")?.as_str()?;
    let kind = spec.get("names")?.get("kind")?.as_str()?;
    let is_cluster_scoped = spec.get("scope").and_then(Value::as_str) == Some("Cluster");
    let mut definitions = of_project(name);
    let is_first = definition.get("apiVersion").and_then(Value::as_str)
        == Some("apiextensions.k8s.io/v1beta1");
    let listed = spec.get("versions").and_then(Value::as_array);
    let shared = spec.get("validation");
    let alone = spec.get("version").and_then(Value::as_str);
    let names = listed.into_iter().flatten();
    let names = names.filter_map(|version| Some((version.get("name")?.as_str()?, Some(version))));
    let mut versions: Vec<(&str, Option<&Value>)> = names.collect();
    if versions.is_empty() {
        versions.extend(alone.map(|version| (version, None)));
    }
    for (version, own) in versions {
        let schema = own.and_then(|own| own.get("schema")).or(shared);
        let Some(schema) = schema.and_then(|schema| schema.get("openAPIV3Schema")) else {
            continue;
        };
        // The first version of definitions keeps what is not declared, unless it says otherwise.
        let keeps = spec.get("preserveUnknownFields").and_then(Value::as_bool);
        let is_kept = keeps.unwrap_or(is_first) && (is_first || shared.is_some());
        add(&mut definitions, schema, (group, version, kind), is_kept);
        if let (Some(kind), Some(own)) = (definitions.kinds.last_mut(), own) {
            kind.deprecated = u8::from(flag(own, "deprecated"));
            kind.removed = u8::from(own.get("served").and_then(Value::as_bool) == Some(false));
        }
    }
    for kind in &mut definitions.kinds {
        kind.is_cluster_scoped = is_cluster_scoped;
    }
    (!definitions.kinds.is_empty()).then_some(definitions)
}

/// The kind that a JSON Schema describes, as users of kubeconform have it: one kind a file, which `x-kubernetes-group-version-kind` or the enumerations of
/// `apiVersion` and `kind` name.
pub fn of_json_schema(schema: &Value, name: &str) -> Option<Definitions> {
    let only = |field: &str| {
        let property = schema.get("properties")?.get(field)?;
        let words = property.get("enum").and_then(Value::as_array);
        let word = words.and_then(|words| words.first());
        word.or_else(|| property.get("const"))?.as_str()
    };
    let listed = schema.get("x-kubernetes-group-version-kind");
    let listed = listed.and_then(|listed| listed.get(0));
    let text = |field: &str| listed.and_then(|listed| listed.get(field)?.as_str());
    let (group, version) = match (text("group"), text("version"), only("apiVersion")) {
        (Some(group), Some(version), _) => (group, version),
        (_, _, Some(version)) => version.split_once('/').unwrap_or(("", version)),
        _ => return None,
    };
    let kind = text("kind").or_else(|| only("kind"))?;
    let mut definitions = of_project(name);
    add(&mut definitions, schema, (group, version, kind), false);
    Some(definitions)
}

fn of_project(name: &str) -> Definitions {
    Definitions {
        projects: vec![Project {
            name: name.to_owned(),
            releases: Vec::new(),
        }],
        ..Definitions::default()
    }
}

/// Adds a kind with the types of its schema.
fn add(
    definitions: &mut Definitions,
    schema: &Value,
    (group, version, kind): (&str, &str, &str),
    is_kept: bool,
) {
    let mut reader = Reader {
        types: &mut definitions.types,
        is_kept,
    };
    let root = match reader.shape(schema, 0) {
        Shape::Object(root) => root,
        _ => reader.open(),
    };
    definitions.kinds.push(Kind {
        project: 0,
        group: group.to_owned(),
        version: version.to_owned(),
        kind: kind.to_owned(),
        root,
        served: Interval::ALWAYS,
        deprecated: 0,
        removed: 0,
        replacement: String::new(),
        is_cluster_scoped: false,
    });
}

struct Reader<'d> {
    types: &'d mut Vec<Type>,
    is_kept: bool,
}

impl Reader<'_> {
    fn shape(&mut self, schema: &Value, depth: usize) -> Shape {
        if depth > DEPTH || self.types.len() > TYPES {
            return Shape::Scalar(Scalar::Any);
        }
        if flag(schema, "x-kubernetes-int-or-string") {
            return Shape::Scalar(Scalar::IntOrText);
        }
        let format = schema.get("format").and_then(Value::as_str);
        match kind_of(schema) {
            "object" => self.mapping(schema, depth),
            "array" => Shape::List(Box::new(self.items(schema, depth))),
            "string" if format == Some("int-or-string") => Shape::Scalar(Scalar::IntOrText),
            "string" => Shape::Scalar(Scalar::Text),
            "boolean" => Shape::Scalar(Scalar::Bool),
            "integer" => Shape::Scalar(match format {
                Some("int32") => Scalar::Int32,
                _ => Scalar::Int64,
            }),
            "number" => Shape::Scalar(Scalar::Number),
            _ => Shape::Scalar(Scalar::Any),
        }
    }

    /// What the items of a list are. A list that keeps unknown fields keeps those of its items: the server hands that down.
    fn items(&mut self, schema: &Value, depth: usize) -> Shape {
        const KEEPS: &str = "x-kubernetes-preserve-unknown-fields";
        let Some(items) = schema.get("items") else {
            return Shape::Scalar(Scalar::Any);
        };
        match items.as_object() {
            Some(items) if flag(schema, KEEPS) => {
                let mut items = items.clone();
                items.insert(KEEPS.to_owned(), Value::Bool(true));
                self.shape(&Value::Object(items), depth + 1)
            }
            _ => self.shape(items, depth + 1),
        }
    }

    fn mapping(&mut self, schema: &Value, depth: usize) -> Shape {
        let properties = schema.get("properties").and_then(Value::as_object);
        let more = schema.get("additionalProperties");
        let values = more.filter(|more| more.is_object());
        let is_open = self.is_kept
            || flag(schema, "x-kubernetes-preserve-unknown-fields")
            || more.and_then(Value::as_bool) == Some(true);
        match (properties, values) {
            (None, Some(values)) if !is_open => Shape::Map(Box::new(self.shape(values, depth + 1))),
            (properties, values) => {
                let of = Type {
                    name: String::new(),
                    is_open: is_open || values.is_some(),
                    is_embedded: flag(schema, "x-kubernetes-embedded-resource"),
                    fields: Vec::new(),
                };
                let number = self.types.len();
                self.types.push(of);
                self.types[number].fields = self.fields(schema, properties, depth);
                Shape::Object(number)
            }
        }
    }

    fn fields(
        &mut self,
        schema: &Value,
        properties: Option<&Map<String, Value>>,
        depth: usize,
    ) -> Vec<Field> {
        let required = schema.get("required").and_then(Value::as_array);
        let is_required = |name: &str| {
            let mut required = required.into_iter().flatten();
            required.any(|required| required.as_str() == Some(name))
        };
        let pairs = properties.into_iter().flatten();
        pairs
            .map(|(name, schema)| Field {
                name: name.clone(),
                shape: self.shape(schema, depth + 1),
                is_required: is_required(name),
                is_nullable: flag(schema, "nullable"),
                has_default: schema.get("default").is_some(),
                there: (0, Interval::OPEN),
                words: words(schema),
                keys: keys(schema),
            })
            .collect()
    }

    /// A type that keeps everything.
    fn open(&mut self) -> usize {
        self.types.push(Type {
            is_open: true,
            ..Type::default()
        });
        self.types.len() - 1
    }
}

/// The type that a schema names; of a schema without one that which its parts show.
fn kind_of(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        // `[string, "null"]`, as generators of JSON Schemas write.
        Some(Value::Array(kinds)) => {
            let mut named = kinds.iter().filter_map(Value::as_str);
            let first = named.find(|kind| *kind != "null");
            match named.find(|kind| *kind != "null") {
                None => first.unwrap_or_default(),
                Some(_) => "",
            }
        }
        _ if schema.get("properties").is_some() => "object",
        _ => "",
    }
}

fn words(schema: &Value) -> Vec<Word> {
    let mut schema = schema;
    while let Some(inner) = schema.get("items") {
        schema = inner;
    }
    let listed = schema.get("enum").and_then(Value::as_array);
    let words = listed.into_iter().flatten();
    let words: Option<Vec<Word>> = words
        .map(|word| {
            word.as_str().map(|text| Word {
                text: text.to_owned(),
                there: (0, Interval::OPEN),
            })
        })
        .collect();
    words.unwrap_or_default()
}

fn keys(schema: &Value) -> Vec<String> {
    let listed = schema.get("x-kubernetes-list-map-keys");
    let listed = listed.and_then(Value::as_array).into_iter().flatten();
    let keys = listed.filter_map(|key| key.as_str().map(ToOwned::to_owned));
    let keys: Vec<String> = keys.collect();
    let kind = schema.get("x-kubernetes-list-type").and_then(Value::as_str);
    match kind {
        Some("set") if keys.is_empty() => vec!["set".to_owned()],
        _ => keys,
    }
}

fn flag(schema: &Value, name: &str) -> bool {
    schema.get(name).and_then(Value::as_bool) == Some(true)
}
