//! The order of the objects in the output.

use crate::render::kustomize::config::{self, FIRST_KINDS, LAST_KINDS};
use crate::render::kustomize::id::Gvk;
use crate::render::kustomize::kustomization::Sort;
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::resources::Resources;

/// Sorts by kind unless the kustomization wants the order in which objects were read.
pub fn sort(resources: &mut Resources, sort: Option<&Sort>) {
    let texts = |texts: &[crate::render::kustomize::fields::Text]| -> Vec<String> {
        texts.iter().map(|text| text.text.to_string()).collect()
    };
    match sort {
        Some(sort) if !sort.is_legacy => {}
        Some(Sort {
            order: Some((first, last)),
            ..
        }) => by_kind(resources, &texts(first), &texts(last)),
        _ => by_kind(resources, FIRST_KINDS, LAST_KINDS),
    }
}

fn by_kind<S: AsRef<str>>(resources: &mut Resources, first: &[S], last: &[S]) {
    resources.list_mut().sort_by_cached_key(|resource| {
        let gvk = resource.gvk();
        let rank = config::rank(&gvk.kind, first, last);
        let (_, mut text) = config::sort_key(&gvk);
        if &*gvk.kind == "Namespace" && gvk.group.is_empty() {
            // What others call a Namespace comes behind the real ones.
            text = String::new();
        }
        (rank, text, name_key(resource, &gvk))
    });
}

/// What sorts objects of one kind.
fn name_key(resource: &Resource, gvk: &Gvk) -> String {
    let or = |text: &str, empty: &str| {
        if text.is_empty() {
            empty.to_owned()
        } else {
            text.to_owned()
        }
    };
    let namespace = or(resource.namespace(), "~X");
    format!("{}|{namespace}|{}", gvk.kind, or(resource.name(), "~N"))
}
