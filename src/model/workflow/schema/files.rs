//! The files that `runs` of an action names.

use hullmark_tables::faults;

use crate::model::workflow::schema::Check;
use crate::model::workflow::value;
use crate::parse::yaml::tree::NodeId;

/// Keys of `runs` that name a file.
const KEYS: &[&str] = &[
    "main",
    "pre",
    "post",
    "entrypoint",
    "pre-entrypoint",
    "post-entrypoint",
];

/// Checks the files of a JavaScript or Docker action.
pub(super) fn of_action(check: &mut Check<'_, '_>, runs: NodeId) {
    let tree = check.tree;
    let image = tree.get(runs, "image");
    let text = image.and_then(|image| tree.text(image)).unwrap_or_default();
    let is_built = is_dockerfile(text);
    if let Some(image) = image
        && !text.is_empty()
        && !value::is_dynamic(text)
        && !is_built
        && !text.contains(':')
        && !text.starts_with("docker.io/")
    {
        let message = format!("`{text}` is neither a `Dockerfile` nor an image with `docker://`");
        let remedy = if check.callees.has_below(text) == Some(true) {
            "Rename the file to `Dockerfile`, or `Dockerfile.NAME`, and write that name.".to_owned()
        } else {
            format!("Write `docker://{text}` for an image, or the path of a `Dockerfile`.")
        };
        let at = check.tables.node(image);
        let texts = (message.as_str(), remedy.as_str());
        let kind = faults::META_DOCKERFILE_NAME;
        check
            .tables
            .problem_with_remedy(at, kind, texts, Some("warning"));
    }
    // What an image brings is not in the repository.
    let is_of_image = image.is_some() && !is_built;
    let keys = KEYS.iter().filter(|_| !is_of_image);
    for key in keys.chain(is_built.then_some(&"image")) {
        let Some(node) = tree.get(runs, key) else {
            continue;
        };
        let path = tree.text(node).unwrap_or_default();
        // A path from the root, or a program of the image.
        let is_file = !path.is_empty() && !value::is_dynamic(path) && !path.starts_with('/');
        if is_file && check.callees.has_below(path) == Some(false) {
            let message = format!("`{path}` does not exist");
            let remedy = match *key {
                "main" | "pre" | "post" => {
                    "Correct the path, or commit the file: the runner does not build it."
                }
                _ => "Correct the path, or add the file.",
            };
            check.problem_with_remedy(faults::META_FILE_MISSING, node, (&message, remedy));
        }
    }
}

/// Whether the runner takes it for a file to build.
fn is_dockerfile(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or(image);
    let name = name.to_ascii_lowercase();
    !image.starts_with("docker://")
        && (name.starts_with("dockerfile.") || name.ends_with("dockerfile"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dockerfile_is_told_by_its_name() {
        assert!(is_dockerfile("Dockerfile"));
        assert!(is_dockerfile("sub/Dockerfile.dev"));
        assert!(!is_dockerfile("Dockerfile2"));
        assert!(!is_dockerfile("docker://a/dockerfile"));
    }
}
