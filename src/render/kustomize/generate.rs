//! `configMapGenerator` and `secretGenerator`.

use std::sync::Arc;

use crate::render::kustomize::fields::{Pair, Text};
use crate::render::kustomize::kustomization::{Generator, GeneratorOptions};
use crate::render::kustomize::loader::{Folder, Loader};
use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::tree::{Content, Map, Node, Place};
use crate::span::Span;

/// From how many characters on base64 is broken into lines, and after how many each.
const LINE: usize = 70;

/// A key of the data with its bytes.
struct Datum {
    key: String,
    key_at: Place,
    value: Vec<u8>,
    value_at: Place,
}

/// What is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A config map.
    ConfigMap,
    /// A secret.
    Secret,
}

/// Makes the object of a generator.
pub fn make(
    loader: &mut Loader<'_>,
    folder: &Folder,
    generator: &Generator,
    kind: Kind,
    global: &GeneratorOptions,
) -> Outcome<Resource> {
    let at = generator.at;
    if generator.name.is_empty() {
        return Err(Refusal::new(at, "generator has no `name`").of(Cause::Refused));
    }
    let mut data = data(loader, folder, generator, kind)?;
    data.sort_by(|a, b| a.key.cmp(&b.key));
    if let Some(pair) = data.windows(2).find(|pair| pair[0].key == pair[1].key) {
        let message = format!("key `{}` is there already", pair[1].key.escape_debug());
        return Err(Refusal::new(pair[1].key_at, message).of(Cause::Refused));
    }
    let mut root = Map::default();
    let mut set = |key: &str, node: Node| root.insert(key, node.at, Arc::new(node));
    set("apiVersion", Node::text("v1", at));
    match kind {
        Kind::ConfigMap => set("kind", Node::text("ConfigMap", at)),
        Kind::Secret => {
            set("kind", Node::text("Secret", at));
            let named = &generator.secret_type;
            let of = if named.is_empty() {
                "Opaque"
            } else {
                &named.text
            };
            set("type", Node::text(of, named_at(named, at)));
        }
    }
    set("metadata", metadata(generator, global));
    add_data(&mut root, data, kind, at);
    if let Some(at) = generator.options.immutable.or(global.immutable) {
        root.insert("immutable", at, Arc::new(Node::plain("true", at)));
    }
    let mut resource = Resource::new(Arc::new(Node::new(Content::Map(root), at)));
    resource.needs_hash = !(generator.options.without_hash || global.without_hash);
    resource.behavior = generator.behavior;
    resource.is_generated = true;
    Ok(resource)
}

fn named_at(text: &Text, or: Place) -> Place {
    if text.is_empty() { or } else { text.at }
}

fn metadata(generator: &Generator, global: &GeneratorOptions) -> Node {
    let at = generator.at;
    let mut metadata = Map::default();
    let name = &generator.name;
    metadata.insert(
        "name",
        name.at,
        Arc::new(Node::text(name.text.clone(), name.at)),
    );
    let namespace = &generator.namespace;
    if !namespace.is_empty() {
        let node = Node::text(namespace.text.clone(), namespace.at);
        metadata.insert("namespace", namespace.at, Arc::new(node));
    }
    let mut add = |field: &str, own: &[Pair], global: &[Pair]| {
        let mut map = Map::default();
        for pair in global.iter().chain(own) {
            let node = Node::text(pair.value.text.clone(), pair.value.at);
            map.set(&pair.key.text, pair.key.at, node);
        }
        if !map.entries.is_empty() {
            metadata.insert(field, at, Arc::new(Node::new(Content::Map(map), at)));
        }
    };
    add("labels", &generator.options.labels, &global.labels);
    add(
        "annotations",
        &generator.options.annotations,
        &global.annotations,
    );
    Node::new(Content::Map(metadata), at)
}

fn add_data(root: &mut Map, data: Vec<Datum>, kind: Kind, at: Place) {
    if kind == Kind::Secret {
        root.insert("data", at, Arc::new(Node::empty_map(at)));
    }
    for datum in data {
        let (field, text) = match (kind, String::from_utf8(datum.value)) {
            (Kind::ConfigMap, Ok(text)) => ("data", text),
            (Kind::ConfigMap, Err(error)) => ("binaryData", base64(error.as_bytes())),
            (Kind::Secret, Ok(text)) => ("data", base64(text.as_bytes())),
            (Kind::Secret, Err(error)) => ("data", base64(error.as_bytes())),
        };
        let map = root.get_or_insert(field, || Node::empty_map(at), at);
        if let Some(map) = map.as_map_mut() {
            let node = Node::text(text, datum.value_at);
            map.insert(&datum.key, datum.key_at, Arc::new(node));
        }
    }
}

fn data(
    loader: &mut Loader<'_>,
    folder: &Folder,
    generator: &Generator,
    kind: Kind,
) -> Outcome<Vec<Datum>> {
    // Secrets and variables are put in place just before, and not committed.
    let made = |refusal: Refusal| refusal.of(Cause::Other);
    let mut data = Vec::new();
    for env in &generator.envs {
        let (file, bytes) = loader.bytes(folder, env).map_err(made)?;
        read_lines(&bytes, file, env, &mut data)?;
    }
    for literal in &generator.literals {
        data.push(read_literal(loader, literal)?);
    }
    for source in &generator.files {
        let (key, path) = file_source(source)?;
        let read = loader.bytes(folder, &path);
        let (file, bytes) = if kind == Kind::ConfigMap {
            read?
        } else {
            read.map_err(made)?
        };
        let span = Span::new(0, bytes.len());
        data.push(Datum {
            key,
            key_at: source.at,
            value: bytes.to_vec(),
            value_at: Place { file, span },
        });
    }
    Ok(data)
}

fn read_literal(loader: &Loader<'_>, literal: &Text) -> Outcome<Datum> {
    let pair = literal
        .text
        .split_once('=')
        .filter(|(key, _)| !key.is_empty());
    let Some((key, value)) = pair else {
        let message = format!(
            "`{}` is not of the form key=value",
            literal.text.escape_debug()
        );
        return Err(Refusal::new(literal.at, message).of(Cause::Refused));
    };
    let unquoted = ['"', '\''].iter().find_map(|quote| {
        let inner = value.strip_prefix(*quote)?;
        inner.strip_suffix(*quote)
    });
    let value = unquoted.unwrap_or(value);
    let from = literal.text.len() - value.len() - usize::from(unquoted.is_some());
    Ok(Datum {
        key: key.to_owned(),
        key_at: part(loader, literal, 0, key.len()),
        value: value.as_bytes().to_vec(),
        value_at: part(loader, literal, from, value.len()),
    })
}

/// The place of a part of a text; of all of it where it is not written as it reads.
fn part(loader: &Loader<'_>, text: &Text, from: usize, length: usize) -> Place {
    let at = text.at;
    let written = loader
        .source(at.file)
        .map_or("", |source| at.span.of(&source.text));
    let start = match written.find(&*text.text) {
        Some(start) if written.len() - text.text.len() <= 2 => at.span.start as usize + start,
        _ => return at,
    };
    let span = Span::new(start + from, start + from + length);
    Place { span, ..at }
}

/// The key and the path of `path` or `key=path`.
fn file_source(source: &Text) -> Outcome<(String, Text)> {
    let text = &*source.text;
    let refuse = |message: &str| Err(Refusal::new(source.at, message));
    let (key, path) = match text.matches('=').count() {
        0 => (
            text.rsplit('/')
                .find(|part| !part.is_empty())
                .unwrap_or(text),
            text,
        ),
        1 => text.split_once('=').unwrap_or((text, text)),
        _ => return refuse("a key or path of a file has no `=`"),
    };
    if key.is_empty() {
        return refuse("file has no key before `=`");
    }
    if path.is_empty() {
        return refuse("key has no path after `=`");
    }
    let path = Text {
        text: Arc::from(path),
        at: source.at,
    };
    Ok((key.to_owned(), path))
}

fn read_lines(bytes: &[u8], file: u32, env: &Text, data: &mut Vec<Datum>) -> Outcome<()> {
    let mut start = 0;
    for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let begin = start;
        start += line.len() + 1;
        let Ok(text) = std::str::from_utf8(line) else {
            return Err(Refusal::new(env.at, "file of variables is not UTF-8"));
        };
        let mut text = text.strip_suffix('\r').unwrap_or(text);
        let whole = text.len();
        if number == 0 {
            text = text.strip_prefix('\u{feff}').unwrap_or(text);
        }
        let text = text.trim_start();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let (key, value) = text.split_once('=').unwrap_or((text, ""));
        let at = |from: usize, length: usize| Place {
            file,
            span: Span::new(from, from + length),
        };
        let key_start = begin + whole - text.len();
        data.push(Datum {
            key: key.to_owned(),
            key_at: at(key_start, key.len()),
            value: value.as_bytes().to_vec(),
            value_at: at(begin + whole - value.len(), value.len()),
        });
    }
    Ok(())
}

/// Base64, a long one in lines.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 4);
    let length = bytes.len().div_ceil(3) * 4;
    let mut written = 0;
    let mut push = |out: &mut String, c: char| {
        out.push(c);
        written += 1;
        if length >= LINE && (written % LINE == 0 || written == length) {
            out.push('\n');
        }
    };
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4 {
            let digit = (group >> (18 - 6 * index)) & 63;
            let is_there = index <= chunk.len();
            push(
                &mut out,
                if is_there {
                    char::from(ALPHABET[digit as usize])
                } else {
                    '='
                },
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_broken_into_lines() {
        for (bytes, want) in [
            (&b""[..], ""),
            (b"a", "YQ=="),
            (b"ab", "YWI="),
            (b"abc", "YWJj"),
        ] {
            assert_eq!(base64(bytes), want);
        }
        let long = base64(&[0; 60]);
        assert_eq!(long.lines().map(str::len).collect::<Vec<_>>(), [70, 10]);
        assert!(long.ends_with('\n'));
    }
}
