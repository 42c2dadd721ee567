//! Charts and kustomizations that are made to do harm.

use std::time::{Duration, Instant};

use super::*;

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
fn hostile_archives_are_dependencies_that_are_not_there() {
    let metadata = format!(
        "{CHART}dependencies:\n  - {{name: lib, version: 1.0.0, repository: https://example.com}}\n"
    );
    let zeros = "\0".repeat(4 << 20);
    let bomb: Vec<(&str, &str)> = ["a", "b", "c", "d", "e", "f", "g"]
        .iter()
        .map(|name| (*name, zeros.as_str()))
        .collect();
    let chart_of_itself = packed(&[(
        "lib/Chart.yaml",
        "apiVersion: v2\nname: lib\nversion: 1.0.0\n",
    )]);
    for archive in [
        packed(&bomb),
        b"no archive".to_vec(),
        chart_of_itself[..40].to_vec(),
    ] {
        let folder = chart(&[("chart/Chart.yaml", &metadata)]);
        fs::create_dir_all(folder.path().join("chart/charts")).unwrap();
        fs::write(folder.path().join("chart/charts/lib-1.0.0.tgz"), archive).unwrap();
        let begin = Instant::now();
        let shown = found(folder.path(), LATEST);
        assert!(begin.elapsed() < Duration::from_secs(5));
        assert!(shown[1].starts_with("chart/values.yaml:4 "), "{shown:?}");
    }
}

#[cfg(unix)]
#[test]
fn values_that_a_release_names_stay_in_the_repository() {
    let outside = folder(&[("values.yaml", "image:\n  tag: edge\n")]);
    let application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\nspec:\n  source:\n    path: chart\n    helm:\n      valueFiles: [../env/prod.yaml, ../../../../../../../../etc/passwd]\n";
    let folder = chart(&[(".git/HEAD", ""), ("apps/web.yaml", application)]);
    let root = folder.path();
    fs::create_dir_all(root.join("env")).unwrap();
    let named = root.join("env/prod.yaml");
    std::os::unix::fs::symlink(outside.path().join("values.yaml"), &named).unwrap();
    let shown = || found(root, LATEST);
    // What the release has is not known, so the chart's own tag is not judged.
    let template = |shown: &[String]| shown[0].starts_with("chart/templates/web.yaml:");
    assert!(shown().len() == 1 && template(&shown()), "{:?}", shown());
    fs::remove_file(&named).unwrap();
    fs::write(&named, "image:\n  tag: latest\n").unwrap();
    let with = shown();
    assert!(
        with.iter().any(|line| line.starts_with("env/prod.yaml:2 ")),
        "{with:?}"
    );
}
