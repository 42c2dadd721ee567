//! `buildMetadata`: what a build notes about itself in the objects.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::render::kustomize::field::FieldSpec;
use crate::render::kustomize::fields::{Pair, Text};
use crate::render::kustomize::kustomization::Kustomization;
use crate::render::kustomize::labels;
use crate::render::kustomize::loader::{Folder, Loader};
use crate::render::kustomize::refusal::Outcome;
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::tree::Place;

/// The version that is noted.
const VERSION: &str = "kustomize-v5.8.1";

/// Adds the label and the annotations that the root asks for. The list of transformers is not kept, so it is not added.
pub fn add(
    resources: &mut [Resource],
    root: &Kustomization,
    folder: &Folder,
    loader: &Loader<'_>,
) -> Outcome<()> {
    let wanted = |name: &str| root.build_metadata.iter().find(|text| &*text.text == name);
    if let Some(wanted) = wanted("managedByLabel") {
        let pair = pair("app.kubernetes.io/managed-by", VERSION, wanted.at);
        for resource in resources.iter_mut() {
            let spec = FieldSpec::everywhere("metadata/labels");
            labels::set_pairs(resource, std::slice::from_ref(&pair), &[spec])?;
        }
    }
    if let Some(wanted) = wanted("originAnnotations") {
        for resource in resources {
            let Some(source) = loader.source(resource.root.at.file) else {
                continue;
            };
            let path = relative(&folder.0, &source.path);
            let mut origin = String::new();
            let _ = if resource.is_generated {
                let kind = resource.kind();
                write!(
                    origin,
                    "configuredIn: {path}\nconfiguredBy:\n  apiVersion: builtin\n  kind: {kind}Generator\n"
                )
            } else {
                writeln!(origin, "path: {path}")
            };
            let pair = pair("config.kubernetes.io/origin", &origin, wanted.at);
            let spec = FieldSpec::everywhere("metadata/annotations");
            labels::set_pairs(resource, &[pair], &[spec])?;
        }
    }
    Ok(())
}

fn pair(key: &str, value: &str, at: Place) -> Pair {
    let text = |text: &str| Text {
        text: Arc::from(text),
        at,
    };
    Pair {
        key: text(key),
        value: text(value),
    }
}

/// The way from a folder to a file, both below one root.
fn relative(folder: &str, file: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = file.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    let way: Vec<&str> = up.chain(to[shared..].iter().copied()).collect();
    way.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_lead_up_and_down() {
        for (folder, file, want) in [
            ("a/b", "a/c/x.yaml", "../c/x.yaml"),
            ("", "x.yaml", "x.yaml"),
            ("a", "a/x.yaml", "x.yaml"),
            ("a/b", "x", "../../x"),
        ] {
            assert_eq!(relative(folder, file), want);
        }
    }
}
