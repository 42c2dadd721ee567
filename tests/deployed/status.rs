//! What is not rendered, and why.

use super::*;

#[test]
fn a_chart_that_does_not_render_is_judged_as_before() {
    let broken = chart(&[("chart/values.yaml", "a: [\n")]);
    assert_eq!(found(broken.path(), "kubernetes,image,helm"), [""; 0]);
}

#[test]
fn all_missing_files_of_a_kustomization_are_said() {
    let folder = folder(&[
        (
            "kustomization.yaml",
            "resources:\n  - a.yaml\n  - b\n  - base\npatches:\n  - path: p.yaml\n",
        ),
        ("base/kustomization.yaml", "resources:\n  - c.yaml\n"),
    ]);
    let shown = found(folder.path(), "kustomize/missing-file");
    let places: Vec<&str> = shown
        .iter()
        .filter_map(|line| line.split(' ').next())
        .collect();
    // Those of one kustomization are one finding.
    let expected = ["base/kustomization.yaml:2", "kustomization.yaml:2"];
    assert_eq!(places, expected, "{shown:?}");
    let names = "3 files that it lists do not exist: `a.yaml`, `b`, `p.yaml`";
    assert!(shown[1].ends_with(names), "{shown:?}");
}

#[test]
fn what_is_not_rendered_is_said() {
    let broken = chart(&[
        ("chart/templates/a.yaml", "a: 1\nb: {{ .Values.x.y }}\n"),
        ("fine/Chart.yaml", CHART),
        ("fine/templates/a.yaml", "a: 1\n"),
        ("k/kustomization.yaml", "resources: [none.yaml]\n"),
    ]);
    let run = |arguments: &[&str]| {
        let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
            .current_dir(broken.path())
            .args(["check", "--isolated"])
            .args(arguments)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    };
    let (_, said) = run(&["."]);
    assert!(
        said.starts_with(
            "hullmark: not rendered: the Helm chart `chart` (chart/templates/a.yaml:2: "
        ),
        "{said}"
    );
    assert!(
        said.contains("and 1 more; --show-files lists them"),
        "{said}"
    );
    let (listed, _) = run(&["--show-files"]);
    let line = |start: &str| {
        let mut lines = listed.lines();
        let line = lines.find(|line| line.starts_with(start)).unwrap();
        line[start.len()..].trim_start().to_owned()
    };
    assert!(
        line("chart/ ").starts_with("Helm chart, not rendered: chart/templates/a.yaml:2: "),
        "{listed}"
    );
    assert_eq!(line("fine/ "), "Helm chart", "{listed}");
    assert_eq!(
        line("fine/templates/a.yaml "),
        "part of a Helm chart",
        "{listed}"
    );
    assert!(
        line("k/ ").starts_with("kustomization, not rendered: k/kustomization.yaml:1: "),
        "{listed}"
    );
    let (listed, _) = run(&["--show-files", "--format", "json"]);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed["rendered"][0]["state"], "refused");
    assert_eq!(listed["rendered"][1]["state"], "rendered");
}
