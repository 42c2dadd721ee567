//! The tables of `data/kubernetes/`, packed and read back.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

use std::fs;
use std::path::PathBuf;

use hullmark_schema::definition::{self, Definitions, Scalar};
use hullmark_schema::{Schemas, Shape, pack, text};

/// How many bytes the packed table may take of the program.
const MOST: usize = 700 << 10;

fn tables() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/kubernetes");
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "schema"));
    paths.sort();
    paths
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

fn definitions() -> Definitions {
    let mut definitions = Definitions::default();
    for table in tables() {
        text::read(&table, &mut definitions).unwrap();
    }
    definitions
}

fn is_alike(definition: &definition::Shape, shape: Shape<'_>) -> bool {
    match (definition, shape) {
        (definition::Shape::Scalar(a), Shape::Scalar(b)) => *a == b,
        (definition::Shape::List(a), Shape::List(b))
        | (definition::Shape::Map(a), Shape::Map(b)) => is_alike(a, b.shape()),
        (definition::Shape::Object(_), Shape::Object(_)) => true,
        _ => false,
    }
}

#[test]
fn what_is_packed_is_read_back() {
    let definitions = definitions();
    let bytes = pack::pack(&definitions).unwrap();
    assert!(bytes.len() <= MOST, "{} bytes", bytes.len());
    let schemas = Schemas::new(&bytes);
    assert_eq!(schemas.kinds().count(), definitions.kinds.len());
    for kind in &definitions.kinds {
        let name = definitions.projects[kind.project].name.as_str();
        let packed = schemas
            .kinds_of(&kind.group, &kind.version, &kind.kind)
            .find(|packed| packed.project().name() == name)
            .unwrap();
        assert_eq!(packed.served(), kind.served);
        assert_eq!(packed.replacement(), kind.replacement);
        let root = &definitions.types[kind.root];
        assert_eq!(packed.root().fields().count(), root.fields.len());
        for field in &root.fields {
            let found = packed.root().field(&field.name).unwrap();
            assert_eq!(found.name(), field.name);
            assert_eq!(found.is_required(), field.is_required);
            assert!(is_alike(&field.shape, found.shape()), "{}", field.name);
        }
        assert!(packed.root().field("notAField").is_none());
    }
}

#[test]
fn a_container_is_as_kubernetes_declares_it() {
    let definitions = definitions();
    let bytes = pack::pack(&definitions).unwrap();
    let schemas = Schemas::new(&bytes);
    let pod = schemas.kind("", "v1", "Pod").unwrap().root();
    let spec = pod.field("spec").unwrap().shape().object().unwrap();
    assert_eq!(spec.name(), "core.v1.PodSpec");
    let containers = spec.field("containers").unwrap();
    assert_eq!(containers.keys().collect::<Vec<_>>(), ["name"]);
    let container = containers.shape().object().unwrap();
    let policy = container.field("imagePullPolicy").unwrap();
    let words: Vec<&str> = policy
        .words()
        .unwrap()
        .words()
        .map(|(word, _)| word)
        .collect();
    assert!(words.contains(&"IfNotPresent"), "{words:?}");
    assert!(container.field("name").unwrap().is_required());
    assert!(matches!(
        container.field("tty").unwrap().shape(),
        Shape::Scalar(Scalar::Bool)
    ));
    assert!(container.field("ttY").is_none());
    assert_eq!(
        container.field("restartPolicyRules").unwrap().there().first,
        34
    );
}

/// What a table says, type by type: the order of types, and what enumerations are called, means nothing.
fn lines(definitions: &Definitions) -> Vec<String> {
    let name = |number: usize| definitions.types[number].name.clone();
    let mut lines: Vec<String> = definitions
        .types
        .iter()
        .map(|of| {
            let fields = of.fields.iter().map(|field| {
                let mut shape = &field.shape;
                while let definition::Shape::List(inner) | definition::Shape::Map(inner) = shape {
                    shape = inner;
                }
                let refers = match shape {
                    definition::Shape::Object(number) => name(*number),
                    other => format!("{other:?}"),
                };
                format!(
                    "{} {refers} {:?} {:?}",
                    field.name, field.words, field.there
                )
            });
            format!("{} {:?}", of.name, fields.collect::<Vec<_>>())
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn a_table_is_written_as_it_was_read() {
    for table in tables() {
        let mut read = Definitions::default();
        text::read(&table, &mut read).unwrap();
        let mut again = Definitions::default();
        text::read(&text::write(&read), &mut again).unwrap();
        assert_eq!(again.kinds.len(), read.kinds.len());
        assert!(lines(&again) == lines(&read), "{}", read.projects[0].name);
    }
}

#[test]
fn bytes_that_are_no_table_have_no_kinds() {
    for bytes in [&[][..], &[1, 2, 3], &[255; 64]] {
        assert!(
            Schemas::new(bytes)
                .kind("apps", "v1", "Deployment")
                .is_none()
        );
    }
}

#[test]
fn mistakes_in_a_table_are_told_with_their_line() {
    for (table, message) in [
        ("K\tapps\tv1", "line 1: a kind has ten cells"),
        ("T\tA\nname\tnothing", "line 2: unknown shape nothing"),
        ("name\tstr", "line 1: a field before the first type"),
        ("T\tA\nname\t@B", "no type is named B"),
        ("T\tA\nname\tstr\t=None", "line 2: unknown enumeration None"),
    ] {
        let read = text::read(table, &mut Definitions::default());
        assert_eq!(read.unwrap_err(), message);
    }
}
