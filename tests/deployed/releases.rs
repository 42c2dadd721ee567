//! What other files of the repository say of how charts and kustomizations are deployed.

use super::*;

const SELECTOR: &str = "kubernetes/selector-mismatch";
const TAGGED: &str = "image:\n  tag: \"{{ .StateValues.WEB_TAG }}\"\nresources:\n  limits: {memory: {{ if eq .Environment.Name \"prod\" }}1Gi{{ else }}1Gi{{ end }}}\n";
const HELMFILE: &str = "environments:\n  prod: {}\n---\nhelmDefaults:\n  kubeContext: {{ .Environment.Name }}\nreleases:\n  - name: shop\n    namespace: shop\n    chart: ../chart\n    values:\n      - ./web.yaml.gotmpl\n";

#[test]
fn templates_of_values_are_read_as_far_as_they_are_known() {
    let folder = chart(&[
        (".git/HEAD", ""),
        ("deploy/helmfile.yaml.gotmpl", HELMFILE),
        ("deploy/web.yaml.gotmpl", TAGGED),
    ]);
    // The tag is not known, the memory limit is, and the shell of the chart is off.
    let shown = found(folder.path(), LATEST);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(
        shown[0].starts_with("chart/templates/web.yaml:"),
        "{shown:?}"
    );
    let shown = found(folder.path(), MEMORY);
    assert!(
        shown.iter().all(|line| !line.contains("values.yaml")),
        "{shown:?}"
    );
    // What a branch writes is what one of the environments has.
    let edge = TAGGED.replace("\"{{ .StateValues.WEB_TAG }}\"", "latest");
    let folder = chart(&[
        (".git/HEAD", ""),
        ("deploy/helmfile.yaml.gotmpl", HELMFILE),
        ("deploy/web.yaml.gotmpl", &edge),
    ]);
    let shown = found(folder.path(), LATEST);
    assert!(
        shown
            .iter()
            .any(|line| line.starts_with("deploy/web.yaml.gotmpl:2 ")),
        "{shown:?}"
    );
}

#[test]
fn values_that_nobody_can_read_leave_those_of_the_chart_open() {
    let absent = HELMFILE.replace("./web.yaml.gotmpl", "secrets://web.yaml");
    let released = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec:\n  chart: {spec: {chart: ./chart}}\n  valuesFrom: [{kind: Secret, name: web}]\n";
    let terraform = "resource \"helm_release\" \"web\" {\n  name  = \"web\"\n  chart = \"../chart\"\n  values = [var.values]\n}\n";
    for (path, text) in [
        ("deploy/helmfile.yaml", absent.as_str()),
        ("deploy/web.yaml", released),
        ("deploy/main.tf", terraform),
    ] {
        let folder = chart(&[(".git/HEAD", ""), (path, text)]);
        let shown = found(folder.path(), LATEST);
        assert_eq!(shown.len(), 1, "{path}: {shown:?}");
        assert!(
            shown[0].starts_with("chart/templates/"),
            "{path}: {shown:?}"
        );
    }
}

#[test]
fn values_that_a_release_writes_out_are_over_those_of_the_chart() {
    let application = |values: &str| {
        format!(
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: web}}\nspec:\n  source:\n    path: chart\n    helm:\n{values}"
        )
    };
    for values in [
        "      valuesObject: {image: {tag: 1.2.3}}\n",
        "      values: |\n        image:\n          tag: 1.2.3\n",
        "      parameters: [{name: image.tag, value: 1.2.3}]\n",
    ] {
        let text = application(values);
        let folder = chart(&[(".git/HEAD", ""), ("apps/web.yaml", &text)]);
        let shown = found(folder.path(), LATEST);
        assert_eq!(shown.len(), 1, "{values}: {shown:?}");
        // The memory limit stays what the chart says.
        let shown = found(folder.path(), MEMORY);
        assert!(shown[0].starts_with("chart/values.yaml:5 "), "{shown:?}");
    }
}

#[test]
fn a_chart_is_called_as_its_release_is() {
    let template = DEPLOYMENT
        .replace(
            "matchLabels: {app: web}",
            "matchLabels: {app: {{ .Release.Name }}}",
        )
        .replace("labels: {app: web}", "labels: {app: {{ .Chart.Name }}}");
    let named = |name: &str| {
        HELMFILE
            .replace("name: shop", name)
            .replace("      - ./web.yaml.gotmpl\n", "")
    };
    let count = |more: &[(&str, &str)]| {
        let mut files = vec![(".git/HEAD", ""), ("chart/templates/web.yaml", &*template)];
        files.extend(more);
        found(chart(&files).path(), SELECTOR).len()
    };
    let (same, other) = (named("name: web"), named("name: shop"));
    assert_eq!(count(&[("deploy/helmfile.yaml.gotmpl", &same)]), 0);
    assert_eq!(count(&[("deploy/helmfile.yaml.gotmpl", &other)]), 1);
    assert_eq!(count(&[]), 1);
}

const FLUX: &str = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: web}\nspec:\n  path: ./app\n  sourceRef: {kind: GitRepository, name: r}\n";

#[test]
fn what_flux_adds_is_part_of_what_is_built() {
    let added = "  images:\n    - name: example.com/web\n      newTag: 1.2.3\n  patches:\n    - target: {kind: Deployment}\n      patch: |\n        apiVersion: apps/v1\n        kind: Deployment\n        metadata:\n          name: all\n        spec:\n          template:\n            spec:\n              containers:\n                - name: web\n                  resources: {limits: {memory: 1Gi}}\n                  securityContext:\n                    privileged: true\n    - target: {kind: CronJob}\n      patch: |\n        - {op: remove, path: /spec/suspend}\n";
    let flux = format!("{FLUX}{added}");
    let folder = folder(&[
        (".git/HEAD", ""),
        ("app/kustomization.yaml", "resources: [web.yaml]\n"),
        ("app/web.yaml", BASE),
        ("flux/web.yaml", &flux),
    ]);
    let root = folder.path();
    assert_eq!(found(root, LATEST), [""; 0]);
    assert_eq!(found(root, MEMORY), [""; 0]);
    assert_eq!(found(root, "kustomize/unmatched-patch"), [""; 0]);
    let shown = found(root, "kubernetes/privileged-container");
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].starts_with("flux/web.yaml:24 "), "{shown:?}");
}

#[test]
fn variables_of_flux_have_their_values() {
    let base = BASE.replace("web:latest", "web:${TAG}");
    let build = |tag: &str| {
        let flux = format!("{FLUX}  postBuild:\n    substitute:\n      TAG: {tag}\n");
        let folder = folder(&[
            (".git/HEAD", ""),
            ("app/kustomization.yaml", "resources: [web.yaml]\n"),
            ("app/web.yaml", &base),
            ("flux/web.yaml", &flux),
        ]);
        found(folder.path(), LATEST)
    };
    assert_eq!(build("1.2.3"), [""; 0]);
    let shown = build("latest");
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].starts_with("app/web.yaml:15 "), "{shown:?}");
}

#[test]
fn what_argo_cd_adds_is_part_of_what_is_built() {
    let application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\nspec:\n  source:\n    path: app\n    kustomize:\n      images: ['example.com/web=example.com/web:1.2.3']\n      namePrefix: prod-\n";
    let folder = folder(&[
        (".git/HEAD", ""),
        ("app/kustomization.yaml", "resources: [web.yaml]\n"),
        ("app/web.yaml", BASE),
        ("apps/web.yaml", application),
    ]);
    assert_eq!(found(folder.path(), LATEST), [""; 0]);
}

#[test]
fn a_file_outside_the_folder_of_a_kustomization_is_built() {
    let folder = folder(&[
        (".git/HEAD", ""),
        (
            "app/kustomization.yaml",
            "resources: [../shared/web.yaml]\n",
        ),
        ("shared/web.yaml", BASE),
    ]);
    let shown = found(folder.path(), LATEST);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].starts_with("shared/web.yaml:15 "), "{shown:?}");
}
