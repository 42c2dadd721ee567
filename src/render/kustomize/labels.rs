//! `labels`, `commonLabels` and `commonAnnotations`.

use crate::render::kustomize::config::{self, Config};
use crate::render::kustomize::field::{self, FieldSpec, Make};
use crate::render::kustomize::fields::Pair;
use crate::render::kustomize::kustomization::Labels;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::resources::Resources;
use crate::render::kustomize::scalar::Tag;
use crate::render::kustomize::tree::{Content, Map, Node};

/// Sets keys in each mapping that the specs lead to.
pub fn set_all(resources: &mut Resources, pairs: &[Pair], specs: &[FieldSpec]) -> Outcome<()> {
    for index in 0..resources.list().len() {
        set_pairs(resources.content_mut(index), pairs, specs)?;
    }
    Ok(())
}

/// Sets keys in each mapping of an object that the specs lead to.
pub fn set_pairs(resource: &mut Resource, pairs: &[Pair], specs: &[FieldSpec]) -> Outcome<()> {
    let gvk = resource.gvk();
    let due: Vec<&FieldSpec> = specs
        .iter()
        .filter(|spec| gvk.is_selected(&spec.gvk))
        .collect();
    for pair in pairs {
        for spec in &due {
            field::change(resource, spec, Make::Map, pair.key.at, &mut |node| {
                set_pair(node, pair)
            })?;
        }
    }
    Ok(())
}

fn set_pair(node: &mut Node, pair: &Pair) -> Outcome<()> {
    if node.is_null() {
        node.content = Content::Map(Map::default());
    }
    let message = format!("keys are to be set here, but there is {}", node.kind_name());
    let at = node.at;
    let Some(map) = node.as_map_mut() else {
        return Err(Refusal::new(at, message));
    };
    match map.get_mut(&pair.key.text) {
        Some(value) if value.as_scalar().is_some() => {
            field::set_scalar(value, &pair.value.text, Some(Tag::Text), pair.value.at)
        }
        _ => {
            let value = Node::text(pair.value.text.clone(), pair.value.at);
            map.set(&pair.key.text, pair.key.at, value);
            Ok(())
        }
    }
}

/// The fields that an entry of `labels` reaches.
pub fn specs(labels: &Labels, config: &Config) -> Outcome<Vec<FieldSpec>> {
    let mut specs = labels.fields.clone();
    config::merge_specs(&mut specs, &config.labels, labels.at)?;
    if labels.in_selectors {
        config::merge_specs(&mut specs, &config.common_labels, labels.at)?;
        return Ok(specs);
    }
    if labels.in_templates {
        config::merge_specs(&mut specs, &config.template_labels, labels.at)?;
    }
    if labels.in_claims {
        config::merge_specs(&mut specs, &config.claim_labels, labels.at)?;
    }
    let metadata = FieldSpec::everywhere("metadata/labels");
    config::merge_specs(&mut specs, &[metadata], labels.at)?;
    Ok(specs)
}
