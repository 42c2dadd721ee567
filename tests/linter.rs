//! The linter as a library: what an editor's server asks of it, and what keeps a fault from ending a run.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hullmark::lint::{DefaultSeverities, Linter, Options, Outcome};
use hullmark::rules::{self, Catalogue, Settings};
use hullmark::sources::{Content, Disk, Entry, EntryKind, FileSystem, Roots, SourceDb};
use hullmark::span::FileId;

/// The numbers of rules.
fn numbers(catalogue: &Catalogue, ids: &[&str]) -> Vec<usize> {
    let rules = (0..).zip(catalogue.rules.iter());
    let named = rules.filter(|(_, rule)| ids.contains(&rule.id.as_ref()));
    named.map(|(number, _)| number).collect()
}

fn options<'a>(
    catalogue: &'a Catalogue,
    active: &'a [usize],
    settings: &'a Settings,
) -> Options<'a> {
    Options {
        catalogue,
        active,
        settings,
        shellcheck: None,
        severities: &DefaultSeverities,
        past: None,
        folds: true,
        today: "2026-11-23".parse().unwrap(),
    }
}

/// `path:line rule` of each diagnostic that is not suppressed.
fn lines(outcome: &Outcome) -> Vec<String> {
    let diagnostics = outcome.diagnostics.iter();
    let shown = diagnostics.filter(|diagnostic| diagnostic.suppressed.is_none());
    let shown = shown.map(|diagnostic| {
        let source = &outcome.sources[&diagnostic.primary.file];
        let line = source.lines.line(diagnostic.primary.span.start);
        format!("{}:{line} {}", source.path, diagnostic.rule)
    });
    shown.collect()
}

fn discover(db: &mut SourceDb) -> Vec<FileId> {
    let roots = Roots {
        paths: vec![".".into()],
        ..Roots::default()
    };
    db.discover(&roots).unwrap()
}

/// A tree of files.
fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let tree = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = tree.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    tree
}

const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: 80}]\n";

const DEPLOYMENT: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, image: 'nginx:latest'}]}\n";

#[test]
fn an_editors_text_counts_at_once_and_the_project_sees_it() {
    let tree = tree(&[("service.yaml", SERVICE), ("web.yaml", DEPLOYMENT)]);
    let catalogue = rules::catalogue();
    let ids = ["project/service-selects-nothing", "image/latest-tag"];
    let active = numbers(&catalogue, &ids);
    let settings = Settings::default();
    let linter = Linter::new(options(&catalogue, &active, &settings)).unwrap();
    let linter = linter.with_cache(100);
    let mut db = SourceDb::on_disk(tree.path());
    let files = discover(&mut db);
    let [service, web] = files[..] else {
        panic!("{files:?}");
    };
    let tag = "web.yaml:8 image/latest-tag";
    assert_eq!(lines(&linter.check_project(&db, &files)), [tag]);
    assert_eq!(lines(&linter.check_file(&db, web)), [tag]);
    let edited = DEPLOYMENT
        .replace("nginx:latest", "nginx:1.27.4")
        .replace("app: web", "app: site");
    db.set_text("web.yaml", edited.into_bytes());
    assert_eq!(lines(&linter.check_file(&db, web)), [""; 0]);
    assert_eq!(lines(&linter.check_file(&db, service)), [""; 0]);
    let nothing = "service.yaml:5 project/service-selects-nothing";
    assert_eq!(lines(&linter.check_project(&db, &files)), [nothing]);
    db.forget_text(web);
    assert_eq!(lines(&linter.check_project(&db, &files)), [tag]);
}

#[test]
fn a_file_by_itself_is_not_blamed_for_suppressing_a_rule_of_the_project() {
    let comment = "# hullmark: ignore-file[project/service-selects-nothing]\n";
    let tree = tree(&[("service.yaml", &format!("{comment}{SERVICE}"))]);
    let catalogue = rules::catalogue();
    let ids = [
        "project/service-selects-nothing",
        "hullmark/unused-suppression",
    ];
    let active = numbers(&catalogue, &ids);
    assert_eq!(active.len(), 2);
    let settings = Settings::default();
    let linter = Linter::new(options(&catalogue, &active, &settings)).unwrap();
    let mut db = SourceDb::on_disk(tree.path());
    let files = discover(&mut db);
    assert_eq!(lines(&linter.check_file(&db, files[0])), [""; 0]);
    let unused = "service.yaml:1 hullmark/unused-suppression";
    assert_eq!(lines(&linter.check_project(&db, &files)), [unused]);
}

/// Of a large project not all trees are kept; what its rules find is found in the same places.
#[test]
fn a_large_project_has_the_findings_of_a_small_one() {
    let catalogue = rules::catalogue();
    let active = numbers(&catalogue, &["project/service-selects-nothing"]);
    let settings = Settings::default();
    let found = |padding: &str| {
        let other = format!("{padding}{}", DEPLOYMENT.replace("app: web", "app: other"));
        let tree = tree(&[("a.yaml", &other), ("service.yaml", SERVICE)]);
        let mut db = SourceDb::on_disk(tree.path());
        let files = discover(&mut db);
        let linter = Linter::for_files(options(&catalogue, &active, &settings), &db, &files);
        let outcome = linter.unwrap().check_project(&db, &files);
        let spans = outcome.diagnostics.iter().map(|found| found.primary);
        (lines(&outcome), spans.collect::<Vec<_>>())
    };
    let small = found("");
    assert_eq!(small.0, ["service.yaml:5 project/service-selects-nothing"]);
    assert_eq!(found(&"# padding\n".repeat(100_000)), small);
}

/// A disk that fails as no disk should, and counts what it is asked.
#[derive(Debug, Default)]
struct Broken {
    asked: AtomicUsize,
}

impl FileSystem for Broken {
    fn read(&self, path: &Path, whole: u64, head: u64) -> io::Result<Content> {
        Disk.read(path, whole, head)
    }

    fn entries(&self, _: &Path, _: usize) -> io::Result<Vec<Entry>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        panic!("a folder that ends the world");
    }

    fn kind(&self, path: &Path) -> Option<EntryKind> {
        Disk.kind(path)
    }

    fn exists(&self, path: &Path) -> bool {
        Disk.exists(path)
    }
}

#[test]
fn a_panic_while_a_file_is_analyzed_costs_that_file_alone() {
    let files = [
        ("Dockerfile", "FROM a:1\nCOPY app.js /\n"),
        ("b.Dockerfile", "FROM scratch\nMAINTAINER a\n"),
    ];
    let tree = tree(&files);
    let catalogue = rules::catalogue();
    let ids = [
        "dockerfile/maintainer",
        "project/undeclared-build-argument",
        "hullmark/internal-error",
    ];
    let mut active = numbers(&catalogue, &ids);
    // A rule that asks for the build context.
    let copies = |rule: &&rules::Rule| rule.tables.iter().any(|table| table == "copies");
    let asking = catalogue.rules.iter().find(copies).unwrap();
    active.extend(numbers(&catalogue, &[&asking.id]));
    let settings = Settings::default();
    let disk = Arc::new(Broken::default());
    let mut db = SourceDb::new(tree.path(), Arc::clone(&disk) as Arc<dyn FileSystem>);
    let files = discover(&mut db);
    let linter = Linter::new(options(&catalogue, &active, &settings)).unwrap();
    let outcome = linter.check_project(&db, &files);
    assert!(disk.asked.load(Ordering::Relaxed) > 0);
    let expected = [
        "Dockerfile:1 hullmark/internal-error",
        "b.Dockerfile:2 dockerfile/maintainer",
    ];
    assert_eq!(lines(&outcome), expected);
}
