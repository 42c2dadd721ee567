//! Overlays, patches and what lies elsewhere.

use super::*;

#[test]
fn overlays_are_judged_and_bases_are_not() {
    let base = "resources: [web.yaml]\n";
    let tagged = "resources: [../base]\nimages:\n  - name: example.com/web\n    newTag: 1.2.3\n";
    let files = |dev: &str| {
        folder(&[
            ("base/kustomization.yaml", base),
            ("base/web.yaml", BASE),
            ("prod/kustomization.yaml", tagged),
            ("dev/kustomization.yaml", dev),
        ])
    };
    assert_eq!(found(files(tagged).path(), LATEST), [""; 0]);
    let message = "`example.com/web:latest` uses the tag `latest`, which changes with every push";
    let plain = files("resources: [../base]\n");
    assert_eq!(
        found(plain.path(), LATEST),
        [format!("base/web.yaml:15 {message}, in `dev`")]
    );
    let latest = files(&tagged.replace("1.2.3", "latest"));
    assert_eq!(
        found(latest.path(), LATEST),
        [format!("dev/kustomization.yaml:4 {message}")]
    );
    // What all overlays lack names none.
    let shown = found(plain.path(), MEMORY);
    assert_eq!(
        shown,
        [
            "base/web.yaml:14 container `web` has no memory limit, so it can use up the node's memory"
        ]
    );
}

#[test]
fn what_a_patch_takes_away_is_shown_at_the_patch() {
    let base = format!("{BASE}          resources:\n            limits: {{memory: 1Gi}}\n");
    let patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          resources: null\n";
    let folder = folder(&[
        (
            "kustomization.yaml",
            "resources: [web.yaml]\npatches:\n  - path: patch.yaml\n",
        ),
        ("web.yaml", &base),
        ("patch.yaml", patch),
    ]);
    assert_eq!(
        found(folder.path(), MEMORY),
        ["patch.yaml:10 container `web` has no memory limit, so it can use up the node's memory"]
    );
}

#[test]
fn an_incomplete_build_is_silent_about_what_may_be_elsewhere() {
    let remote = "resources:\n  - https://example.com/app.yaml\npatches:\n  - path: patch.yaml\n";
    let patch =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n";
    let folder = folder(&[("kustomization.yaml", remote), ("patch.yaml", patch)]);
    assert_eq!(found(folder.path(), "kubernetes,kustomize"), [""; 0]);
}

#[test]
fn what_one_overlay_takes_away_stays_at_its_patch() {
    let base = format!(
        "{BASE}          resources:\n            requests: {{cpu: 1, memory: 1Gi}}\n            limits: {{}}\n"
    );
    let patch = "- op: remove\n  path: /spec/template/spec/containers/0/resources/requests\n";
    let folder = folder(&[
        ("base/kustomization.yaml", "resources: [web.yaml]\n"),
        ("base/web.yaml", &base),
        ("a/kustomization.yaml", "resources: [../base]\n"),
        (
            "b/kustomization.yaml",
            "resources: [../base]\npatches:\n  - path: patch.yaml\n    target: {kind: Deployment}\n",
        ),
        ("b/patch.yaml", patch),
    ]);
    let rules = "kubernetes/missing-memory-limit,kubernetes/missing-memory-request";
    let shown = found(folder.path(), rules);
    let memory = |place: &str| {
        let mut lines = shown.iter();
        lines.any(|line| line.starts_with(place) && line.contains("memory"))
    };
    assert!(
        memory("base/web.yaml:") && memory("b/patch.yaml:"),
        "{shown:?}"
    );
    let base = shown
        .iter()
        .find(|line| line.starts_with("base/web.yaml:") && line.contains("memory"));
    assert!(!base.unwrap().contains("request"), "{shown:?}");
}
