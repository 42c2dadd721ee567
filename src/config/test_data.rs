//! Folders that hold test data by their names, or what is deployed no more: much of it is wrong on purpose, or was right once. Other people's code
//! that is kept in the repository is left out like it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity};
use crate::path_set::PathSet;
use crate::patterns::{BadGlob, Patterns};
use crate::rules::Rule;
use crate::rules::select::ALWAYS_ON;

/// The folders that hold test data unless a configuration says otherwise. One named `test` among environments is one of them.
pub const DEFAULT: [&str; 65] = [
    "testdata/",
    "_testdata/",
    "test-data/",
    "test_data/",
    "testfiles/",
    "test-files/",
    "test_files/",
    "testing/",
    "conformance/",
    "mock_data/",
    "test-tools/",
    "test-signer/",
    "test-fixtures/",
    "test-resources/",
    "fixture/",
    "fixtures/",
    "__fixtures__/",
    "golden/",
    "goldens/",
    "__snapshots__/",
    "fake/",
    "fakes/",
    "mock/",
    "mocks/",
    "__mocks__/",
    "stubs/",
    "e2e/",
    "e2e-tests/",
    "integration-tests/",
    "integ/",
    "itest/",
    "invalid-examples/",
    "unittest/",
    "unittests/",
    "__tests__/",
    ".chainsaw-test/",
    ".kyverno-test/",
    "tests/",
    "test/",
    "!**/overlays/test/",
    "!**/environments/test/",
    "!**/environment/test/",
    "!**/envs/test/",
    "!**/env/test/",
    "!**/clusters/test/",
    "!**/stages/test/",
    "!**/apps/test/",
    "!**/namespaces/test/",
    "!**/kubernetes/test/",
    "!**/k8s/test/",
    "!**/deploy/test/",
    "**/ci/*values*.yaml",
    ".archive/",
    "_archive/",
    ".archived/",
    "_archived/",
    ".attic/",
    "_attic/",
    "vendor/",
    "third_party/",
    "third-party/",
    "node_modules/",
    "Godeps/",
    "_site/",
    "!/.github/**",
];

/// Folders of other people's code, and that of the site that Jekyll makes, with a copy of each file.
const VENDORED: [&str; 6] = [
    "vendor",
    "third_party",
    "third-party",
    "node_modules",
    "Godeps",
    "_site",
];

/// Which files of a run are test data.
#[derive(Clone, Debug, Default)]
pub struct TestData {
    globs: Vec<String>,
    /// For each folder from which paths count, and each set of globs that hold by themselves.
    folders: Vec<Patterns>,
    /// What is checked in full, although it may lie in test data: its user named it.
    named: PathSet,
}

impl TestData {
    /// The test data of a run. Names count below the `root` if there is one, else below each of the folders that the user `named`; a file or folder
    /// that is itself test data is judged in full if it was named and `are_named_full` says so.
    ///
    /// # Errors
    /// The first glob that cannot be read.
    pub fn of<G: AsRef<str>>(
        globs: &[G],
        root: Option<&Path>,
        named: &[PathBuf],
        are_named_full: bool,
    ) -> Result<Self, BadGlob> {
        let folders = root.map_or_else(
            || {
                named
                    .iter()
                    .filter(|path| path.is_dir())
                    .map(PathBuf::as_path)
                    .collect()
            },
            |root| vec![root],
        );
        let sets = groups(globs);
        let folders: Result<Vec<Patterns>, BadGlob> = folders
            .into_iter()
            .flat_map(|folder| sets.iter().map(move |globs| Patterns::new(folder, globs)))
            .collect();
        let mut found = Self {
            globs: globs.iter().map(|glob| glob.as_ref().to_owned()).collect(),
            folders: folders?,
            named: PathSet::default(),
        };
        let full = named
            .iter()
            .filter(|path| are_named_full && found.holds_below(path, path.is_dir()));
        found.named = PathSet::of(full.cloned().collect());
        Ok(found)
    }

    /// The globs that say which folders hold test data.
    pub fn globs(&self) -> &[String] {
        &self.globs
    }

    /// Whether the file of that absolute path is test data.
    pub fn holds(&self, path: &Path) -> bool {
        self.holds_below(path, false) && self.named.above(path).next().is_none()
    }

    fn holds_below(&self, path: &Path, is_folder: bool) -> bool {
        let mut folders = self.folders.iter();
        folders.any(|patterns| patterns.hold(path, is_folder))
    }
}

/// Globs in sets that hold by themselves. An exception such as `!**/kubernetes/test/` is one to `test/` alone: what `vendor/` leaves out above it
/// stays out. Any other exception is one to all.
fn groups<G: AsRef<str>>(globs: &[G]) -> Vec<Vec<&str>> {
    let globs = || globs.iter().map(AsRef::as_ref);
    let exempt = |glob: &'_ str| -> Option<String> {
        let path = glob.strip_prefix("!**/")?.trim_end_matches('/');
        let (_, last) = path.rsplit_once('/')?;
        let last = format!("{last}/");
        globs().any(|other| other == last).then_some(last)
    };
    let exempted: BTreeSet<String> = globs().filter_map(exempt).collect();
    let all: Vec<&str> = globs()
        .filter(|glob| exempt(glob).is_none() && !exempted.contains(*glob))
        .collect();
    let mut sets: Vec<Vec<&str>> = exempted
        .iter()
        .map(|name| {
            let is_of = |glob: &&str| {
                glob == name
                    || glob.starts_with('!')
                        && exempt(glob).is_none_or(|exempted| exempted == *name)
            };
            globs().filter(is_of).collect()
        })
        .collect();
    sets.push(all);
    sets
}

/// Words for examples, also where they begin or end the name of a folder: people copy what is there, and nobody runs it for long.
const EXAMPLES: &[&str] = &[
    "example",
    "examples",
    "sample",
    "samples",
    "demo",
    "demos",
    "tutorial",
    "tutorials",
    "quickstart",
    "quickstarts",
    "playground",
    "workshop",
];

/// Names of other folders of such files.
const BESIDE: &[&str] = &[
    "workshops",
    "docs",
    "doc",
    "hack",
    "ci",
    "poc",
    "proposal",
    "proposals",
    "design",
    "designs",
    "benchmark",
    "benchmarks",
    "loadtest",
    "perf",
];

/// Words in the name of a manifest of an example, or of a pod that tries something out.
const TRIED: &[&str] = &[
    "example",
    "examples",
    "sample",
    "samples",
    "demo",
    "test",
    "debug",
    "quickstart",
    "tutorial",
    "poc",
    "loadtest",
    "loadgenerator",
];

/// Whether a repository is one of examples, a course or a demonstration, by its name.
pub fn is_of_examples(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let parts: Vec<&str> = lower.split(['-', '_', '.']).collect();
    let ends = [parts.first(), parts.last()];
    ends.into_iter().flatten().any(|part| {
        EXAMPLES.contains(part)
            || matches!(
                *part,
                "course"
                    | "courses"
                    | "bootcamp"
                    | "workshops"
                    | "exercises"
                    | "lessons"
                    | "katas"
                    | "101"
                    | "learn"
            )
    })
}

/// Whether a manifest is an example, a demonstration or for trying something out, by its path.
pub fn is_example(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let (folders, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let stem = name.split('.').next().unwrap_or(name);
    let parts =
        |text: &'_ str| -> Vec<String> { text.split(['-', '_', '.']).map(str::to_owned).collect() };
    let is_values = stem.starts_with("values");
    folders.split('/').any(|folder| {
        let parts = parts(folder);
        let ends = [parts.first(), parts.last()];
        let mut ends = ends.into_iter().flatten();
        BESIDE.contains(&folder) || ends.any(|part| EXAMPLES.contains(&part.as_str()))
    }) || !is_values
        && parts(stem)
            .iter()
            .any(|part| TRIED.contains(&part.as_str()))
}

/// Folders of what was tried or proposed once, and is kept to be read.
const PAST: &[&str] = &[
    "archive",
    "_archive",
    "archived",
    "_archived",
    "attic",
    "deprecated",
    "design",
    "designs",
    "legacy",
    "old",
    "poc",
    "proposal",
    "proposals",
];

/// Whether a diagnostic counts in an example too: what is wrong there, and rights over a node or a cluster, is copied; tags, passwords to try it with,
/// limits, probes and hardening are left to who copies it.
pub fn counts_in_example(diagnostic: &Diagnostic, rule: Option<&Rule>) -> bool {
    let is_fault = |rule: &Rule| {
        rule.category == "correctness" || matches!(rule.domain(), "secret" | "kustomize")
    };
    // Rights over a node or a cluster, which somebody may have a reason for.
    let is_danger = |rule: &Rule| diagnostic.severity > Severity::Info && rule.is_explained;
    let counts = |rule: &Rule| is_fault(rule) || is_danger(rule);
    ALWAYS_ON.contains(&diagnostic.rule.as_ref()) || rule.is_none_or(counts)
}

/// Whether what a rule finds was right once, at a path where old things are kept.
pub fn is_past(path: &str, rule: Option<&Rule>) -> bool {
    let is_old =
        |folder: &str| PAST.contains(&folder.trim_start_matches('.').to_ascii_lowercase().as_str());
    rule.is_some_and(|rule| rule.is_dated) && path.split('/').any(is_old)
}

/// Whether a diagnostic counts in test data too: an error of correctness, a live credential, or that something could not be judged.
pub fn counts(diagnostic: &Diagnostic, rule: Option<&Rule>) -> bool {
    let is_of = |rule: &Rule| rule.category == "correctness" || rule.domain() == "secret";
    ALWAYS_ON.contains(&diagnostic.rule.as_ref())
        || diagnostic.severity == Severity::Error
            && rule.is_some_and(|rule| is_of(rule) && !rule.is_dated)
}

/// Whether one of these workflows uses the action at a path, by its folder.
pub fn is_used(path: &str, workflows: &[String]) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let named = ["./", folder].concat();
    workflows.iter().any(|text| text.contains(&named))
}

/// Whether a path leads through a folder of expected output, which a test compares with what is made.
pub fn is_golden(path: &str) -> bool {
    path.split('/').any(|part| {
        matches!(
            part,
            ".snapshots" | "__snapshots__" | "golden" | "goldens" | "__golden__" | ".helm-tests"
        )
    })
}

/// Whether a text is what `helm template` prints: tests keep it to compare with, and what renders it is judged where it stands.
pub fn is_rendered(text: &str) -> bool {
    const LINES: usize = 20;
    let mut lines = text.lines().take(LINES);
    lines.any(|line| {
        let source = line.strip_prefix("# Source: ");
        source.is_some_and(|source| source.contains("/templates/"))
    })
}

/// Whether a path leads through a folder of other people's code.
pub fn is_vendored(path: &str) -> bool {
    path.split('/').any(|part| VENDORED.contains(&part))
}

/// Whether a file of test data is wrong on purpose by its name, or a fragment to compare with: `failure.network.yaml`, `invalid-selector.yaml`,
/// `01-assert.yaml`.
pub fn is_wrong_on_purpose(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut words = name.split(['.', '-', '_']);
    // What a test of the envtest kind compares with.
    name.starts_with("zz_fixture_")
        || words.any(|word| {
            matches!(
                word,
                "fail"
                    | "fails"
                    | "failing"
                    | "failure"
                    | "bad"
                    | "invalid"
                    | "incorrect"
                    | "broken"
                    | "wrong"
                    | "negative"
                    | "golden"
                    | "malformed"
                    | "assert"
                    | "asserts"
                    | "errors"
            )
        })
}

/// Words for what is wrong so that a test can find it.
const WRONG: &[&str] = &[
    "bad",
    "broken",
    "fail",
    "failing",
    "incorrect",
    "invalid",
    "malformed",
    "negative",
    "wrong",
];

/// Whether a file is wrong on purpose by its name or that of a folder above it: `negative_test/job.yaml`, `broken-workflow.yml`.
pub fn is_wrong_by_folder(path: &str) -> bool {
    path.to_ascii_lowercase()
        .split(['/', '.', '-', '_'])
        .any(|word| WRONG.contains(&word))
}

/// Whether a diagnostic counts in a release that a newer one supersedes: a live credential, or that something could not be judged.
pub fn counts_always(diagnostic: &Diagnostic, rule: Option<&Rule>) -> bool {
    ALWAYS_ON.contains(&diagnostic.rule.as_ref())
        || rule.is_some_and(|rule| rule.domain() == "secret")
}

/// Whether a diagnostic counts in a generated workflow or manifest too: it runs all the same, so errors do.
pub fn counts_in_generated(diagnostic: &Diagnostic) -> bool {
    ALWAYS_ON.contains(&diagnostic.rule.as_ref()) || diagnostic.severity == Severity::Error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test_data(root: Option<&str>, named: &[&str], are_named_full: bool) -> TestData {
        let named: Vec<PathBuf> = named.iter().map(PathBuf::from).collect();
        TestData::of(&DEFAULT, root.map(Path::new), &named, are_named_full).unwrap()
    }

    #[test]
    fn names_of_folders_below_the_root_count() {
        let data = test_data(Some("/tests/repo"), &["/tests/repo"], true);
        let holds = |path: &str| data.holds(&Path::new("/tests/repo").join(path));
        for path in [
            "testdata/a.yaml",
            "pkg/e2e/x/Dockerfile",
            "test/a.yaml",
            "a/tests/b/c.yaml",
            "vendor/k8s.io/kubernetes/test/images/pod.yaml",
            "testdata/apps/test/a.yaml",
        ] {
            assert!(holds(path), "{path}");
        }
        for path in [
            "a.yaml",
            "fake",
            "latest/a.yaml",
            "deploy/overlays/test/a.yaml",
            "environments/test/app/a.yaml",
            "examples/a.yaml",
            ".github/actions/e2e/action.yml",
            "kubernetes/test/a.yaml",
        ] {
            assert!(!holds(path), "{path}");
        }
    }

    #[test]
    fn what_helm_printed_is_known() {
        assert!(is_rendered(
            "---\n# Source: web/templates/service.yaml\napiVersion: v1\n"
        ));
        assert!(!is_rendered(
            "# Source: https://example.com/templates.html\napiVersion: v1\n"
        ));
    }

    #[test]
    fn an_action_of_test_data_may_be_used() {
        let workflows = ["steps:\n  - uses: ./testdata/action\n".to_owned()];
        assert!(is_used("testdata/action/action.yml", &workflows));
        assert!(!is_used("testdata/broken/action.yml", &workflows));
    }

    #[test]
    fn examples_are_known_by_folders_and_names() {
        for path in [
            "examples/a.yaml",
            "deploy/web-demo/a.yaml",
            "a/test-pod.yaml",
            "docs/x/y.yaml",
            "Samples/a.yml",
        ] {
            assert!(is_example(path), "{path}");
        }
        for path in [
            "deploy/a.yaml",
            "latest/a.yaml",
            "apps/demographics/a.yaml",
            "charts/a/values-example.yaml",
            "attest.yaml",
        ] {
            assert!(!is_example(path), "{path}");
        }
    }

    #[test]
    fn what_is_wrong_on_purpose_says_so() {
        for path in [
            "src/negative_test/github-workflow/a.json",
            "examples/broken-workflow.yml",
            "test/bad_uses.yml",
        ] {
            assert!(is_wrong_by_folder(path), "{path}");
        }
        for path in ["ci/badge.yml", "docs/failover.yml", "a/invalidate.yml"] {
            assert!(!is_wrong_by_folder(path), "{path}");
        }
    }

    #[test]
    fn repositories_of_examples_are_known_by_their_names() {
        for name in ["kuar-examples", "k8s-course", "demo", "Docker_Tutorial"] {
            assert!(is_of_examples(name), "{name}");
        }
        for name in ["shop", "demographics", "training-operator", "learning"] {
            assert!(!is_of_examples(name), "{name}");
        }
    }

    #[test]
    fn what_is_named_is_judged_in_full() {
        let at = Path::new("/r/fixtures/showcase/testdata/a.yaml");
        assert!(test_data(Some("/r"), &["/r"], true).holds(at));
        assert!(test_data(Some("/r"), &["/r/fixtures"], false).holds(at));
        for named in [
            "/r/fixtures/showcase",
            "/r/fixtures/showcase/testdata/a.yaml",
        ] {
            assert!(!test_data(Some("/r"), &[named], true).holds(at), "{named}");
        }
        let folder = tempfile::tempdir().unwrap();
        let named = folder.path().to_string_lossy().into_owned();
        let data = test_data(None, &[&named], true);
        assert!(data.holds(&folder.path().join("mocks/a.yaml")));
        assert!(!data.holds(&folder.path().join("a.yaml")));
    }
}
