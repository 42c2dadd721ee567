//! The environment variable that may take the value of a context, so that a script reads it instead.

/// Last parts of paths that say little without the part before them.
const VAGUE: &[&str] = &[
    "name", "ref", "sha", "label", "value", "result", "login", "id",
];

/// Variables that mean something to a shell, a program or the runner; a value under such a name would change more than the script.
const TAKEN: &[&str] = &[
    "PATH",
    "HOME",
    "SHELL",
    "USER",
    "PWD",
    "IFS",
    "ENV",
    "BASH_ENV",
    "CI",
    "TEMP",
    "TMP",
    "TMPDIR",
    "LANG",
    "TERM",
    "HOSTNAME",
    "EDITOR",
    "PAGER",
    "DISPLAY",
    "PS1",
    "OPTIND",
    "UID",
    "RANDOM",
    "SECONDS",
    "LINENO",
    "GROUPS",
    "EUID",
    "PPID",
    "REPLY",
    "COLUMNS",
    "LINES",
    "MAIL",
    "OS",
    "TZ",
    "NODE_OPTIONS",
    "LD_PRELOAD",
    "LD_LIBRARY_PATH",
    "PYTHONPATH",
    "JAVA_HOME",
    "CC",
    "CXX",
    "CFLAGS",
    "CXXFLAGS",
    "LDFLAGS",
    "RUSTFLAGS",
    "MAKEFLAGS",
    "GOFLAGS",
    "GOOS",
    "GOARCH",
];

/// The name of a variable for a context: `TITLE` for `github.event.issue.title`, `EXTRA_ARGS` for `inputs.extraArgs`. The path is as the file spells it.
pub(super) fn name_of(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').filter(|part| *part != "*").collect();
    let (first, last) = (parts.first(), parts.last());
    let (Some(first), Some(last)) = (first, last) else {
        return String::new();
    };
    match parts.as_slice() {
        // Variables and secrets have names of that form already.
        [context, name] if context.eq_ignore_ascii_case("env") => return (*name).to_owned(),
        [context, name] if context.eq_ignore_ascii_case("secrets") => {
            return name.to_ascii_uppercase().replace('-', "_");
        }
        // The runner overwrites what is called `GITHUB_…`, but for the token.
        [context, name] if context.eq_ignore_ascii_case("github") => {
            let name = upper(name);
            let is_token = name == "TOKEN";
            return if is_token || TAKEN.contains(&name.as_str()) {
                format!("{}_{name}", if is_token { "GITHUB" } else { "GIT" })
            } else {
                name
            };
        }
        _ => {}
    }
    let name = upper(last);
    let is_vague = VAGUE.contains(&last.to_ascii_lowercase().as_str());
    let before = parts
        .len()
        .checked_sub(2)
        .and_then(|at| parts.get(at))
        .filter(|before| parts.len() > 2 && !before.eq_ignore_ascii_case("outputs"));
    match before {
        Some(before) if is_vague => {
            let before = upper(before);
            // `labels.*.name` is a list of names.
            if path.contains('*') {
                before
            } else {
                format!("{before}_{name}")
            }
        }
        _ if TAKEN.contains(&name.as_str())
            || name.starts_with("GITHUB_") && name != "GITHUB_TOKEN"
            || name.starts_with("RUNNER_")
            || name.starts_with(|letter: char| letter.is_ascii_digit()) =>
        {
            format!("{}_{name}", upper(first).trim_end_matches('S'))
        }
        _ => name,
    }
}

/// A name in the form of variables: `extraArgs`, `extra-args` and `extra_args` become `EXTRA_ARGS`.
fn upper(name: &str) -> String {
    let mut upper = String::new();
    let mut is_after_lower = false;
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && is_after_lower {
            upper.push('_');
        }
        is_after_lower = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        upper.push(if letter.is_ascii_alphanumeric() {
            letter.to_ascii_uppercase()
        } else {
            '_'
        });
    }
    upper
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_a_person_would_choose() {
        for (path, name) in [
            ("github.event.issue.title", "TITLE"),
            ("inputs.extraTestArgs", "EXTRA_TEST_ARGS"),
            ("inputs.release-branch", "RELEASE_BRANCH"),
            ("inputs.path", "INPUT_PATH"),
            ("inputs.name", "NAME"),
            ("github.event.pull_request.head.ref", "HEAD_REF"),
            ("github.event.pull_request.labels.*.name", "LABELS"),
            ("github.head_ref", "HEAD_REF"),
            ("github.token", "GITHUB_TOKEN"),
            ("matrix.goos", "MATRIX_GOOS"),
            ("env.Configuration", "Configuration"),
            ("steps.meta.outputs.imageTag", "IMAGE_TAG"),
            ("matrix.versions.pg", "PG"),
            ("secrets.npm_token", "NPM_TOKEN"),
        ] {
            assert_eq!(name_of(path), name, "{path}");
        }
    }
}
