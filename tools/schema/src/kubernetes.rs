//! One release more in the table of Kubernetes' own kinds.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hullmark_schema::definition::{Definitions, Field, Interval, Kind, Scalar, Shape, Type};
use hullmark_schema::text;
use serde_json::Value;

/// The table as it is.
const TABLE: &str = "data/kubernetes/kubernetes.schema";

/// The table with what `_definitions.json` of a minor version says, and the marks of the kinds' life in Go files.
pub(crate) fn table(minor: &str, definitions: &str, go: Option<&str>) -> Result<String, String> {
    let minor: u8 = minor.parse().map_err(|_| "a minor version is a number")?;
    let read = |path: &str| fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let old = read(TABLE)?;
    let mut table = Definitions::default();
    text::read(&old, &mut table)?;
    let json: Value = serde_json::from_str(&read(definitions)?).map_err(|error| error.to_string())?;
    let json = json.get("definitions").unwrap_or(&json);
    let all = json.as_object().ok_or("no definitions")?;
    let mut adder = Adder {
        numbers: table
            .types
            .iter()
            .enumerate()
            .map(|(number, of)| (of.name.clone(), number))
            .collect(),
        table: &mut table,
        all,
        minor,
    };
    adder.add();
    if let Some(go) = go {
        lifecycles(&mut table, Path::new(go));
    }
    let head = old.lines().next().unwrap_or_default();
    Ok(format!("{head}\n{}", text::write(&table)))
}

struct Adder<'d> {
    table: &'d mut Definitions,
    numbers: BTreeMap<String, usize>,
    all: &'d serde_json::Map<String, Value>,
    minor: u8,
}

impl Adder<'_> {
    fn add(&mut self) {
        let mut seen = Vec::new();
        for (name, schema) in self.all {
            let Some(name) = short(name) else { continue };
            let is_known = self.numbers.contains_key(&name);
            let root = kind_of(schema);
            if !is_known && root.is_none() {
                continue;
            }
            let number = self.number(&name);
            self.fields(number, schema);
            if let Some((group, version, kind)) = root {
                seen.push((group.clone(), version.clone(), kind.clone()));
                self.kind(group, version, kind, number);
            }
        }
        let last = self.minor - 1;
        for kind in &mut self.table.kinds {
            let key = (kind.group.clone(), kind.version.clone(), kind.kind.clone());
            if kind.served.last == Interval::OPEN && !seen.contains(&key) {
                kind.served.last = last;
            }
        }
    }

    /// The number of a type; one that is not known yet is added with its fields.
    fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.table.types.len();
        self.table.types.push(Type {
            name: name.to_owned(),
            ..Type::default()
        });
        self.numbers.insert(name.to_owned(), number);
        let mut all = self.all.iter();
        let schema = all.find(|(long, _)| short(long).as_deref() == Some(name));
        if let Some((_, schema)) = schema {
            self.fields(number, schema);
        }
        number
    }

    fn fields(&mut self, number: usize, schema: &Value) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let required = schema.get("required").and_then(Value::as_array);
        let is_required = |name: &str| {
            let mut names = required.into_iter().flatten();
            names.any(|required| required.as_str() == Some(name))
        };
        let is_new = self.table.types[number].fields.is_empty();
        let mut names = Vec::new();
        for (name, property) in properties.into_iter().flatten() {
            if matches!(name.as_str(), "apiVersion" | "kind") {
                continue;
            }
            names.push(name.clone());
            let shape = self.shape(property);
            let first = if is_new { 0 } else { self.minor };
            let fields = &mut self.table.types[number].fields;
            match fields.iter_mut().find(|field| field.name == *name) {
                Some(field) => {
                    field.is_required = is_required(name);
                    if name != "status" {
                        field.shape = shape;
                    }
                }
                None => fields.push(Field {
                    name: name.clone(),
                    shape,
                    is_required: is_required(name),
                    is_nullable: false,
                    has_default: false,
                    there: (first, Interval::OPEN),
                    words: Vec::new(),
                    keys: keys(property),
                }),
            }
        }
        let last = self.minor - 1;
        for field in &mut self.table.types[number].fields {
            if field.there.1 == Interval::OPEN && !names.contains(&field.name) {
                field.there.1 = last;
            }
        }
    }

    fn shape(&mut self, schema: &Value) -> Shape {
        let text = |name: &str| schema.get(name).and_then(Value::as_str);
        if let Some(reference) = text("$ref") {
            let long = reference.rsplit('/').next().unwrap_or_default();
            return match long.rsplit('.').next().unwrap_or_default() {
                "Quantity" => Shape::Scalar(Scalar::Quantity),
                "IntOrString" => Shape::Scalar(Scalar::IntOrText),
                "Time" | "MicroTime" => Shape::Scalar(Scalar::Time),
                name if name.starts_with("JSON") && name != "JSONSchemaProps" => {
                    Shape::Scalar(Scalar::Any)
                }
                "RawExtension" | "FieldsV1" => Shape::Scalar(Scalar::Any),
                _ => match short(long) {
                    Some(name) => Shape::Object(self.number(&name)),
                    None => Shape::Scalar(Scalar::Any),
                },
            };
        }
        let kind = match schema.get("type") {
            Some(Value::String(kind)) => kind.as_str(),
            Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str).unwrap_or_default(),
            _ => "",
        };
        match (kind, text("format")) {
            ("array", _) => {
                let items = schema.get("items").unwrap_or(&Value::Null);
                Shape::List(Box::new(self.shape(items)))
            }
            ("object", _) => {
                let values = schema.get("additionalProperties").unwrap_or(&Value::Null);
                Shape::Map(Box::new(self.shape(values)))
            }
            ("string", Some("byte")) => Shape::Scalar(Scalar::Bytes),
            ("string", Some("int-or-string")) => Shape::Scalar(Scalar::IntOrText),
            ("string", _) => Shape::Scalar(Scalar::Text),
            ("boolean", _) => Shape::Scalar(Scalar::Bool),
            ("integer", Some("int64")) => Shape::Scalar(Scalar::Int64),
            ("integer", _) => Shape::Scalar(Scalar::Int32),
            ("number", _) => Shape::Scalar(Scalar::Number),
            _ => Shape::Scalar(Scalar::Any),
        }
    }

    fn kind(&mut self, group: String, version: String, kind: String, root: usize) {
        let mut kinds = self.table.kinds.iter();
        if kinds.any(|known| (&known.group, &known.version, &known.kind) == (&group, &version, &kind)) {
            return;
        }
        self.table.kinds.push(Kind {
            project: 0,
            group,
            version,
            kind,
            root,
            served: Interval {
                first: self.minor,
                last: Interval::OPEN,
            },
            deprecated: 0,
            removed: 0,
            replacement: String::new(),
            is_cluster_scoped: false,
        });
    }
}

/// The name of a type in the table: `apps.v1.Deployment` of `io.k8s.api.apps.v1.Deployment`.
fn short(long: &str) -> Option<String> {
    let mut parts = long.rsplit('.');
    let (kind, version, group) = (parts.next()?, parts.next()?, parts.next()?);
    Some(format!("{group}.{version}.{kind}"))
}

/// Group, version and kind, if a definition is one of an object that is stored.
fn kind_of(schema: &Value) -> Option<(String, String, String)> {
    let listed = schema.get("x-kubernetes-group-version-kind")?.as_array()?;
    let [only] = listed.as_slice() else { return None };
    let text = |name: &str| only.get(name).and_then(Value::as_str).map(ToOwned::to_owned);
    let kind = text("kind").filter(|kind| !kind.ends_with("List"))?;
    schema.get("properties")?.get("metadata")?;
    Some((text("group")?, text("version")?, kind))
}

fn keys(schema: &Value) -> Vec<String> {
    let listed = schema.get("x-kubernetes-list-map-keys").and_then(Value::as_array);
    let keys = listed.into_iter().flatten().filter_map(Value::as_str);
    keys.map(ToOwned::to_owned).collect()
}

/// Reads `zz_generated.prerelease-lifecycle.go` of each group and version below a folder.
fn lifecycles(table: &mut Definitions, go: &Path) {
    for kind in &mut table.kinds {
        let folder = match kind.group.split('.').next().unwrap_or_default() {
            "" => "core",
            "internal" => "apiserverinternal",
            "rbac" => "rbac",
            first => first,
        };
        let file = go
            .join(folder)
            .join(&kind.version)
            .join("zz_generated.prerelease-lifecycle.go");
        let Ok(text) = fs::read_to_string(file) else {
            continue;
        };
        let minor = |what: &str| -> Option<u8> {
            let start = format!("func (in *{}) APILifecycle{what}() ", kind.kind);
            let (_, rest) = text.split_once(&start)?;
            let (_, rest) = rest.split_once("return 1, ")?;
            rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
        };
        kind.deprecated = minor("Deprecated").unwrap_or(0);
        kind.removed = minor("Removed").unwrap_or(0);
    }
}
