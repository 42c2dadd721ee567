//! Charts and kustomizations are judged as what they become, and each finding stands in a file that somebody wrote.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

mod charts;
mod hostile;
mod kustomizations;
mod named;
mod open;
mod releases;
mod status;

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

const LATEST: &str = "image/latest-tag";
const MEMORY: &str = "kubernetes/missing-memory-limit";

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
