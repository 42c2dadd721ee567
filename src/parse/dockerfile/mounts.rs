//! The keys and values of `RUN --mount`. Source: the Dockerfile reference.

/// What a mount is, if it does not say it.
const USUAL: &str = "bind";

const TYPES: [&str; 5] = ["bind", "cache", "tmpfs", "secret", "ssh"];
const SWITCHES: [&str; 5] = ["readonly", "ro", "readwrite", "rw", "required"];
const NAMES: [&str; 8] = [
    "from",
    "source",
    "src",
    "target",
    "dst",
    "destination",
    "id",
    "env",
];
const TRUTHS: [&str; 12] = [
    "1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False",
];

/// Options that Buildah alone knows, in small letters: who writes one builds with Podman or Buildah, which say themselves what they refuse. Source:
/// Buildah's parser of mounts.
const OF_BUILDAH: [&str; 18] = [
    "bind-nonrecursive",
    "bind-propagation",
    "consistency",
    "no-dereference",
    "nodev",
    "noexec",
    "nosuid",
    "private",
    "relabel",
    "rprivate",
    "rshared",
    "rslave",
    "shared",
    "slave",
    "tmpcopyup",
    "tmpfs-mode",
    "tmpfs-size",
    "z",
];
/// The same, where it has no value.
const OWNED: &str = "u";

/// What is wrong with a mount.
pub(super) fn fault(value: &str) -> Option<String> {
    // Quotes keep commas together; who needs them knows what to write.
    if value.contains('"') {
        return None;
    }
    let fields: Vec<(String, Option<&str>)> = value
        .split(',')
        .map(|field| match field.split_once('=') {
            Some((key, value)) => (key.to_ascii_lowercase(), Some(value)),
            None => (field.to_ascii_lowercase(), None),
        })
        .collect();
    let is_of_buildah = |(key, value): &(String, Option<&str>)| {
        OF_BUILDAH.contains(&key.as_str()) || key == OWNED && value.is_none()
    };
    if fields.iter().any(is_of_buildah) {
        return None;
    }
    let declared = fields.iter().rev().find(|(key, _)| key == "type");
    let kind = match declared {
        Some((_, Some(kind))) => kind.to_ascii_lowercase(),
        _ => USUAL.to_owned(),
    };
    // A variable may make it any.
    let kind = (!kind.contains('$')).then_some(kind);
    let wrong = fields
        .iter()
        .find_map(|(key, value)| field_fault(key, *value, kind.as_deref()));
    wrong.or_else(|| secret_fault(&fields, kind.as_deref()))
}

/// What is wrong with one field of a mount of that type.
fn field_fault(key: &str, value: Option<&str>, kind: Option<&str>) -> Option<String> {
    let is = |kinds: &[&str]| kind.is_none_or(|kind| kinds.contains(&kind));
    let misplaced = || {
        Some(format!(
            "a mount of type `{}` has no `{key}`",
            kind.unwrap_or_default()
        ))
    };
    let Some(value) = value else {
        return match key {
            "required" if !is(&["secret", "ssh"]) => misplaced(),
            _ if SWITCHES.contains(&key) => None,
            _ => Some(format!("`{key}` of a mount needs a value")),
        };
    };
    if key == "from" && value.contains('$') && !value.ends_with('$') {
        return Some("`from` of a mount takes no variables; name a stage for it".to_owned());
    }
    let is_open = value.contains('$');
    let lower = value.to_ascii_lowercase();
    let is_number = |radix| is_open || u32::from_str_radix(value, radix).is_ok();
    match key {
        "type" if !is_open && !TYPES.contains(&&*lower) => {
            Some(format!("no mount is of type `{value}`"))
        }
        "required" if !is(&["secret", "ssh"]) => misplaced(),
        "size" if !is(&["tmpfs"]) => misplaced(),
        "sharing" if !is(&["cache"]) => misplaced(),
        "mode" | "uid" | "gid" if !is(&["cache", "secret", "ssh"]) => misplaced(),
        "sharing" if !is_open && !["shared", "private", "locked"].contains(&&*lower) => {
            Some("`sharing` of a mount is `shared`, `private` or `locked`".to_owned())
        }
        "mode" if !is_number(8) => Some("`mode` of a mount is an octal number".to_owned()),
        "uid" | "gid" if !is_number(10) => Some(format!("`{key}` of a mount is a number")),
        "type" | "size" | "sharing" | "mode" | "uid" | "gid" => None,
        _ if SWITCHES.contains(&key) => {
            let is_known = is_open || TRUTHS.contains(&value);
            (!is_known).then(|| format!("`{key}` of a mount is `true` or `false`"))
        }
        _ if NAMES.contains(&key) => None,
        _ => Some(format!("a mount has no `{key}`")),
    }
}

/// What a secret must and must not say.
fn secret_fault(fields: &[(String, Option<&str>)], kind: Option<&str>) -> Option<String> {
    let says = |names: &[&str]| {
        let value =
            |(_, value): &(String, Option<&str>)| value.is_some_and(|text| !text.is_empty());
        let mut fields = fields.iter();
        fields.any(|field| names.contains(&&*field.0) && value(field))
    };
    if kind != Some("secret") {
        return None;
    }
    let source = says(&["source", "src"]);
    if says(&["from"]) {
        Some("a mount of type `secret` has no `from`".to_owned())
    } else if !source && !says(&["target", "dst", "destination", "id"]) {
        Some("a mount of type `secret` needs `id`, `source` or `target`".to_owned())
    } else if source && says(&["id"]) {
        Some("a mount of type `secret` has `id` or `source`, not both".to_owned())
    } else {
        None
    }
}
