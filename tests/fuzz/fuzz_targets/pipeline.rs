//! Files of any shape, through every rule and every report: no rule fails and nothing panics.
#![no_main]

use std::io;
use std::path::Path;
use std::sync::LazyLock;

use hullmark::lint::{DefaultSeverities, Linter, Options};
use hullmark::report::{self, Format, Report, Style};
use hullmark::rules::{self, Catalogue, Settings};
use hullmark::sources::SourceDb;
use libfuzzer_sys::fuzz_target;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(rules::catalogue);
static ACTIVE: LazyLock<Vec<usize>> = LazyLock::new(|| {
    let rules = CATALOGUE.rules.iter().enumerate();
    let active = rules.filter(|(_, rule)| !rule.needs_program());
    active.map(|(number, _)| number).collect()
});
static SETTINGS: LazyLock<Settings> = LazyLock::new(Settings::default);
static LINTER: LazyLock<Linter<'static>> = LazyLock::new(|| {
    let options = Options {
        catalogue: &CATALOGUE,
        active: &ACTIVE,
        settings: &SETTINGS,
        shellcheck: None,
        severities: &DefaultSeverities,
        past: None,
        folds: true,
        today: "2026-11-23".parse().expect("is a day"),
    };
    Linter::new(options).expect("rules that are compiled in load")
});

fuzz_target!(|bytes: &[u8]| {
    let mut db = SourceDb::on_disk(Path::new("."));
    let names = [
        "Dockerfile",
        "pod.yaml",
        ".github/workflows/ci.yml",
        "compose.yaml",
        "list.json",
    ];
    let files: Vec<_> = names.iter().map(|name| db.set_text(name, bytes)).collect();
    let outcome = LINTER.check_project(&db, &files);
    for diagnostic in &outcome.diagnostics {
        let failed = ["hullmark/internal-error", "hullmark/rule-error"];
        assert!(
            !failed.contains(&&*diagnostic.rule),
            "{}",
            diagnostic.message
        );
    }
    let report = Report {
        files: outcome.files,
        diagnostics: &outcome.diagnostics,
        rules: &CATALOGUE.rules,
        sources: &outcome.sources,
        show_suppressed: true,
        test_data: report::LeftOut::default(),
        owners: None,
    };
    for format in Format::ALL {
        report::write(&report, format, Style::default(), &mut io::sink())
            .expect("a sink takes all");
    }
});
