//! Files that are named alone are judged as part of what they are rendered into.

use super::*;

#[test]
fn a_file_of_a_chart_that_is_named_alone_is_judged_as_part_of_the_chart() {
    let folder = chart(&[(".git/HEAD", "")]);
    let root = folder.path();
    let check = |at: &Path, paths: &[&str]| found_in(at, LATEST, paths);
    let (values, template) = ("chart/values.yaml:4", "chart/templates/web.yaml:22");
    assert_eq!(check(root, &["."]), [template, values]);
    assert_eq!(check(root, &["chart/values.yaml"]), [values]);
    assert_eq!(check(root, &["chart/templates/web.yaml"]), [template]);
    assert_eq!(check(root, &["chart/templates"]), [template]);
    let both = ["chart/values.yaml", "chart/templates/web.yaml"];
    assert_eq!(check(root, &both), [template, values]);
    let beside = root.join("chart/templates");
    assert_eq!(check(&beside, &["web.yaml"]), [template]);
    assert_eq!(check(root, &["chart/Chart.yaml"]), [""; 0]);
    assert_eq!(check(root, &["chart/values.yaml", "--no-context"]), [""; 0]);
    assert_eq!(
        check(root, &["chart/templates/web.yaml", "--no-context"]),
        [""; 0]
    );
}

#[test]
fn what_an_editor_holds_of_a_file_of_values_is_rendered() {
    let folder = chart(&[(".git/HEAD", "")]);
    let check = |text: &str| {
        let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
            .current_dir(folder.path())
            .args([
                "check",
                "--isolated",
                "--select",
                LATEST,
                "--format",
                "concise",
                "-",
            ])
            .args(["--stdin-filename", "chart/values.yaml"])
            .write_stdin(text)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let moved = check(&format!("# more\n{VALUES}"));
    assert!(moved.starts_with("chart/values.yaml:5:"), "{moved}");
    assert!(moved.ends_with("in 1 file\n"), "{moved}");
    let fixed = check(&VALUES.replace("latest", "1.2.3"));
    assert!(fixed.starts_with("no findings"), "{fixed}");
}

#[test]
fn a_file_that_kustomizations_build_on_is_judged_as_what_they_build() {
    let tagged = "resources: [../base]\nimages:\n  - name: example.com/web\n    newTag: 1.2.3\npatches:\n  - path: safe.yaml\n";
    let patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, securityContext: {privileged: false}}]}}}\n";
    let privileged = format!("{BASE}          securityContext: {{privileged: true}}\n");
    let folder = folder(&[
        (".git/HEAD", ""),
        ("prod/safe.yaml", patch),
        ("dev/safe.yaml", patch),
        ("base/kustomization.yaml", "resources: [web.yaml]\n"),
        ("base/web.yaml", &privileged),
        ("prod/kustomization.yaml", tagged),
        ("dev/kustomization.yaml", &tagged.replace("1.2.3", "latest")),
        ("other/kustomization.yaml", "resources: [web.yaml]\n"),
        ("other/web.yaml", BASE),
    ]);
    let root = folder.path();
    let check = |paths: &[&str]| found_in(root, LATEST, paths);
    assert_eq!(check(&["base/web.yaml"]), [""; 0]);
    assert_eq!(check(&["base"]), [""; 0]);
    assert_eq!(
        check(&["dev/kustomization.yaml"]),
        ["dev/kustomization.yaml:4"]
    );
    assert_eq!(check(&["other/web.yaml"]), ["other/web.yaml:15"]);
    let rule = "kubernetes/privileged-container";
    assert_eq!(found_in(root, rule, &["base/web.yaml"]), [""; 0]);
}
