//! What attackers may write into kustomizations ends in a refusal at a place, soon and in little memory.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hullmark::render::kustomize::build::Build;
use hullmark::render::kustomize::charts::{ChartRequest, Charts};
use hullmark::render::kustomize::engine::Engine;
use hullmark::render::kustomize::files::{Disk, Entry, Files};
use hullmark::render::kustomize::refusal::Refusal;
use hullmark::render::kustomize::tree::Content;
use hullmark::render::kustomize::tree::{Map, Node, Place};
use hullmark::span::Span;

/// Far above what a release build needs (a second), for debug builds on busy machines.
const PATIENCE: Duration = Duration::from_secs(60);

/// Files in memory.
#[derive(Default)]
struct Texts(BTreeMap<String, String>);

impl Texts {
    fn add(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }

    fn build(&self, folder: &str) -> Result<Build, Refusal> {
        let start = Instant::now();
        let built = Engine::new(self, None).build(folder);
        assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
        built
    }

    fn refusal(&self, folder: &str) -> Refusal {
        let refusal = self.build(folder).err().unwrap();
        assert!(refusal.at.is_some(), "{refusal}");
        refusal
    }
}

impl Files for Texts {
    fn entry(&self, path: &str) -> Option<Entry> {
        let real = path.to_owned();
        if self.0.contains_key(path) {
            let is_folder = false;
            return Some(Entry { is_folder, real });
        }
        let below = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        let mut after = self.0.range(below.clone()..);
        let is_folder = after.next().is_some_and(|(key, _)| key.starts_with(&below));
        is_folder.then_some(Entry { is_folder, real })
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let text = self.0.get(path).ok_or("is not there")?;
        Ok(text.clone().into_bytes())
    }

    fn inside(&self, _: &str) -> Option<String> {
        None
    }
}

const CONFIG_MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n";

fn texts(files: &[(&str, &str)]) -> Texts {
    let mut texts = Texts::default();
    for (path, text) in files {
        texts.add(*path, *text);
    }
    texts
}

#[test]
fn circles_are_told() {
    let component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";
    for files in [
        vec![("k/kustomization.yaml", "resources: [../k]")],
        vec![
            ("k/kustomization.yaml", "resources: [../]"),
            ("kustomization.yaml", "resources: [x]"),
        ],
        vec![
            ("k/kustomization.yaml", "resources: [../b]"),
            ("b/kustomization.yaml", "resources: [../k]"),
        ],
        vec![
            ("k/kustomization.yaml", "components: [../c]"),
            ("c/kustomization.yaml", "COMPONENT"),
        ],
    ] {
        let mut made = Texts::default();
        for (path, text) in files {
            let text = text.replace("COMPONENT", &format!("{component}components: [../c]"));
            made.add(path, text);
        }
        let refusal = made.refusal("k");
        assert!(refusal.message.starts_with("cycle"), "{refusal}");
    }
}

/// A base that was built for one root is not taken over by another root that lies in it.
#[test]
fn a_base_that_is_known_still_makes_no_circle() {
    let files = texts(&[
        ("kustomization.yaml", "resources: [c.yaml]"),
        ("c.yaml", CONFIG_MAP),
        ("m/kustomization.yaml", "resources: [../k]"),
        (
            "k/kustomization.yaml",
            "namePrefix: k-\nresources: [c.yaml]",
        ),
        ("k/c.yaml", CONFIG_MAP),
        ("o/kustomization.yaml", "resources: [../m]"),
        ("k/o/kustomization.yaml", "resources: [../../m]"),
    ]);
    let mut engine = Engine::new(&files, None);
    assert_eq!(engine.build("o").unwrap().objects.len(), 1);
    assert!(
        engine
            .build("k/o")
            .unwrap_err()
            .message
            .starts_with("cycle")
    );
    assert_eq!(engine.build("o").unwrap().objects.len(), 1);
}

#[test]
fn paths_do_not_lead_out() {
    for (text, want) in [
        ("resources: [../../../../etc/passwd]", "no file"),
        ("resources: [../x.yaml]", "outside"),
        ("resources: [/etc/passwd]", "no file"),
        (
            "configMapGenerator: [{name: a, files: [../x.yaml]}]",
            "outside",
        ),
        (
            "configMapGenerator: [{name: a, envs: [../../x.yaml]}]",
            "no file",
        ),
        ("patches: [{path: ../x.yaml}]", "outside"),
        ("components: [../../../..]", "no folder"),
        ("configurations: [../x.yaml]", "outside"),
        ("openapi: {path: ../x.yaml}\nresources: []", "outside"),
    ] {
        let files = texts(&[("k/kustomization.yaml", text), ("x.yaml", CONFIG_MAP)]);
        let refusal = files.refusal("k");
        assert!(refusal.message.contains(want), "{text}: {refusal}");
    }
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["repository/k", "repository/k/inner", "outside"] {
        fs::create_dir_all(path(name)).unwrap();
    }
    fs::write(path("outside/c.yaml"), CONFIG_MAP).unwrap();
    fs::write(path("outside/kustomization.yaml"), "resources: [c.yaml]").unwrap();
    fs::write(path("repository/k/inner/c.yaml"), CONFIG_MAP).unwrap();
    symlink(path("outside/c.yaml"), path("repository/k/far.yaml")).unwrap();
    symlink(
        path("repository/k/inner/c.yaml"),
        path("repository/k/near.yaml"),
    )
    .unwrap();
    symlink(path("outside"), path("repository/far")).unwrap();
    symlink(path("repository/k/loop"), path("repository/k/loop")).unwrap();
    let disk = Disk::new(&path("repository")).unwrap();
    for (text, is_built) in [
        ("resources: [near.yaml]", true),
        ("resources: [far.yaml]", false),
        ("resources: [../far]", false),
        ("resources: [loop]", false),
    ] {
        fs::write(path("repository/k/kustomization.yaml"), text).unwrap();
        let built = Engine::new(&disk, None).build("k");
        assert_eq!(built.is_ok(), is_built, "{text}");
    }
}

#[test]
fn many_overlays_of_one_base_cost_little_each() {
    let mut files = texts(&[("base/kustomization.yaml", "resources: [c.yaml]")]);
    let objects: String = (0..20)
        .map(|n| CONFIG_MAP.replace("name: a", &format!("name: a{n}")) + "---\n")
        .collect();
    files.add("base/c.yaml", objects);
    let folders: Vec<String> = (0..10_000).map(|n| format!("o{n}")).collect();
    for folder in &folders {
        let text = format!("namePrefix: {folder}-\nresources: [../base]");
        files.add(format!("{folder}/kustomization.yaml"), text);
    }
    let start = Instant::now();
    let mut engine = Engine::new(&files, None);
    let mut all = folders.clone();
    all.push("base".to_owned());
    assert_eq!(engine.roots(&all).len(), 10_000);
    for folder in &folders {
        assert_eq!(engine.build(folder).unwrap().objects.len(), 20);
    }
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
}

#[test]
fn many_entries_are_built() {
    let (mut files, mut list, mut patches) = (Texts::default(), String::new(), String::new());
    for n in 0..5_000 {
        files.add(
            format!("c{n}.yaml"),
            CONFIG_MAP.replace("name: a", &format!("name: a{n}")),
        );
        list.push_str(&format!("- c{n}.yaml\n"));
        patches.push_str(&format!(
            "- patch: '{{apiVersion: v1, kind: ConfigMap, metadata: {{name: a{n}}}, data: {{x: y}}}}'\n"
        ));
    }
    files.add(
        "kustomization.yaml",
        format!("resources:\n{list}patches:\n{patches}"),
    );
    assert_eq!(files.build("").unwrap().objects.len(), 5_000);
}

#[test]
fn towers_and_doublings_stop() {
    let mut tower = texts(&[("c.yaml", CONFIG_MAP)]);
    for n in 0..500 {
        tower.add(
            format!("k{n}/kustomization.yaml"),
            format!("resources: [../k{}]", n + 1),
        );
    }
    assert!(tower.refusal("k0").message.contains("stand on one another"));

    let mut doubling = texts(&[
        ("k40/kustomization.yaml", "resources: [c.yaml]"),
        ("k40/c.yaml", CONFIG_MAP),
    ]);
    for n in 0..40 {
        for side in ["l", "r"] {
            let text = format!("namePrefix: {side}-\nresources: [../k{}]", n + 1);
            doubling.add(format!("{side}{n}/kustomization.yaml"), text);
        }
        doubling.add(
            format!("k{n}/kustomization.yaml"),
            format!("resources: [../l{n}, ../r{n}]"),
        );
    }
    let message = doubling.refusal("k10").message;
    assert!(message.contains("more than 20000 objects"), "{message}");
}

#[test]
fn bombs_do_not_go_off() {
    let aliases = (1..40).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        text + &format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1)
    });
    let copies = "    - {op: copy, from: /data, path: /data/x}\n    - {op: copy, from: /data, path: /data/y}\n".repeat(30);
    let copies = format!(
        "resources: [c.yaml]\npatches:\n- target: {{kind: ConfigMap}}\n  patch: |\n{copies}"
    );
    let selves = "- source: {kind: ConfigMap, fieldPath: data}\n  targets:\n  - select: {kind: ConfigMap}\n    fieldPaths: [data.x, data.y]\n    options: {create: true}\n".repeat(40);
    let selves = format!("resources: [c.yaml]\nreplacements:\n{selves}");
    let deep = "[".repeat(100_000);
    let regex = "resources: [c.yaml]\npatches: [{target: {name: '((a{100}){100}){100}'}, patch: '- {op: remove, path: /data}'}]";
    for (text, want) in [
        (aliases.clone(), "too many"),
        (copies, "too large"),
        (selves, "too large"),
        (format!("resources: {deep}"), "limit"),
        (regex.to_owned(), "no regular expression"),
    ] {
        let files = texts(&[("kustomization.yaml", &text), ("c.yaml", CONFIG_MAP)]);
        let refusal = files.refusal("");
        assert!(refusal.message.contains(want), "{want}: {refusal}");
    }
    let resource = format!(
        "{CONFIG_MAP}x:\n{}",
        aliases.replace('\n', "\n  ").replacen("a0", "  a0", 1)
    );
    let files = texts(&[
        ("kustomization.yaml", "resources: [c.yaml]"),
        ("c.yaml", &resource),
    ]);
    assert!(files.build("").is_err());
}

#[test]
fn long_lists_that_merge_by_key_are_refused() {
    let ports: String = (0..10_000)
        .map(|n| format!("    - {{name: p{n}, port: {n}}}\n"))
        .collect();
    let service =
        format!("apiVersion: v1\nkind: Service\nmetadata: {{name: s}}\nspec:\n    ports:\n{ports}");
    let patch = "patches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 1}]}}'}]";
    let text = format!("resources: [s.yaml]\n{patch}");
    let files = texts(&[("kustomization.yaml", &text), ("s.yaml", &service)]);
    assert!(files.refusal("").message.contains("elements"));
}

/// A chart's engine that gives one object, at the first bytes of the chart's file.
struct OneObject;

impl Charts for OneObject {
    fn render(
        &self,
        request: &ChartRequest,
        number: &mut dyn FnMut(&str) -> Option<u32>,
    ) -> Result<Vec<Arc<Node>>, String> {
        let file = number(&format!("{}/Chart.yaml", request.folder)).ok_or("has no Chart.yaml")?;
        let span = Span::new(0, 4);
        let at = Place { file, span };
        let object = |fields: &[(&str, Node)]| {
            let mut map = Map::default();
            for (key, node) in fields {
                map.insert(key, at, Arc::new(node.clone()));
            }
            Node::new(Content::Map(map), at)
        };
        let name = Node::text(request.release.as_str(), at);
        let namespace = Node::text(request.namespace.as_str(), at);
        let metadata = object(&[("name", name), ("namespace", namespace)]);
        let (version, kind) = (Node::text("v1", at), Node::text("ConfigMap", at));
        let fields = [
            ("apiVersion", version),
            ("kind", kind),
            ("metadata", metadata),
        ];
        Ok(vec![Arc::new(object(&fields))])
    }
}

#[test]
fn charts_go_through_their_engine() {
    let text = "namespace: prod\nnamePrefix: p-\nhelmCharts:\n- {name: web, releaseName: rel}\n- {name: far, repo: 'https://example.invalid'}\n";
    let files = texts(&[
        ("kustomization.yaml", text),
        ("charts/web/Chart.yaml", "name: web\n"),
    ]);
    let mut engine = Engine::new(&files, Some(&OneObject));
    let build = engine.build("").unwrap();
    assert_eq!(build.missing.len(), 1, "{:?}", build.missing);
    let name = build.objects[0]
        .root
        .at_path(&["metadata", "name"])
        .unwrap();
    assert_eq!(name.as_str(), Some("p-rel"));
    let namespace = build.objects[0]
        .root
        .at_path(&["metadata", "namespace"])
        .unwrap();
    assert_eq!(namespace.as_str(), Some("prod"));
    let source = engine.loader().source(namespace.at.file).unwrap();
    assert_eq!(&*source.path, "charts/web/Chart.yaml");
}

/// Where something is missing, patches and entries may be for that.
#[test]
fn what_may_be_for_the_missing_is_no_fault() {
    let text = "resources: ['https://example.invalid/x.yaml', c.yaml]\nreplicas: [{name: far, count: 2}]\npatches: [{patch: '{apiVersion: v1, kind: Secret, metadata: {name: far}}'}]\nconfigMapGenerator: [{name: far, behavior: merge, literals: [a=b]}]\nvars: [{name: V, objref: {kind: Secret, name: far, apiVersion: v1}}]\nreplacements: [{source: {kind: Secret, name: far}, targets: [{select: {kind: ConfigMap}}]}]\n";
    let files = texts(&[("kustomization.yaml", text), ("c.yaml", CONFIG_MAP)]);
    let build = files.build("").unwrap();
    assert_eq!((build.objects.len(), build.missing.len()), (1, 1));
    assert!(build.missing[0].at.is_some());
}

/// What a build reads is checked in it, not by itself.
#[test]
fn files_that_are_read_are_told() {
    let text = "resources: [c.yaml, ../base]\nconfigMapGenerator: [{name: g, files: [f.txt], envs: [e.env]}]\npatches: [{path: p.yaml}]\nconfigurations: [n.yaml]\n";
    let files = texts(&[
        ("k/kustomization.yaml", text),
        ("k/c.yaml", CONFIG_MAP),
        ("k/f.txt", "x"),
        ("k/e.env", "A=b"),
        ("k/p.yaml", CONFIG_MAP),
        ("k/n.yaml", "images: []"),
        ("k/unread.yaml", CONFIG_MAP),
        (
            "base/kustomization.yaml",
            "namePrefix: x-\nresources: [d.yaml]",
        ),
        (
            "base/d.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata: {name: d}\n",
        ),
    ]);
    let mut engine = Engine::new(&files, None);
    let build = engine.build("k").unwrap();
    let path = |file: &u32| engine.loader().source(*file).unwrap().path.to_string();
    let mut paths: Vec<String> = build.files.iter().map(path).collect();
    paths.sort();
    let want = [
        "base/d.yaml",
        "base/kustomization.yaml",
        "k/c.yaml",
        "k/e.env",
        "k/f.txt",
        "k/kustomization.yaml",
        "k/n.yaml",
        "k/p.yaml",
    ];
    assert_eq!(paths, want);
}

#[test]
fn roots_are_what_no_other_names() {
    let component =
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: x-\n";
    let files = texts(&[
        ("base/kustomization.yaml", "resources: [c.yaml]"),
        ("base/c.yaml", CONFIG_MAP),
        (
            "a/kustomization.yaml",
            "resources: [../base]\ncomponents: [../comp]",
        ),
        ("b/kustomization.yml", "bases: [../base]"),
        ("comp/kustomization.yaml", component),
        ("alone/kustomization.yaml", component),
        ("broken/kustomization.yaml", "foo: bar"),
        ("x/kustomization.yaml", "resources: [../y]"),
        ("y/kustomization.yaml", "resources: [../x]"),
    ]);
    let all = ["base", "a", "b", "comp", "alone", "broken", "x", "y"].map(str::to_owned);
    let roots = Engine::new(&files, None).roots(&all);
    assert_eq!(roots, ["a", "b", "broken", "x"]);
}
