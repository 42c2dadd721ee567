//! Chart.yaml.

use crate::render::helm::functions::constraints::Constraints;
use crate::render::helm::semver::Version;
use crate::render::helm::value::collection::{Entries, Entry, List, ListKind, Map, MapKind};
use crate::render::helm::value::{Val, Value, float};
use crate::render::place::Place;
use crate::render::text::Text;

/// What Chart.yaml says.
#[derive(Clone, Debug)]
pub struct Metadata {
    /// The name, or the alias that a parent gives.
    pub name: String,
    /// The version.
    pub version: String,
    /// `application` or `library`.
    pub kind: String,
    /// The versions of Kubernetes that it is for.
    pub kube_version: String,
    /// The charts that it wants.
    pub dependencies: Vec<Dependency>,
    /// The file's mapping, and its place.
    pub fields: Val,
}

/// A chart that another one wants.
#[derive(Clone, Debug, Default)]
pub struct Dependency {
    /// The name; the alias once it is in use.
    pub name: String,
    /// The versions that will do.
    pub version: String,
    /// Where it is published.
    pub repository: String,
    /// Paths of values that switch it on or off.
    pub condition: String,
    /// Names of groups that switch it on or off.
    pub tags: Vec<String>,
    /// The name that it gets.
    pub alias: String,
    /// What its parent takes from its values: a path below `exports`, or a path and where it goes.
    pub imports: Vec<(String, String)>,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Where it is wanted.
    pub place: Place,
}

/// Whether lists, maps and truth values are such.
fn check_types(map: &Map) -> Result<(), String> {
    let is = |name: &str, fits: fn(&Value) -> bool| match map.get(name).map(|val| val.value) {
        None | Some(Value::Nil { .. }) => Ok(()),
        Some(value) if fits(&value) => Ok(()),
        Some(_) => Err(format!("cannot load Chart.yaml: {name} has the wrong type")),
    };
    for name in ["keywords", "sources", "maintainers", "dependencies"] {
        is(name, |value| matches!(value, Value::List(_)))?;
    }
    is("annotations", |value| matches!(value, Value::Map(_)))?;
    is("deprecated", |value| matches!(value, Value::Bool(_)))
}

/// The text of a scalar: numbers and truth values as Helm makes texts of them.
fn word(val: &Val) -> Result<String, String> {
    match &val.value {
        Value::Nil { .. } => Ok(String::new()),
        Value::Str(text) => Ok(text.to_str().into_owned()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Float(value) => Ok(float::general(*value, None)),
        Value::Map(_) => Err("cannot unmarshal object into a text".to_owned()),
        _ => Err("cannot unmarshal array into a text".to_owned()),
    }
}

fn field(map: &Map, name: &str) -> Result<String, String> {
    let val = map.get(name).unwrap_or_else(Val::nil);
    word(&val).map_err(|message| format!("Chart.yaml: {name}: {message}"))
}

fn list(map: &Map, name: &str) -> Vec<Val> {
    let val = map.get(name);
    val.and_then(|val| val.as_list().map(|list| list.items.clone()))
        .unwrap_or_default()
}

impl Metadata {
    /// Reads the file; `requirements` is that of requirements.yaml of an old chart.
    pub fn read(fields: &Val, requirements: Option<&Val>) -> Result<Self, String> {
        let Some(map) = fields.as_map() else {
            return Err("cannot load Chart.yaml: it is no mapping".to_owned());
        };
        let metadata = Self {
            name: field(map, "name")?,
            version: field(map, "version")?,
            kind: field(map, "type")?,
            kube_version: field(map, "kubeVersion")?,
            dependencies: dependencies(requirements.and_then(Val::as_map).unwrap_or(map))?,
            fields: fields.clone(),
        };
        for name in ["appVersion", "apiVersion", "description", "home", "icon"] {
            field(map, name)?;
        }
        check_types(map)?;
        metadata.check()?;
        Ok(metadata)
    }

    fn check(&self) -> Result<(), String> {
        if self.name.is_empty() {
            return Err("validation: chart.metadata.name is required".to_owned());
        }
        if self.name.contains(['/', '\\']) || self.name == "." || self.name == ".." {
            return Err(format!(
                "validation: chart.metadata.name {:?} is invalid",
                self.name
            ));
        }
        if self.version.is_empty() {
            return Err("validation: chart.metadata.version is required".to_owned());
        }
        if Version::parse(&self.version).is_none() {
            return Err(format!(
                "validation: chart.metadata.version {:?} is invalid",
                self.version
            ));
        }
        if !matches!(self.kind.as_str(), "" | "application" | "library") {
            return Err(
                "validation: chart.metadata.type must be application or library".to_owned(),
            );
        }
        for dependency in &self.dependencies {
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            if !dependency.alias.chars().all(is_name) {
                let name = &dependency.name;
                return Err(format!(
                    "validation: dependency {name:?} has disallowed characters in the alias"
                ));
            }
        }
        Ok(())
    }

    /// What a template sees as `.Chart`.
    pub fn as_val(&self, is_root: bool) -> Val {
        let source = self.fields.as_map().cloned().unwrap_or_default();
        let map = Map::default();
        let texts = [
            ("APIVersion", "apiVersion", "v1"),
            ("AppVersion", "appVersion", ""),
            ("Condition", "condition", ""),
            ("Description", "description", ""),
            ("Home", "home", ""),
            ("Icon", "icon", ""),
            ("KubeVersion", "kubeVersion", ""),
            ("Tags", "tags", ""),
            ("Type", "type", ""),
            ("Version", "version", ""),
        ];
        for (name, key, default) in texts {
            map.set_entry(name, text_entry(&source, key, default));
        }
        let mut name = text_entry(&source, "name", "");
        if name.val.as_text().is_none_or(|text| !text.is(&self.name)) {
            name.val = Val::str(&self.name);
        }
        map.set_entry("Name", name);
        let set = |name: &str, val: Val| map.set(name, Place::NONE, val);
        let is_deprecated = source.get("deprecated").is_some_and(|val| val.is_true());
        set("Deprecated", Val::bool(is_deprecated));
        set("IsRoot", Val::bool(is_root));
        for (name, key) in [("Keywords", "keywords"), ("Sources", "sources")] {
            set(name, Val::list(list(&source, key)));
        }
        let people = list(&source, "maintainers")
            .iter()
            .map(capitalised)
            .collect();
        set("Maintainers", Val::list(people));
        let wanted = self.dependencies.iter().map(Dependency::as_val).collect();
        set("Dependencies", Val::list(wanted));
        set("Annotations", annotations(&source));
        Value::Map(map).into()
    }
}

fn text_entry(source: &Map, key: &str, default: &str) -> Entry {
    let found = source.entry(key).filter(|entry| !entry.val.is_nil());
    let Some(found) = found else {
        return Entry {
            key: Place::NONE,
            val: Val::str(default),
        };
    };
    let val = if found.val.as_text().is_some() {
        found.val.clone()
    } else {
        let text = word(&found.val).unwrap_or_default();
        Val::text(Text::located(&text, found.val.at, false)).at(found.val.at)
    };
    Entry { val, ..found }
}

/// A mapping whose keys begin with a capital, as Go's fields do.
fn capitalised(val: &Val) -> Val {
    let map = Map::default();
    for name in ["Name", "Email", "URL"] {
        map.set_entry(
            name,
            text_entry(
                &val.as_map().cloned().unwrap_or_default(),
                &name.to_lowercase(),
                "",
            ),
        );
    }
    Value::Map(map).into()
}

fn annotations(source: &Map) -> Val {
    let found = source.get("annotations");
    let found = found
        .and_then(|val| val.as_map().cloned())
        .unwrap_or_default();
    let entries: Entries = found
        .snapshot()
        .into_iter()
        .map(|(key, _)| {
            let entry = text_entry(&found, &key, "");
            (key, entry)
        })
        .collect();
    Value::Map(Map::of_kind(entries, MapKind::Str)).into()
}

fn dependencies(map: &Map) -> Result<Vec<Dependency>, String> {
    let mut found = Vec::new();
    for val in list(map, "dependencies") {
        let Some(map) = val.as_map() else {
            return Err("validation: dependencies must not contain empty or null nodes".to_owned());
        };
        let tags = list(map, "tags");
        let imports = list(map, "import-values");
        found.push(Dependency {
            name: field(map, "name")?,
            version: field(map, "version")?,
            repository: field(map, "repository")?,
            condition: field(map, "condition")?,
            alias: field(map, "alias")?,
            tags: tags.iter().map(word).collect::<Result<_, _>>()?,
            imports: imports.iter().filter_map(import).collect(),
            enabled: true,
            place: val.at,
        });
    }
    Ok(found)
}

/// The path of an import below the dependency's values, and where it goes; `.` is the top.
fn import(val: &Val) -> Option<(String, String)> {
    match &val.value {
        Value::Str(text) => Some((format!("exports.{}", text.to_str()), ".".to_owned())),
        Value::Map(map) => Some((
            word(&map.get("child")?).ok()?,
            word(&map.get("parent")?).ok()?,
        )),
        _ => None,
    }
}

impl Dependency {
    /// Whether a version of the chart will do.
    pub fn takes(&self, version: &str) -> bool {
        let (wanted, version) = (Constraints::parse(&self.version), Version::parse(version));
        wanted
            .zip(version)
            .is_some_and(|(wanted, version)| wanted.allow(&version))
    }

    fn as_val(&self) -> Val {
        let map = Map::default();
        for (name, text) in [
            ("Name", &self.name),
            ("Version", &self.version),
            ("Repository", &self.repository),
            ("Condition", &self.condition),
            ("Alias", &self.alias),
        ] {
            map.set(name, Place::NONE, Val::str(text));
        }
        let tags = self.tags.iter().map(|tag| Val::str(tag)).collect();
        map.set(
            "Tags",
            Place::NONE,
            Value::List(List::of_kind(tags, ListKind::Str)).into(),
        );
        map.set("Enabled", Place::NONE, Val::bool(self.enabled));
        map.set("ImportValues", Place::NONE, Val::list(Vec::new()));
        Value::Map(map).into()
    }
}
