//! The documents of a rendering: its texts split, told what they are, and put in the order of installation.

use std::collections::BTreeMap;

use crate::render::helm::chart::Chart;
use crate::render::helm::fault::{Fallible, fault_at};
use crate::render::helm::output::head::{Role, head};
use crate::render::helm::output::order;
use crate::render::helm::output::split as lines;
use crate::render::place::Place;
use crate::render::text::{Piece, Text};

/// A document of the output.
#[derive(Clone, Debug)]
pub struct Document {
    /// The template that it comes from, such as `chart/templates/x.yaml`.
    pub template: String,
    /// Its text, with origins.
    pub text: Text,
    /// Its kind; empty if it has none.
    pub kind: String,
    /// Whether it is a hook.
    pub is_hook: bool,
}

/// Adds the definitions in `crds/` of a chart and its subcharts.
pub fn crds(chart: &Chart, path: &str, documents: &mut Vec<Document>) {
    for file in &chart.files {
        let lower = file.name.to_ascii_lowercase();
        let is_manifest = [".yaml", ".yml", ".json"]
            .iter()
            .any(|end| lower.ends_with(end));
        if file.name.starts_with("crds/") && is_manifest {
            documents.push(Document {
                template: format!("{path}/{}", file.name),
                text: Text::with_piece(
                    &file.text.to_str(),
                    Piece::of_template(Place::new(file.number, 0, file.text.len()), true, 0),
                ),
                kind: "CustomResourceDefinition".to_owned(),
                is_hook: false,
            });
        }
    }
    for inner in &chart.dependencies {
        crds(inner, &format!("{path}/charts/{}", inner.name()), documents);
    }
}

/// Splits texts into documents, and puts them in order; gives the chart's notes.
pub fn split(
    chart: &Chart,
    texts: BTreeMap<String, Text>,
    documents: &mut Vec<Document>,
) -> Fallible<Text> {
    let mut notes_text = Text::default();
    let notes = format!("{}/templates/NOTES.txt", chart.name());
    let mut found = Vec::new();
    for (path, text) in texts {
        if path.ends_with("NOTES.txt") {
            if path == notes {
                notes_text = text;
            }
            continue;
        }
        for range in lines::documents(text.bytes()) {
            let rest = text.bytes().get(range.end..).unwrap_or_default();
            let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
            let until = range.end + blank.count();
            let document = text.cut_with_marks(range, until);
            let head = match head(&document) {
                Ok(head) => head,
                Err(broken) => {
                    let at = u32::try_from(broken.at).unwrap_or(u32::MAX);
                    let origin =
                        document.origin_at(at.min(u32::try_from(document.len()).unwrap_or(0)));
                    let place = origin.map_or(Place::NONE, |(piece, before)| {
                        let mut piece = *piece;
                        piece.value = Place::NONE;
                        piece.place_of(before, 1)
                    });
                    return fault_at(
                        format!("YAML parse error on {path}: {}", broken.message),
                        place,
                    );
                }
            };
            if head.role != Role::Dropped {
                found.push(Document {
                    template: path.clone(),
                    text: document,
                    kind: head.kind,
                    is_hook: head.role == Role::Hook,
                });
            }
        }
    }
    found.sort_by(|one, other| {
        let by_role = one.is_hook.cmp(&other.is_hook);
        by_role.then_with(|| order::of_kinds(&one.kind, &other.kind))
    });
    documents.append(&mut found);
    Ok(notes_text)
}
