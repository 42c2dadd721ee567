//! How long each layer takes by itself, over the showcase repeated, so that a regression shows where it is.
//!
//! `cargo bench` runs all; `cargo bench -- evaluate` one.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use hullmark::diagnostic::{Diagnostics, fingerprints};
use hullmark::evaluate::{self, CompiledRules, Document, Documents};
use hullmark::model::table::{Table, TableSet};
use hullmark::model::{self, FileTables};
use hullmark::parse::{self, Parsed};
use hullmark::report::{self, Format, Report, Style};
use hullmark::rules::{self, Catalogue, Settings};
use hullmark::sources::context::BuildContexts;
use hullmark::sources::{Kind, Source};
use hullmark::span::FileId;

/// How often the showcase is repeated; a batch of the program is 32 KB of text.
const COPIES: usize = 16;

fn main() {
    divan::main();
}

/// Files of the showcase and what they are.
const SHOWCASE: &[(&str, Kind)] = &[
    ("Dockerfile", Kind::Dockerfile),
    ("worker/Dockerfile", Kind::Dockerfile),
    ("deploy/api.yaml", Kind::Kubernetes),
    ("deploy/worker.yaml", Kind::Kubernetes),
    (".github/workflows/ci.yml", Kind::Workflow),
    ("compose.yaml", Kind::Compose),
];

fn sources(is_wanted: impl Fn(Kind) -> bool) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/showcase");
    let mut sources = Vec::new();
    for copy in 0..COPIES {
        for (name, kind) in SHOWCASE.iter().filter(|(_, kind)| is_wanted(*kind)) {
            let text = std::fs::read_to_string(root.join(name)).expect("the showcase is complete");
            let id = FileId::new(u32::try_from(sources.len()).expect("there are few"));
            sources.push(Source::new(id, format!("{copy}/{name}"), *kind, text));
        }
    }
    sources
}

fn bench_parse(bencher: Bencher, is_wanted: impl Fn(Kind) -> bool) {
    let sources = sources(is_wanted);
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for source in &sources {
            black_box(parse::parse(source));
        }
    });
}

#[divan::bench]
fn parse_yaml(bencher: Bencher) {
    bench_parse(bencher, |kind| kind != Kind::Dockerfile);
}

/// The values of manifests against facts and schemas: 10 µs a document is the limit.
#[divan::bench]
fn validate_kubernetes(bencher: Bencher) {
    let sources = sources(|kind| kind == Kind::Kubernetes);
    let parsed: Vec<Parsed> = sources.iter().map(parse::parse).collect();
    let mut wanted = TableSet::default();
    wanted.insert(Table::Violations);
    let contexts = BuildContexts::default();
    let documents = sources
        .iter()
        .map(|source| source.text.matches("\nkind:").count());
    let documents: usize = documents.sum();
    bencher.counter(ItemsCount::new(documents)).bench(|| {
        for (source, parsed) in sources.iter().zip(&parsed) {
            black_box(model::build(source, parsed, wanted, &contexts));
        }
    });
}

#[divan::bench]
fn parse_dockerfile(bencher: Bencher) {
    bench_parse(bencher, |kind| kind == Kind::Dockerfile);
}

/// Everything before a layer, done once.
struct Stage {
    catalogue: Catalogue,
    rules: CompiledRules,
    sources: Vec<Source>,
    parsed: Vec<Parsed>,
}

impl Stage {
    fn new() -> Self {
        let catalogue = rules::catalogue();
        let all: Vec<usize> = (0..catalogue.rules.len()).collect();
        let rules = CompiledRules::load(&catalogue, &all, &Settings::default())
            .expect("our own rules load");
        let sources = sources(|_| true);
        let parsed = sources.iter().map(parse::parse).collect();
        Self {
            catalogue,
            rules,
            sources,
            parsed,
        }
    }

    fn facts(&self) -> Vec<FileTables> {
        let files = self.sources.iter().zip(&self.parsed);
        let contexts = BuildContexts::default();
        let tables = self.rules.tables;
        let facts = files.map(|(source, parsed)| model::build(source, parsed, tables, &contexts));
        facts.collect()
    }

    fn diagnostics(&self, facts: &[FileTables]) -> Diagnostics {
        let files = Files { stage: self, facts };
        let batch: Vec<&FileTables> = facts.iter().collect();
        let raw = evaluate::evaluate(&self.rules, &batch, &mut |_, _, _| {});
        raw.iter()
            .filter_map(|raw| evaluate::diagnostic(&self.catalogue, raw, &files))
            .map(Box::new)
            .collect()
    }
}

struct Files<'a> {
    stage: &'a Stage,
    facts: &'a [FileTables],
}

impl<'a> Documents<'a> for Files<'a> {
    fn document(&self, file: FileId) -> Option<Document<'a>> {
        let file = file.index();
        Some(Document {
            source: self.stage.sources.get(file)?,
            parsed: self.stage.parsed.get(file)?,
            facts: self.facts.get(file)?,
        })
    }
}

/// Among the rows are the commands of all scripts: this is the shell parser's bench too.
#[divan::bench]
fn model(bencher: Bencher) {
    let stage = Stage::new();
    bencher
        .counter(ItemsCount::new(stage.sources.len()))
        .bench(|| stage.facts());
}

#[divan::bench]
fn load(bencher: Bencher) {
    let catalogue = rules::catalogue();
    let all: Vec<usize> = (0..catalogue.rules.len()).collect();
    bencher.bench(|| CompiledRules::load(&catalogue, &all, &Settings::default()));
}

#[divan::bench]
fn evaluate(bencher: Bencher) {
    let stage = Stage::new();
    let facts = stage.facts();
    bencher
        .counter(ItemsCount::new(stage.sources.len()))
        .bench(|| stage.diagnostics(&facts));
}

#[divan::bench(args = ["text", "json", "sarif", "github"])]
fn report(bencher: Bencher, format: &str) {
    let format: Format = format.parse().expect("the words are those of the formats");
    let stage = Stage::new();
    let mut diagnostics = stage.diagnostics(&stage.facts());
    fingerprints(&mut diagnostics, &|_| None);
    let count = diagnostics.len();
    let sources: BTreeMap<_, _> = stage
        .sources
        .into_iter()
        .map(|source| (source.id(), Arc::new(source)))
        .collect();
    let report = Report {
        files: sources.len(),
        diagnostics: &diagnostics,
        rules: &stage.catalogue.rules,
        sources: &sources,
        show_suppressed: false,
        test_data: report::LeftOut::default(),
        owners: None,
    };
    bencher
        .counter(ItemsCount::new(count))
        .bench(|| report::write(&report, format, Style::default(), &mut io::sink()));
}
