//! Types alike become one, named by the shortest end of the first path that leads to it.

use std::collections::{BTreeSet, HashMap};

use hullmark_schema::definition::{Definitions, Kind, Shape, Type};

/// The same kinds with each type once.
pub(crate) fn types(all: &Definitions) -> Definitions {
    let mut sharer = Sharer {
        all,
        known: HashMap::new(),
        names: BTreeSet::new(),
        types: Vec::new(),
    };
    let kinds = all.kinds.iter().map(|kind| {
        let root = sharer.intern(kind.root, kind, &mut Vec::new());
        Kind {
            root,
            ..kind.clone()
        }
    });
    let kinds: Vec<Kind> = kinds.collect();
    let mut definitions = Definitions {
        projects: all.projects.clone(),
        kinds,
        types: sharer.types,
    };
    for of in &mut definitions.types {
        of.fields.sort_by(|a, b| a.name.cmp(&b.name));
    }
    definitions
}

struct Sharer<'d> {
    all: &'d Definitions,
    /// By a type without its name, its number.
    known: HashMap<Type, usize>,
    names: BTreeSet<String>,
    types: Vec<Type>,
}

impl Sharer<'_> {
    fn intern(&mut self, index: usize, kind: &Kind, path: &mut Vec<String>) -> usize {
        let mut of = self.all.types[index].clone();
        // The server writes the status, and metadata is the same everywhere.
        if path.is_empty() {
            let of_all = ["apiVersion", "kind", "metadata", "status"];
            of.fields.retain(|field| !of_all.contains(&field.name.as_str()));
        }
        of.name = String::new();
        for field in &mut of.fields {
            path.push(field.name.clone());
            field.shape = self.shape(&field.shape, kind, path);
            path.pop();
        }
        if let Some(known) = self.known.get(&of) {
            return *known;
        }
        let number = self.types.len();
        self.known.insert(of.clone(), number);
        of.name = self.name(kind, path);
        self.types.push(of);
        number
    }

    fn shape(&mut self, shape: &Shape, kind: &Kind, path: &mut Vec<String>) -> Shape {
        match shape {
            Shape::Scalar(scalar) => Shape::Scalar(*scalar),
            Shape::List(inner) => Shape::List(Box::new(self.shape(inner, kind, path))),
            Shape::Map(inner) => Shape::Map(Box::new(self.shape(inner, kind, path))),
            Shape::Object(index) => Shape::Object(self.intern(*index, kind, path)),
        }
    }

    fn name(&mut self, kind: &Kind, path: &[String]) -> String {
        let least = usize::from(!path.is_empty());
        for count in least..=path.len() {
            let mut parts = vec![kind.kind.clone()];
            parts.extend_from_slice(&path[path.len() - count..]);
            let name = parts.join(".");
            if self.names.insert(name.clone()) {
                return name;
            }
        }
        let mut name = format!("{}.{}", kind.kind, kind.version);
        for part in path {
            name = format!("{name}.{part}");
        }
        while !self.names.insert(name.clone()) {
            name.push('\'');
        }
        name
    }
}
