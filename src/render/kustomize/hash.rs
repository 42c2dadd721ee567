//! The hash that the name of a generated object ends in: of its data, not of its name.

use sha2::{Digest, Sha256};

use crate::render::kustomize::json;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::resources::Resources;
use crate::render::kustomize::tree::Node;

/// How many characters of the hash a name gets.
const LENGTH: usize = 10;

/// Appends its hash to the name of each object that is to have one.
pub fn append(resources: &mut Resources) -> Outcome<()> {
    if !resources.list().iter().any(|resource| resource.needs_hash) {
        return Ok(());
    }
    for resource in resources
        .list_mut()
        .iter_mut()
        .filter(|resource| resource.needs_hash)
    {
        let hash = hash(resource)?;
        let name = format!("{}-{hash}", resource.name());
        let node = resource.root.at_path(&["metadata", "name"]);
        let at = node.map_or(resource.root.at, |node| node.at);
        resource.store_id();
        resource.set_name(Node::text(name, at));
    }
    Ok(())
}

fn hash(resource: &Resource) -> Outcome<String> {
    let root = &resource.root;
    let field = |name: &str| match root.get(name) {
        Some(node) => json::json(node, false),
        None => "\"\"".to_owned(),
    };
    let optional = |name: &str| {
        let node = root.get(name).filter(|node| node.as_map().is_some());
        node.map(|node| json::json(node, false))
    };
    let text = match resource.kind() {
        "ConfigMap" => {
            let binary = optional("binaryData").map(|json| format!("\"binaryData\":{json},"));
            let (binary, data) = (binary.unwrap_or_default(), field("data"));
            format!("{{{binary}\"data\":{data},\"kind\":\"ConfigMap\",\"name\":\"\"}}")
        }
        "Secret" => {
            let plain = optional("stringData").map(|json| format!("\"stringData\":{json},"));
            let (plain, data, of) = (plain.unwrap_or_default(), field("data"), field("type"));
            format!("{{\"data\":{data},\"kind\":\"Secret\",\"name\":\"\",{plain}\"type\":{of}}}")
        }
        kind => {
            let message = format!("a {kind} gets no hash");
            return Err(Refusal::new(root.at, message));
        }
    };
    Ok(shortened(&Sha256::digest(text.as_bytes())))
}

/// The first characters of the hexadecimal form, with letters for what could spell a word or be misread.
fn shortened(digest: &[u8]) -> String {
    let digits = digest
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .take(LENGTH);
    digits
        .map(|digit| char::from(b"gh2k456789mbcdtf"[usize::from(digit)]))
        .collect()
}
