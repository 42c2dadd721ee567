//! Charts with their sets of values.

use super::*;

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
    assert_eq!(related["message"], "used here");
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
        ("chart/values-edge.yaml", makes),
    ]);
    let shown = found(folder.path(), LATEST);
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert_eq!(
        shown[1],
        "chart/values-edge.yaml:2 `example.com/web:latest` uses the tag `latest`, which changes with every push, with `values-edge.yaml`"
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
        message.ends_with(", with `debugShell.enabled: true`"),
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

#[test]
fn sets_of_values_have_nothing_to_do_with_one_another() {
    let scaler = "{{- if .Values.scaled }}\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ .Release.Name }}-web}\n  minReplicas: 2\n  maxReplicas: 4\n{{- end }}\n";
    let one = VALUES.replace("replicas: 2", "replicas: 1");
    let folder = chart(&[
        ("chart/values.yaml", &one),
        ("chart/templates/scaler.yaml", scaler),
        ("chart/ci/scaled-values.yaml", "scaled: \"yes\"\n"),
    ]);
    let shown = found(folder.path(), "kubernetes/single-replica");
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(
        shown[0].starts_with("chart/values.yaml:1 ") && !shown[0].contains(", with"),
        "{shown:?}"
    );
}
