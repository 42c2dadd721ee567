//! Charts and kustomizations are judged as what they become, and each finding stands in a file that somebody wrote.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A chart whose container takes what values.yaml says.
const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-web
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"
          {{- with .Values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
      {{- if .Values.debugShell.enabled }}
        - name: shell
          image: busybox:latest
      {{- end }}
";
const VALUES: &str = "\
replicas: 2
image:
  repository: example.com/web
  tag: latest
resources: {}
debugShell:
  enabled: false
";
const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

/// A base without resources, and its kustomization.
const BASE: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: example.com/web:latest
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn chart(more: &[(&str, &str)]) -> TempDir {
    let mut files = vec![
        ("chart/Chart.yaml", CHART),
        ("chart/values.yaml", VALUES),
        ("chart/templates/web.yaml", DEPLOYMENT),
    ];
    for (path, text) in more {
        files.retain(|(known, _)| known != path);
        files.push((path, text));
    }
    folder(&files)
}

/// The findings of some rules: `path:line message`, those that are suppressed left out.
fn found(folder: &Path, rules: &str) -> Vec<String> {
    let report = report(folder, rules);
    let findings = report["findings"].as_array().unwrap().iter();
    let shown = findings.map(|finding| {
        let (path, line) = (&finding["path"], &finding["start"]["line"]);
        format!(
            "{}:{line} {}",
            path.as_str().unwrap(),
            finding["message"].as_str().unwrap()
        )
    });
    shown.collect()
}

fn report(folder: &Path, rules: &str) -> Value {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .current_dir(folder)
        .args([
            "check",
            "--isolated",
            "--select",
            rules,
            "--format",
            "json",
            "--exit-zero",
            ".",
        ])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// `path:line` of the findings of a rule in what is named alone.
fn found_in(folder: &Path, rule: &str, arguments: &[&str]) -> Vec<String> {
    let fixed = ["check", "--isolated", "--format", "json", "--exit-zero"];
    let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .current_dir(folder)
        .args(fixed)
        .args(["--select", rule])
        .args(arguments)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let shown = findings.map(|finding| {
        let (path, line) = (&finding["path"], &finding["start"]["line"]);
        format!("{}:{line}", path.as_str().unwrap())
    });
    shown.collect()
}

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
    assert_eq!(check(&beside, &["web.yaml"]), ["web.yaml:22"]);
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

const LATEST: &str = "image/latest-tag";
const MEMORY: &str = "kubernetes/missing-memory-limit";

#[test]
fn a_value_is_blamed_and_the_template_that_puts_it_in_is_named() {
    let folder = chart(&[]);
    let shown = found(folder.path(), LATEST);
    assert_eq!(
        shown[1],
        "chart/values.yaml:4 `example.com/web:latest` uses the tag `latest`, which changes with every push"
    );
    let report = report(folder.path(), LATEST);
    let related = &report["findings"][1]["related"][0];
    assert_eq!(related["path"], "chart/templates/web.yaml");
    assert_eq!(related["start"]["line"], 15);
    assert_eq!(related["message"], "put in here");
}

#[test]
fn what_is_absent_is_shown_at_the_empty_value_that_left_it_out() {
    let folder = chart(&[]);
    let shown = found(folder.path(), MEMORY);
    assert_eq!(
        shown[0],
        "chart/values.yaml:5 container `web` has no memory limit, so it can use up the node's memory"
    );
    let without = VALUES.replace("resources: {}\n", "");
    let folder = chart(&[("chart/values.yaml", &without)]);
    let shown = found(folder.path(), MEMORY);
    assert_eq!(
        shown,
        [
            "chart/templates/web.yaml:16 container `web` has no memory limit, so it can use up the node's memory"
        ]
    );
}

#[test]
fn a_file_of_values_that_mends_a_fault_is_quiet_and_one_that_makes_one_is_named() {
    let mends = "image: {tag: 1.2.3}\nresources: {limits: {memory: 1Gi}}\n";
    let makes = "image:\n  tag: latest\n";
    let fixed = VALUES.replace("tag: latest", "tag: 1.2.3");
    let folder = chart(&[
        ("chart/values.yaml", &fixed),
        ("chart/values-prod.yaml", mends),
        ("chart/ci/edge-values.yaml", makes),
    ]);
    let shown = found(folder.path(), LATEST);
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert_eq!(
        shown[0],
        "chart/ci/edge-values.yaml:2 `example.com/web:latest` uses the tag `latest`, which changes with every push, with `ci/edge-values.yaml`"
    );
}

#[test]
fn what_is_switched_off_is_found_one_severity_lower() {
    let folder = chart(&[]);
    let report = report(folder.path(), LATEST);
    let findings = report["findings"].as_array().unwrap();
    let off = findings
        .iter()
        .find(|finding| finding["path"] == "chart/templates/web.yaml")
        .unwrap();
    assert_eq!(off["severity"], "info");
    let message = off["message"].as_str().unwrap();
    assert!(
        message.ends_with("with every `false` of the values set to `true`"),
        "{message}"
    );
    assert_eq!(findings.len(), 2);
}

#[test]
fn fingerprints_do_not_depend_on_files_of_values() {
    let print = |more: &[(&str, &str)]| {
        let report = report(chart(more).path(), MEMORY);
        report["findings"][0]["fingerprint"].clone()
    };
    let one = print(&[]);
    assert_eq!(one, print(&[("chart/values-a.yaml", "replicas: 3\n")]));
    assert_eq!(
        one,
        print(&[("chart/values.yaml", &format!("# more\n{VALUES}"))])
    );
}

#[test]
fn comments_in_templates_values_and_patches_suppress() {
    let value = VALUES.replace(
        "  tag: latest",
        "  # hullmark: ignore[image/latest-tag]\n  tag: latest",
    );
    let off = VALUES.replace("debugShell:\n  enabled: false\n", "debugShell: {}\n");
    let value = value.replace("debugShell:\n  enabled: false\n", "debugShell: {}\n");
    let yaml = DEPLOYMENT.replace(
        "          image: \"{{",
        "          # hullmark: ignore[image/latest-tag]\n          image: \"{{",
    );
    for more in [
        [
            ("chart/values.yaml", value.as_str()),
            ("chart/templates/web.yaml", DEPLOYMENT),
        ],
        [
            ("chart/values.yaml", off.as_str()),
            ("chart/templates/web.yaml", yaml.as_str()),
        ],
    ] {
        assert_eq!(found(chart(&more).path(), LATEST), [""; 0]);
    }
    let literal = DEPLOYMENT.replace(
        "          image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"",
        "          {{/* hullmark: ignore[image/latest-tag] */}}\n          image: web:latest",
    );
    let more = [
        ("chart/values.yaml", off.as_str()),
        ("chart/templates/web.yaml", literal.as_str()),
    ];
    assert_eq!(found(chart(&more).path(), LATEST), [""; 0]);
    let patch = "spec:\n  template:\n    spec:\n      containers:\n        - name: web\n          # hullmark: ignore[image/latest-tag]\n          image: web:latest\n";
    let patch = format!("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n{patch}");
    let folder = folder(&[
        (
            "kustomization.yaml",
            "resources: [web.yaml]\npatches:\n  - path: patch.yaml\n",
        ),
        ("web.yaml", BASE),
        ("patch.yaml", &patch),
    ]);
    assert_eq!(found(folder.path(), LATEST), [""; 0]);
}

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
fn a_chart_that_does_not_render_is_judged_as_before() {
    let broken = chart(&[("chart/values.yaml", "a: [\n")]);
    assert_eq!(found(broken.path(), "kubernetes,image,helm"), [""; 0]);
}

#[test]
fn hostile_kustomizations_cost_themselves_alone() {
    let outside = folder(&[("secret.yaml", BASE)]);
    let path = outside.path().join("secret.yaml");
    let escape = format!(
        "resources:\n  - {}\n  - ../../../../../../etc/passwd\n",
        path.display()
    );
    let folder = folder(&[
        ("a/kustomization.yaml", "resources: [../b]\n"),
        ("b/kustomization.yaml", "resources: [../a]\n"),
        ("self/kustomization.yaml", "resources: [.]\n"),
        ("out/kustomization.yaml", &escape),
        ("bomb/kustomization.yaml", &"[".repeat(50_000)),
        ("good/kustomization.yaml", "resources: [web.yaml]\n"),
        ("good/web.yaml", BASE),
    ]);
    #[cfg(unix)]
    {
        fs::create_dir_all(folder.path().join("link")).unwrap();
        std::os::unix::fs::symlink(&path, folder.path().join("link/web.yaml")).unwrap();
        fs::write(
            folder.path().join("link/kustomization.yaml"),
            "resources: [web.yaml]\n",
        )
        .unwrap();
    }
    let shown = found(folder.path(), LATEST);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].starts_with("good/web.yaml:15 "));
}

#[test]
fn hostile_charts_cost_themselves_alone() {
    let folder = chart(&[
        ("loop/Chart.yaml", CHART),
        (
            "loop/templates/a.yaml",
            "{{ define \"x\" }}{{ include \"x\" . }}{{ end }}{{ include \"x\" . }}",
        ),
        ("wide/Chart.yaml", CHART),
        (
            "wide/templates/a.yaml",
            "{{ range until 100000000 }}a: 1\n{{ end }}",
        ),
        ("deep/Chart.yaml", CHART),
        ("deep/templates/a.yaml", &"{{ if true }}".repeat(5_000)),
        (
            "own/Chart.yaml",
            "apiVersion: v2\nname: own\nversion: 1.0.0\ndependencies:\n  - {name: own, version: 1.0.0, repository: \"file://.\"}\n",
        ),
        ("own/templates/a.yaml", "a: 1\n"),
        ("odd/Chart.yaml", "- 1\n"),
    ]);
    let shown = found(folder.path(), LATEST);
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(shown[1].starts_with("chart/values.yaml:4 "), "{shown:?}");
}

#[test]
fn many_overlays_of_one_base_are_one_finding() {
    let folder = folder(&[
        ("base/kustomization.yaml", "resources: [web.yaml]\n"),
        ("base/web.yaml", BASE),
    ]);
    for number in 0..300 {
        let overlay = folder.path().join(format!("overlays/{number}"));
        fs::create_dir_all(&overlay).unwrap();
        fs::write(
            overlay.join("kustomization.yaml"),
            "resources: [../../base]\n",
        )
        .unwrap();
    }
    let shown = found(folder.path(), LATEST);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].ends_with("with every push"));
}

#[test]
fn switches_of_missing_dependencies_stay_off_and_the_others_are_tried() {
    let values = format!("{VALUES}cache:\n  enabled: false\nbroken: false\n");
    let metadata = format!(
        "{CHART}dependencies:\n  - {{name: cache, version: 1.0.0, repository: https://example.com, condition: cache.enabled}}\n"
    );
    let template = format!(
        "{DEPLOYMENT}{{{{- if .Values.cache.enabled }}}}\nx: {{{{ .Values.cache.master.port }}}}\n{{{{- end }}}}\n{{{{- if .Values.broken }}}}\nx: {{{{ .Values.a.b.c }}}}\n{{{{- end }}}}\n"
    );
    let folder = chart(&[
        ("chart/values.yaml", &values),
        ("chart/Chart.yaml", &metadata),
        ("chart/templates/web.yaml", &template),
    ]);
    let shown = found(folder.path(), LATEST);
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(
        shown[0].starts_with("chart/templates/web.yaml:22 "),
        "{shown:?}"
    );
}

#[test]
fn members_of_a_family_are_one_finding_that_names_its_values() {
    let template = DEPLOYMENT.replace(
        "          {{- with .Values.resources }}\n          resources:\n            {{- toYaml . | nindent 12 }}\n          {{- end }}\n",
        "          resources:\n            {{- with .Values.limits }}\n            limits: {{ toYaml . | nindent 14 }}\n            {{- end }}\n            requests: {}\n",
    );
    assert_ne!(template, DEPLOYMENT);
    let values = VALUES.replace("resources: {}", "limits: {}");
    let folder = chart(&[
        ("chart/values.yaml", &values),
        ("chart/templates/web.yaml", &template),
    ]);
    let resources = |folder: &TempDir| -> Vec<String> {
        let all = found(folder.path(), "kubernetes");
        let about = all.into_iter();
        about.filter(|line| line.contains("memory limit")).collect()
    };
    let shown = resources(&folder);
    let web: Vec<&String> = shown.iter().filter(|line| line.contains("`web`")).collect();
    assert_eq!(web.len(), 1, "{shown:?}");
    assert!(web[0].starts_with("chart/values.yaml:5 "), "{shown:?}");
    assert!(
        web[0].contains(" or ") && !web[0].contains(", with"),
        "{shown:?}"
    );
    let values = values.replace("limits: {}", "limits: {memory: 1Gi, cpu: 1}");
    let folder = chart(&[
        ("chart/values.yaml", &values),
        (
            "chart/templates/web.yaml",
            &template.replace("requests: {}", "requests: {cpu: 1, memory: 1Gi}"),
        ),
        (
            "chart/ci/x-values.yaml",
            "limits: null\ndebugShell: {enabled: true}\n",
        ),
    ]);
    let shown = resources(&folder);
    let shell: Vec<&String> = shown
        .iter()
        .filter(|line| line.contains("`shell`"))
        .collect();
    assert_eq!(shell.len(), 1, "{shown:?}");
    assert!(shell[0].ends_with(", with `ci/x-values.yaml`"), "{shown:?}");
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
    let expected = [
        "base/kustomization.yaml:2",
        "kustomization.yaml:2",
        "kustomization.yaml:3",
        "kustomization.yaml:6",
    ];
    assert_eq!(places, expected, "{shown:?}");
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

#[test]
fn what_one_set_of_values_makes_is_not_deployed_beside_another() {
    let scaler = "\
{{- if .Values.scaler.enabled }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ .Release.Name }}-web}
  minReplicas: 2
  maxReplicas: 4
{{- end }}
";
    let values = VALUES.replace("replicas: 2", "replicas: 1") + "scaler: {enabled: false}\n";
    let chart = chart(&[
        ("chart/templates/scaler.yaml", scaler),
        ("chart/values.yaml", &values),
    ]);
    let found = found(chart.path(), "kubernetes/single-replica");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("chart/values.yaml:1 "), "{found:?}");
    assert!(!found[0].contains(", with"), "{found:?}");
}

/// A packed chart: its files in a folder of its name.
fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut builder = tar::Builder::new(encoder);
    for (path, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder
            .append_data(&mut header, path, text.as_bytes())
            .unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

#[test]
fn packed_dependencies_are_rendered_with_the_values_of_their_parent() {
    let metadata = format!(
        "{CHART}dependencies:\n  - {{name: lib, version: 1.0.0, repository: https://example.com}}\n"
    );
    let values = format!("{VALUES}lib:\n  image: example.com/lib:latest\n");
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: lib}\nspec:\n  containers:\n    - name: lib\n      image: {{ .Values.image }}\n    - name: own\n      image: example.com/own:latest\n";
    let archive = packed(&[
        (
            "lib/Chart.yaml",
            "apiVersion: v2\nname: lib\nversion: 1.0.0\n",
        ),
        ("lib/values.yaml", "image: example.com/lib:1.0.0\n"),
        ("lib/templates/pod.yaml", pod),
        (
            "lib/templates/_name.tpl",
            "{{ define \"lib.name\" }}named{{ end }}",
        ),
    ]);
    let template = DEPLOYMENT.replace(
        "name: {{ .Release.Name }}-web",
        "name: {{ include \"lib.name\" . }}",
    );
    let folder = chart(&[
        ("chart/Chart.yaml", &metadata),
        ("chart/values.yaml", &values),
        ("chart/templates/web.yaml", &template),
    ]);
    fs::create_dir_all(folder.path().join("chart/charts")).unwrap();
    fs::write(folder.path().join("chart/charts/lib-1.0.0.tgz"), archive).unwrap();
    let shown = found(folder.path(), LATEST);
    let places: Vec<&str> = shown
        .iter()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let expected = [
        "chart/templates/web.yaml:22",
        "chart/values.yaml:4",
        "chart/values.yaml:9",
    ];
    assert_eq!(places, expected, "{shown:?}");
    assert_eq!(found(folder.path(), "helm"), [""; 0]);
}
