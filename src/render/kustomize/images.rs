//! `images` and `replicas`.

use std::sync::Arc;

use regex::bytes::Regex;

use crate::render::kustomize::field::{self, FieldSpec, Make};
use crate::render::kustomize::kustomization::{Image, Replicas};
use crate::render::kustomize::pattern;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::resources::Resources;
use crate::render::kustomize::scalar::Tag;
use crate::render::kustomize::tree::{Content, Node, Place};

/// Sets names, tags and digests of images: first of all `containers` and `initContainers` at any depth, then of the specs' fields.
pub fn set_image(resources: &mut Resources, image: &Image, specs: &[FieldSpec]) -> Outcome<()> {
    let name = Name::new(image);
    for index in 0..resources.list().len() {
        let resource = &resources.list()[index];
        if resource.kind() == "CustomResourceDefinition" {
            continue;
        }
        if holds_image(&resource.root, &name) {
            set_containers(resources.content_mut(index).root_mut(), image, &name)?;
        }
        let resource = resources.content_mut(index);
        for spec in specs {
            let path = field::split(&spec.path, '/');
            let mut is_due = field::meets_null_list(&resource.root, &path);
            field::visit(&resource.root, &path, &mut |node| {
                is_due |= node.as_str().is_none_or(|text| name.matches(text));
            });
            if is_due {
                let at = image.at;
                field::change(resource, spec, Make::Nothing, at, &mut |node| {
                    set(node, image, &name)
                })?;
            }
        }
    }
    Ok(())
}

/// The name of an entry, an expression that the part before tag and digest must match.
enum Name {
    Simple(Arc<str>),
    Regex(Regex),
    Never,
}

impl Name {
    fn new(image: &Image) -> Self {
        let name = &image.name.text;
        if pattern::is_simple(name) {
            return Self::Simple(name.clone());
        }
        let tail = "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$";
        let regex = pattern::compile(&format!("^{name}{tail}"), image.name.at);
        regex.map_or(Self::Never, Self::Regex)
    }

    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Never => false,
            Self::Regex(regex) => regex.is_match(text.as_bytes()),
            Self::Simple(name) => {
                let Some((head, tail)) = text.split_at_checked(name.len()) else {
                    return false;
                };
                pattern::matches_simple(name, head) && is_tail(tail)
            }
        }
    }
}

/// A tag, a digest, both or nothing.
fn is_tail(text: &str) -> bool {
    let is_word = |text: &str| {
        text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'{' | b'}' | b'-')
        })
    };
    let (tag, digest) = match text.split_once('@') {
        Some((tag, digest)) => (tag, Some(digest)),
        None => (text, None),
    };
    let is_tag = tag.is_empty() || tag.strip_prefix(':').is_some_and(is_word);
    is_tag && digest.is_none_or(|digest| digest.strip_prefix("sha256:").is_some_and(is_word))
}

/// Whether some container has an image of the name, or one that is no text. Trees nest within `tree::DEPTH`.
fn holds_image(node: &Node, name: &Name) -> bool {
    match &node.content {
        Content::Scalar(_) => false,
        Content::List(items) => items.iter().any(|item| holds_image(item, name)),
        Content::Map(map) => map.entries.iter().any(|entry| {
            let is_list = matches!(&*entry.key, "containers" | "initContainers");
            let items = entry
                .value
                .as_list()
                .filter(|_| is_list)
                .unwrap_or_default();
            let is_odd = |item: &Arc<Node>| item.as_map().is_none() && !item.is_null();
            let is_due = |item: &Arc<Node>| {
                let image = item.get("image");
                image.is_some_and(|image| image.as_str().is_none_or(|text| name.matches(text)))
            };
            items.iter().any(|item| is_odd(item) || is_due(item)) || holds_image(&entry.value, name)
        }),
    }
}

fn set_containers(node: &mut Node, image: &Image, name: &Name) -> Outcome<()> {
    match &mut node.content {
        Content::Scalar(_) => {}
        Content::List(items) => {
            for item in items.iter_mut().filter(|item| holds_image(item, name)) {
                set_containers(Arc::make_mut(item), image, name)?;
            }
        }
        Content::Map(map) => {
            for entry in &mut map.entries {
                if holds_image(&entry.value, name) {
                    set_containers(Arc::make_mut(&mut entry.value), image, name)?;
                }
                if !matches!(&*entry.key, "containers" | "initContainers")
                    || entry.value.as_list().is_none()
                {
                    continue;
                }
                if let Content::List(items) = &mut Arc::make_mut(&mut entry.value).content {
                    for item in items.iter_mut().filter(|item| !item.is_null()) {
                        set_container(Arc::make_mut(item), image, name)?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn set_container(item: &mut Node, image: &Image, name: &Name) -> Outcome<()> {
    let (at, kind) = (item.at, item.kind_name());
    let Some(map) = item.as_map_mut() else {
        return Err(Refusal::new(
            at,
            format!("a container is a mapping, not {kind}"),
        ));
    };
    match map.get_mut("image") {
        Some(node) => set(node, image, name),
        None => Ok(()),
    }
}

fn set(node: &mut Node, image: &Image, name: &Name) -> Outcome<()> {
    if node.is_null() {
        return Ok(());
    }
    let Some(old) = node.as_str() else {
        let message = format!("an image is text, not {}", node.kind_name());
        return Err(Refusal::new(node.at, message));
    };
    if !name.matches(old) {
        return Ok(());
    }
    let (new, at) = renamed(old, image);
    // An entry that says what is there already decides it all the same.
    let is_set = [&image.new_name, &image.new_tag, &image.digest]
        .iter()
        .any(|part| !part.is_empty());
    if new == old && !is_set {
        return Ok(());
    }
    field::set_scalar(node, &new, None, at)
}

/// The reference that an entry makes of an old one, and the place that says so.
fn renamed(old: &str, image: &Image) -> (String, Place) {
    let (mut name, mut tag, mut digest) = split(old);
    let mut at = image.at;
    if !image.new_name.is_empty() {
        name = &image.new_name.text;
        at = image.new_name.at;
    }
    let suffixed;
    match (image.new_tag.is_empty(), image.digest.is_empty()) {
        (false, is_bare) => {
            tag = &image.new_tag.text;
            digest = if is_bare { "" } else { &image.digest.text };
            at = image.new_tag.at;
        }
        (true, false) => {
            tag = "";
            digest = &image.digest.text;
            at = image.digest.at;
        }
        (true, true) if !image.tag_suffix.is_empty() => {
            suffixed = format!("{tag}{}", image.tag_suffix.text);
            tag = &suffixed;
            digest = "";
            at = image.tag_suffix.at;
        }
        (true, true) => {}
    }
    let mut new = name.to_owned();
    for (separator, part) in [(':', tag), ('@', digest)] {
        if !part.is_empty() {
            new.push(separator);
            new.push_str(part);
        }
    }
    (new, at)
}

/// Name, tag and digest of a reference; a colon before the first slash belongs to a host.
fn split(text: &str) -> (&str, &str, &str) {
    let from = text.find('/').unwrap_or(0);
    let (rest, digest) = match text[from..].find('@') {
        Some(at) => (&text[..from + at], &text[from + at + 1..]),
        None => (text, ""),
    };
    match rest[from..].find(':') {
        Some(at) => (&rest[..from + at], &rest[from + at + 1..], digest),
        None => (rest, "", digest),
    }
}

/// Sets the number of replicas of the objects of a name; gives whether there was one.
pub fn set_replicas(
    resources: &mut Resources,
    replicas: &Replicas,
    specs: &[FieldSpec],
) -> Outcome<bool> {
    let mut is_found = false;
    let candidates = resources.with_name(&replicas.name.text).to_vec();
    for spec in specs {
        for index in &candidates {
            let resource = resources.content_mut(*index);
            let is_it = |id: &crate::render::kustomize::id::Id| {
                id.name == replicas.name.text && id.gvk.is_selected(&spec.gvk)
            };
            if !resource.ids().iter().any(is_it) {
                continue;
            }
            is_found = true;
            field::change(resource, spec, Make::Scalar, replicas.at, &mut |node| {
                let count = replicas.count.to_string();
                field::set_scalar(node, &count, Some(Tag::Int), replicas.at)
            })?;
        }
    }
    Ok(is_found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::kustomize::fields::Text;

    fn image(name: &str, new_name: &str, new_tag: &str, suffix: &str, digest: &str) -> Image {
        let text = |text: &str| Text {
            text: Arc::from(text),
            at: Place::default(),
        };
        Image {
            name: text(name),
            new_name: text(new_name),
            new_tag: text(new_tag),
            tag_suffix: text(suffix),
            digest: text(digest),
            at: Place::default(),
        }
    }

    #[test]
    fn entries_rename_what_they_match() {
        for (old, entry, want) in [
            ("nginx", image("nginx", "", "1", "", ""), Some("nginx:1")),
            (
                "nginx:2@sha256:aa",
                image("nginx", "", "1", "", ""),
                Some("nginx:1"),
            ),
            (
                "nginx:2",
                image("nginx", "", "", "", "sha256:bb"),
                Some("nginx@sha256:bb"),
            ),
            ("nginx:2", image("nginx", "x/y", "", "", ""), Some("x/y:2")),
            (
                "nginx:2",
                image("nginx", "", "", "-a", ""),
                Some("nginx:2-a"),
            ),
            (
                "h:5/nginx",
                image("h:5/nginx", "", "3", "", ""),
                Some("h:5/nginx:3"),
            ),
            ("x/nginx", image("nginx", "", "1", "", ""), None),
            ("nginx-x", image("nginx", "", "1", "", ""), None),
            ("nginx:a b", image("nginx", "", "1", "", ""), None),
            ("nginx:1", image("ng.*", "", "2", "", ""), Some("nginx:2")),
            ("nginx:1", image("ng[", "", "2", "", ""), None),
            (
                "nginx",
                image("nginx", "", "1", "", "sha256:c"),
                Some("nginx:1@sha256:c"),
            ),
        ] {
            let mut node = Node::plain(old, Place::default());
            let name = Name::new(&entry);
            set(&mut node, &entry, &name).unwrap();
            assert_eq!(node.as_str(), Some(want.unwrap_or(old)), "{entry:?}");
        }
    }
}
