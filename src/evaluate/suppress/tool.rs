//! Other tools' comments: what each means in our terms, where it counts, and how its ids are written in our aliases.

use crate::evaluate::suppress::Date;
use crate::evaluate::suppress::marker::{Asked, Marker, named};
use crate::parse::dockerfile::Directive;
use crate::rules::select::current;
use crate::span::Span;

/// Reads a comment as one of another tool's. `directives` are those of a Dockerfile; `is_first` says whether only comments come
/// before it in the file.
pub(super) fn read(
    comment: &str,
    start: usize,
    directives: Option<&[Directive]>,
    is_first: bool,
) -> Option<Marker> {
    let body = comment.trim_start_matches('#').trim_start();
    let (ids, asked) = hadolint(body)
        .or_else(|| {
            let from = |directive: &Directive| (directive.span.start as usize).cmp(&start);
            buildkit(body, directives?.binary_search_by(from).is_ok())
        })
        .or_else(|| zizmor(body))
        .or_else(|| trivy(body))
        .or_else(|| checkov(body))
        .or_else(|| kics(body, is_first))
        .or_else(|| shellcheck(body))
        .or_else(|| semgrep(body))?;
    let span = Span::new(start, start + comment.len());
    let ids = ids.into_iter();
    Some(Marker {
        rules: ids.map(|id| named(id, span)).collect(),
        until: trivy_until(comment, start),
        asked,
        is_native: false,
        ..Marker::new(span)
    })
}

type Read = Option<(Vec<String>, Asked)>;

/// The ids of a comma-separated list with the tool's name before each; what follows the list, after a space, is a reason.
fn ids(tool: &str, list: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for part in list.split(',') {
        let part = part.trim();
        let id = part.split_whitespace().next().unwrap_or_default();
        if !id.is_empty() {
            ids.push(format!("{tool}:{id}"));
        }
        if id.len() < part.len() {
            break;
        }
    }
    ids
}

/// `hadolint ignore=DL3008,SC2086`, `hadolint global ignore=…`, `hadolint stage ignore=…`.
fn hadolint(body: &str) -> Read {
    let rest = body
        .strip_prefix("hadolint")?
        .strip_prefix([' ', '\t'])?
        .trim_start();
    let (asked, rest) = if let Some(rest) = rest.strip_prefix("global") {
        (Asked::File, rest)
    } else if let Some(rest) = rest.strip_prefix("stage") {
        (Asked::Stage, rest)
    } else {
        (Asked::Near, rest)
    };
    let list = rest
        .trim_start()
        .strip_prefix("ignore")?
        .trim_start()
        .strip_prefix('=')?;
    let mut found = ids("hadolint", list);
    // ShellCheck's codes go by its own name in some of our aliases.
    let shell: Vec<String> = found
        .iter()
        .filter_map(|id| {
            Some(format!(
                "shellcheck:{}",
                id.strip_prefix("hadolint:")
                    .filter(|id| id.starts_with("SC"))?
            ))
        })
        .collect();
    found.extend(shell);
    Some((found, asked))
}

/// `check=skip=StageNameCasing,FromAsCasing;error=true // reason`: among the directives at the top of a Dockerfile for all of it, else for the
/// instruction below.
fn buildkit(body: &str, is_directive: bool) -> Read {
    let (name, rest) = body.split_at_checked("check".len())?;
    let value = rest.trim_start().strip_prefix('=')?;
    if !name.eq_ignore_ascii_case("check") {
        return None;
    }
    let options = value.split("//").next().unwrap_or_default();
    let skip = options
        .split(';')
        .find_map(|option| option.trim().strip_prefix("skip="))?;
    let found = match skip.trim() {
        "all" => vec!["buildkit:*".to_owned()],
        list => ids("buildkit", list),
    };
    let asked = if is_directive {
        Asked::File
    } else {
        Asked::Near
    };
    Some((found, asked))
}

/// `zizmor: ignore[unpinned-uses, artipacked] reason`.
fn zizmor(body: &str) -> Read {
    let list = body
        .strip_prefix("zizmor:")?
        .trim_start()
        .strip_prefix("ignore[")?;
    Some((ids("zizmor", list.split_once(']')?.0), Asked::Around))
}

/// `trivy:ignore:DS-0002 trivy:ignore:AVD-KSV-0013:exp:2027-01-01`.
fn trivy(body: &str) -> Read {
    body.strip_prefix("trivy:ignore:")?;
    let words = body
        .split_whitespace()
        .map(|word| word.trim_start_matches('#'));
    let found = words
        .filter_map(|word| word.strip_prefix("trivy:ignore:"))
        .map(|word| {
            let id = word
                .split(':')
                .next()
                .unwrap_or_default()
                .to_ascii_uppercase();
            format!("trivy:{}", current(&id))
        });
    Some((found.collect(), Asked::Near))
}

/// The last day of a comment of Trivy's, which says it behind each of its ids. Of several days the latest holds; an id without one holds for ever.
fn trivy_until(comment: &str, start: usize) -> Option<(Date, Span)> {
    let words = comment.split_whitespace();
    let ids = words.filter(|word| word.trim_start_matches('#').starts_with("trivy:ignore:"));
    let days = ids.map(|word| {
        let (_, day) = word.split_once(":exp:")?;
        let from = start + (day.as_ptr() as usize - comment.as_ptr() as usize);
        Some((day.parse().ok()?, Span::new(from, from + day.len())))
    });
    days.collect::<Option<Vec<_>>>()?
        .into_iter()
        .max_by_key(|(day, _)| *day)
}

/// `checkov:skip=CKV_DOCKER_2:reason`.
fn checkov(body: &str) -> Read {
    let mut tools = ["checkov", "bridgecrew", "cortex"].into_iter();
    let rest = tools.find_map(|tool| body.strip_prefix(tool))?;
    let rest = rest.strip_prefix(":skip=")?;
    let list = rest.split(':').next().unwrap_or_default();
    Some((ids("checkov", list), Asked::Entity))
}

/// `kics-scan ignore`, `kics-scan disable=id,id` at the top of a file; `kics-scan ignore-line`, `kics-scan ignore-block`.
fn kics(body: &str, is_first: bool) -> Read {
    let rest = body.strip_prefix("kics-scan")?.trim();
    let all = || vec!["kics:*".to_owned()];
    match rest {
        "ignore" => is_first.then(|| (all(), Asked::File)),
        "ignore-line" => Some((all(), Asked::Line)),
        "ignore-block" => Some((all(), Asked::Near)),
        _ => {
            let list = rest.strip_prefix("disable=")?;
            is_first.then(|| (ids("kics", list), Asked::File))
        }
    }
}

/// `shellcheck disable=SC2086,SC2046 # reason`.
fn shellcheck(body: &str) -> Read {
    let mut words = body.strip_prefix("shellcheck")?.split_whitespace();
    let list = words.find_map(|word| word.strip_prefix("disable="))?;
    let mut found = ids("shellcheck", list);
    if found.iter().any(|id| id == "shellcheck:all") {
        found.push("shellcheck:*".to_owned());
    }
    Some((found, Asked::Script))
}

/// `nosemgrep`, `nosemgrep: id, id`.
fn semgrep(body: &str) -> Read {
    let rest = body
        .strip_prefix("nosemgrep")
        .or_else(|| body.strip_prefix("nosem"))?;
    let found = match rest.trim_start().strip_prefix(':') {
        // Semgrep's ids have the path of the rule before them; ours have the last part.
        Some(list) => list
            .split(',')
            .filter_map(|id| id.split_whitespace().next()?.rsplit('.').next())
            .map(|id| format!("semgrep:{id}"))
            .collect(),
        None if rest.trim().is_empty() => vec!["semgrep:*".to_owned()],
        None => return None,
    };
    Some((found, Asked::Near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::dockerfile;

    /// What the parser makes of a comment at the top of a file.
    fn directives(comment: &str) -> Vec<Directive> {
        dockerfile::parse(comment, &mut Vec::new()).directives
    }

    fn parsed(comment: &str) -> (Vec<String>, Asked) {
        let marker = read(comment, 0, Some(&directives(comment)), true).unwrap();
        let rules = marker.rules.into_iter().map(|named| named.text);
        (rules.collect(), marker.asked)
    }

    #[test]
    fn kics_reads_what_is_about_a_file_at_its_top() {
        for comment in ["# kics-scan ignore", "# kics-scan disable=a"] {
            let asked = |is_first| Some(read(comment, 0, None, is_first)?.asked);
            assert_eq!((asked(true), asked(false)), (Some(Asked::File), None));
        }
    }

    #[test]
    fn each_tool_is_understood() {
        for (comment, ids, asked) in [
            (
                "#hadolint ignore = DL3008 , DL3009 # why",
                "hadolint:DL3008 hadolint:DL3009",
                Asked::Near,
            ),
            (
                "# hadolint global ignore=SC2086",
                "hadolint:SC2086 shellcheck:SC2086",
                Asked::File,
            ),
            (
                "# hadolint stage ignore=DL3006",
                "hadolint:DL3006",
                Asked::Stage,
            ),
            (
                "# check=skip=A,B;error=true",
                "buildkit:A buildkit:B",
                Asked::File,
            ),
            ("# check=skip=A // why", "buildkit:A", Asked::File),
            ("# check=error=true;skip=all", "buildkit:*", Asked::File),
            (
                "# zizmor: ignore[a, b] as said",
                "zizmor:a zizmor:b",
                Asked::Around,
            ),
            (
                "#trivy:ignore:AVD-DS-0002 trivy:ignore:KSV013:exp:2027-01-01",
                "trivy:DS-0002 trivy:KSV-0013",
                Asked::Near,
            ),
            (
                "#checkov:skip=CKV_DOCKER_2:not here",
                "checkov:CKV_DOCKER_2",
                Asked::Entity,
            ),
            ("# kics-scan ignore-line", "kics:*", Asked::Line),
            ("# kics-scan disable=a,b", "kics:a kics:b", Asked::File),
            (
                "# shellcheck disable=SC2016,SC1003 # why",
                "shellcheck:SC2016 shellcheck:SC1003",
                Asked::Script,
            ),
            (
                "# nosemgrep: yaml.github.run-shell-injection",
                "semgrep:run-shell-injection",
                Asked::Near,
            ),
        ] {
            let (found, scope) = parsed(comment);
            assert_eq!((found.join(" ").as_str(), scope), (ids, asked), "{comment}");
        }
        for other in [
            "# hadolint shell=bash",
            "# checked",
            "# check = it",
            "# zizmor is good",
            "# trivy",
            "# kics",
        ] {
            assert!(
                read(other, 0, Some(&directives(other)), true).is_none(),
                "{other}"
            );
        }
        let near = read("# check = skip=all // why", 0, Some(&[]), true).unwrap();
        assert_eq!(near.asked, Asked::Near);
        assert_eq!(near.rules[0].text, "buildkit:*");
        assert!(read("# check=skip=all", 0, None, true).is_none());
    }
}
