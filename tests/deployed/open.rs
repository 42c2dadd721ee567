//! What a chart leaves to whoever installs it, and what is decided once.

use super::*;

/// The findings of a default run: `severity rule path:line message`.
fn by_default(folder: &Path) -> Vec<String> {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .current_dir(folder)
        .args([
            "check",
            "--isolated",
            "--format",
            "json",
            "--exit-zero",
            ".",
        ])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let shown = findings.map(|finding| {
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        format!(
            "{} {} {}:{} {}",
            text("severity"),
            text("rule"),
            text("path"),
            finding["start"]["line"],
            text("message")
        )
    });
    shown.collect()
}

fn of_rule(shown: &[String], rule: &str) -> Vec<String> {
    let of = format!(" {rule} ");
    let found = shown.iter().filter(|line| line.contains(&of));
    found.cloned().collect()
}

#[test]
fn what_the_values_leave_empty_makes_no_text_wrong() {
    let empty = VALUES.replace("example.com/web", "\"\"");
    let folder = chart(&[("chart/values.yaml", &empty)]);
    let shown = found(folder.path(), "image/invalid-reference");
    assert_eq!(shown, [""; 0]);
    let wrong = VALUES.replace("example.com/web", "Example.com/Web");
    let folder = chart(&[("chart/values.yaml", &wrong)]);
    let shown = found(folder.path(), "image/invalid-reference");
    assert_eq!(shown.len(), 1, "{shown:?}");
}

#[test]
fn what_a_chart_requires_is_not_empty() {
    let required = DEPLOYMENT.replace(
        "\"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"",
        "{{ required \"an image\" .Values.image.name }}",
    );
    let folder = chart(&[("chart/templates/web.yaml", &required)]);
    let shown = found(folder.path(), "kubernetes/empty-image");
    assert_eq!(shown, [""; 0]);
    let literal = DEPLOYMENT.replace(
        "\"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"",
        "\"\"",
    );
    let folder = chart(&[("chart/templates/web.yaml", &literal)]);
    let shown = found(folder.path(), "kubernetes/empty-image");
    assert_eq!(shown.len(), 1, "{shown:?}");
}

#[test]
fn replicas_and_resources_of_a_chart_are_those_of_its_user() {
    let one = VALUES.replace("replicas: 2", "replicas: 1");
    let folder = chart(&[("chart/values.yaml", &one)]);
    let shown = by_default(folder.path());
    let resources = of_rule(&shown, "kubernetes/missing-resources");
    assert!(resources.iter().all(|line| line.starts_with("info ")));
    let selected = found(folder.path(), "kubernetes/single-replica");
    assert_eq!(selected.len(), 1, "{selected:?}");
    // What the repository installs is its own.
    let release = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\nspec:\n  source: {repoURL: https://example.com/r.git, path: chart}\n";
    let folder = chart(&[("chart/values.yaml", &one), ("apps/web.yaml", release)]);
    let shown = by_default(folder.path());
    let resources = of_rule(&shown, "kubernetes/missing-resources");
    assert!(resources.iter().any(|line| line.starts_with("warning ")));
}

#[test]
fn a_comment_says_that_a_value_is_another_one_elsewhere() {
    let said = VALUES.replace("tag: latest", "tag: latest  # dummy, set by Argo CD");
    let folder = chart(&[("chart/values.yaml", &said)]);
    let shown = by_default(folder.path());
    let latest = of_rule(&shown, LATEST);
    assert!(
        latest.iter().all(|line| !line.contains("example.com/web")),
        "{latest:?}"
    );
}

#[test]
fn a_key_that_is_no_field_is_shown_where_the_key_is_written() {
    let level = DEPLOYMENT.replace(
        "    spec:\n      containers:",
        "    spec:\n      replicas: {{ .Values.replicas }}\n      containers:",
    );
    let folder = chart(&[("chart/templates/web.yaml", &level)]);
    let shown = found(folder.path(), "kubernetes/misplaced-field");
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(
        shown[0].starts_with("chart/templates/web.yaml:13 "),
        "{shown:?}"
    );
    // A mapping of the values has its keys there.
    let values = VALUES.replace("resources: {}", "resources: {limit: {memory: 1Gi}}");
    let folder = chart(&[("chart/values.yaml", &values)]);
    let shown = found(folder.path(), "kubernetes/unknown-field");
    assert!(shown[0].starts_with("chart/values.yaml:5 "), "{shown:?}");
}

#[test]
fn a_text_of_the_values_is_quoted_in_the_template() {
    let label = DEPLOYMENT.replace(
        "      labels: {app: web}\n    spec",
        "      labels:\n        app: web\n        build: {{ .Values.build }}\n    spec",
    );
    let values = format!("{VALUES}build: \"7\"\n");
    let folder = chart(&[
        ("chart/templates/web.yaml", &label),
        ("chart/values.yaml", &values),
    ]);
    let report = report(folder.path(), "kubernetes/non-string-value");
    let finding = &report["findings"][0];
    assert_eq!(finding["path"], "chart/templates/web.yaml");
    assert_eq!(finding["help"], "Write `{{ .Values.build | quote }}`.");
    assert_eq!(finding["related"][0]["path"], "chart/values.yaml");
}

#[test]
fn a_volume_that_a_choice_names_may_be_mounted() {
    let mounts = "          volumeMounts:\n            - {name: data, mountPath: /data}\n            {{- range .Values.files }}\n            - name: {{ ternary \"plain\" \"hidden\" .isPlain }}\n              mountPath: {{ .path }}\n            {{- end }}\n";
    let volumes = "      volumes:\n        - name: data\n          emptyDir: {}\n        - name: hidden\n          emptyDir: {}\n        - name: left\n          emptyDir: {}\n";
    let text = format!(
        "{}{volumes}",
        DEPLOYMENT.replace(
            "          {{- with .Values.resources }}",
            &format!("{mounts}          {{{{- with .Values.resources }}}}")
        )
    );
    let folder = chart(&[("chart/templates/web.yaml", &text)]);
    let shown = found(folder.path(), "kubernetes/unused-volume");
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].contains("`left`"), "{shown:?}");
}

#[test]
fn what_an_agent_takes_of_its_node_is_left_to_who_installs_it() {
    let agent = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent}\nspec:\n  selector: {matchLabels: {app: agent}}\n  template:\n    metadata: {labels: {app: agent}}\n    spec:\n      hostNetwork: true\n      containers: [{name: agent, image: \"example.com/agent:1.0.0\"}]\n";
    let folder = chart(&[("chart/templates/agent.yaml", agent)]);
    let shown = by_default(folder.path());
    assert_eq!(of_rule(&shown, "kubernetes/host-network"), [""; 0]);
    let selected = found(folder.path(), "kubernetes/host-network");
    assert_eq!(selected.len(), 1, "{selected:?}");
}

#[test]
fn what_workloads_take_in_the_same_words_is_one_finding_from_three_on() {
    let pod = |name: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec:\n  hostPID: true\n  containers: [{{name: a, image: \"example.com/a:1.0.0\"}}]\n"
        )
    };
    let two = [pod("a"), pod("b")].join("---\n");
    let three = [pod("a"), pod("b"), pod("c")].join("---\n");
    let rule = "kubernetes/host-pid";
    let folder = folder(&[("pods.yaml", &two)]);
    assert_eq!(of_rule(&by_default(folder.path()), rule).len(), 2);
    fs::write(folder.path().join("pods.yaml"), three).unwrap();
    let shown = of_rule(&by_default(folder.path()), rule);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(
        shown[0].ends_with("(like 2 more in this file)"),
        "{shown:?}"
    );
    assert_eq!(found(folder.path(), rule).len(), 3);
}

#[test]
fn the_same_wrong_field_in_several_files_is_one_error() {
    let pod = |name: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec:\n  descripton: x\n  containers: [{{name: a, image: \"example.com/a:1.0.0\"}}]\n"
        )
    };
    let (a, b, c) = (pod("a"), pod("b"), pod("c"));
    let rule = "kubernetes/unknown-field";
    let folder = folder(&[("a.yaml", &a), ("b.yaml", &b)]);
    let shown = of_rule(&by_default(folder.path()), rule);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].ends_with("(and 1 more)"), "{shown:?}");
    assert_eq!(found(folder.path(), rule).len(), 2);
    fs::write(folder.path().join("c.yaml"), c).unwrap();
    let shown = of_rule(&by_default(folder.path()), rule);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].ends_with("(and 2 more)"), "{shown:?}");
}
