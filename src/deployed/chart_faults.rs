//! What is wrong with the files of a chart themselves: its dependencies, its format, its files of values.

use std::borrow::Cow;

use hullmark_tables::faults;

use crate::deployed::Fault;
use crate::deployed::mapped::Numbering;
use crate::render::helm::chart::files::ChartFiles;
use crate::render::helm::chart::folder::Folder;
use crate::render::helm::render::{Session, Wanted};
use crate::render::text::Text;
use crate::span::FileSpan;

/// Finds them.
pub(super) fn find(
    session: &Session,
    files: &Folder,
    values: &[&str],
    numbering: &mut Numbering,
    found: &mut Vec<Fault>,
) {
    let origins = session.origins();
    if let Some((version, place)) = session.api_version().filter(|(version, _)| version == "v1") {
        found.extend(numbering.span(origins, place).map(|at| Fault {
            rule: faults::CHART_API_VERSION.rule,
            at,
            message: format!(
                "`apiVersion: {version}` is the format of Helm 2; that of Helm 3 and 4 is `v2`"
            ),
            name: "apiVersion".to_owned(),
            is_asked: false,
            severity: None,
            help: files.read("requirements.yaml").is_ok().then_some(
                "Write `apiVersion: v2`, and move the list of `requirements.yaml` to `dependencies` here."
                    .into(),
            ),
        }));
    }
    let is_locked = ["Chart.lock", "requirements.lock"]
        .iter()
        .any(|name| files.read(name).is_ok());
    for wanted in session.wanted() {
        let fault = lost(&wanted, files)
            .or_else(|| closed(&wanted))
            .or_else(|| unpinned(&wanted).filter(|_| !is_locked));
        let Some((rule, message, help)) = fault else {
            continue;
        };
        found.extend(numbering.span(origins, wanted.place).map(|at| Fault {
            rule,
            at,
            message,
            name: format!("dependencies[name={}]", wanted.name),
            is_asked: false,
            severity: None,
            help,
        }));
    }
    for name in values {
        let Ok(bytes) = files.read(name) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let misspelt = session.misspelt(&text);
        if misspelt.is_empty() {
            continue;
        }
        let file = numbering.number(&(*name).into(), &Text::plain(&text));
        found.extend(misspelt.into_iter().map(|(span, key, meant)| Fault {
            rule: faults::MISSPELT_VALUE.rule,
            at: FileSpan::new(file, span),
            message: format!("no template reads `{key}`; the chart's values have `{meant}`"),
            name: key,
            is_asked: false,
            severity: None,
            help: None,
        }));
    }
}

/// The rule that reports what is wrong with a dependency, a line about it, and what to do if that is not what the rule says.
type Problem = (&'static str, String, Option<Cow<'static, str>>);

/// Repositories of charts that were closed on 2020-11-13, by their hosts, and where their last releases are kept.
const CLOSED: &[(&str, &str)] = &[
    (
        "kubernetes-charts.storage.googleapis.com",
        "https://charts.helm.sh/stable",
    ),
    (
        "kubernetes-charts-incubator.storage.googleapis.com",
        "https://charts.helm.sh/incubator",
    ),
];

/// A dependency that is fetched from a repository that is closed.
fn closed(wanted: &Wanted) -> Option<Problem> {
    let (_, rest) = wanted.repository.split_once("://")?;
    let host = rest.split('/').next()?;
    let (_, archive) = CLOSED.iter().find(|(closed, _)| *closed == host)?;
    let message = format!(
        "`{}` was closed in 2020, so `helm dependency build` does not find `{}`",
        wanted.repository, wanted.name
    );
    let help = format!("Write `repository: {archive}`, which keeps its last releases.");
    wanted
        .is_missing
        .then(|| (faults::MISSING_CHART.rule, message, Some(help.into())))
}

/// A dependency at a path at which there is no chart. What is outside of the repository is not known.
fn lost(wanted: &Wanted, files: &Folder) -> Option<Problem> {
    let path = wanted.repository.strip_prefix("file://")?;
    if !files.is_within(path) || files.has_archive(wanted.name) {
        return None;
    }
    let message = format!("there is no chart `{}` at `{path}`", wanted.name);
    wanted
        .is_missing
        .then_some((faults::MISSING_CHART.rule, message, None))
}

/// A dependency whose version is not fixed.
fn unpinned(wanted: &Wanted) -> Option<Problem> {
    if wanted.repository.is_empty() || wanted.repository.starts_with("file://") {
        return None;
    }
    let version = wanted.version.trim();
    let is_fixed = version
        .trim_start_matches(['v', '='])
        .split(['.', '-', '+'])
        .take(3)
        .filter(|part| part.parse::<u64>().is_ok())
        .count()
        == 3
        && !version.contains([' ', ',', '|', '*', '<', '>', '^', '~']);
    let message = if version.is_empty() {
        format!("dependency `{}` names no version", wanted.name)
    } else {
        format!(
            "dependency `{}` takes any version in `{version}`",
            wanted.name
        )
    };
    (!is_fixed).then_some((faults::UNPINNED_CHART.rule, message, None))
}
