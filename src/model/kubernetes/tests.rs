//! Rows of small manifests.

use serde_json::Value;

use crate::model::table::{Table, TableSet};
use crate::model::{FileTables, build};
use crate::parse::parse;
use crate::sources::context::BuildContexts;
use crate::sources::{Kind, Source};
use crate::span::FileId;

fn facts(kind: Kind, text: &str) -> FileTables {
    let source = Source::new(FileId::default(), "deploy/app.yaml", kind, text);
    build(
        &source,
        &parse(&source),
        TableSet::ALL,
        &BuildContexts::default(),
    )
}

fn objects(tables: &FileTables, table: Table) -> Vec<Value> {
    tables
        .rows(table)
        .iter()
        .map(|row| row.json(&|at| Value::from(at.number())))
        .collect()
}

fn rows(text: &str, table: Table) -> Vec<Value> {
    objects(&facts(Kind::Kubernetes, text), table)
}

#[test]
fn every_kind_with_a_pod_template_is_a_workload() {
    let pod = "{containers: [{name: a, image: b}]}";
    for text in [
        format!("{{apiVersion: v1, kind: Pod, spec: {pod}}}"),
        format!("{{apiVersion: apps/v1, kind: Deployment, spec: {{template: {{spec: {pod}}}}}}}"),
        format!(
            "{{apiVersion: batch/v1, kind: CronJob, spec: {{jobTemplate: {{spec: {{template: {{spec: {pod}}}}}}}}}}}"
        ),
        format!(
            "{{apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {{template: {{spec: {pod}}}}}}}"
        ),
        format!(
            "{{apiVersion: serving.knative.dev/v1, kind: Service, spec: {{template: {{spec: {pod}}}}}}}"
        ),
        format!("{{apiVersion: v1, kind: PodTemplate, template: {{spec: {pod}}}}}"),
        format!(
            "{{apiVersion: x/v1, kind: Training, spec: {{replicas: [{{template: {{spec: {pod}}}}}]}}}}"
        ),
        format!(
            "{{apiVersion: v1, kind: List, items: [{{apiVersion: v1, kind: Pod, spec: {pod}}}]}}"
        ),
    ] {
        assert_eq!(rows(&text, Table::Workloads).len(), 1, "{text}");
        assert_eq!(rows(&text, Table::Containers).len(), 1, "{text}");
    }
}

#[test]
fn cloud_run_has_no_pods() {
    let spec = "spec: {template: {spec: {containers: [{image: b}]}}}";
    for text in [
        format!("{{apiVersion: run.googleapis.com/v1, kind: WorkerPool, {spec}}}"),
        format!(
            "{{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {{labels: {{cloud.googleapis.com/location: x}}}}, {spec}}}"
        ),
    ] {
        assert!(rows(&text, Table::Workloads).is_empty(), "{text}");
    }
}

#[test]
fn the_container_overrides_its_pod() {
    let text = "
apiVersion: v1
kind: Pod
metadata: {name: p, namespace: n}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 10, seccompProfile: {type: RuntimeDefault}}
  containers:
  - name: a
    image: b
    securityContext: {runAsNonRoot: false, runAsUser: \"${UID}\", capabilities: {add: [cap_sys_admin], drop: [all]}}
";
    let containers = rows(text, Table::Containers);
    let security = &containers[0]["security"];
    assert_eq!(security["runAsNonRoot"]["value"], Value::Bool(false));
    assert_eq!(security["runAsNonRoot"]["from"], Value::from("container"));
    assert_eq!(security["runAsUser"], Value::Null);
    assert_eq!(containers[0]["unknown"][0], Value::from("runAsUser"));
    assert_eq!(security["seccompProfile"]["from"], Value::from("pod"));
    assert_eq!(
        containers[0]["capabilities"]["add"][0]["name"],
        Value::from("SYS_ADMIN")
    );
    assert_eq!(containers[0]["capabilities"]["drop"][0], Value::from("ALL"));
    assert_eq!(
        facts(Kind::Kubernetes, text).resources[0].1.as_ref(),
        "Pod/n/p"
    );
}

#[test]
fn compose_builds_name_their_dockerfile() {
    let text = "services:\n  web:\n    image: shop/web:1\n    build: {context: ../web, dockerfile: docker/Dockerfile, target: run}\n  db: {image: postgres}\n  all: {build: .}\n";
    let tables = facts(Kind::Compose, text);
    let builds = objects(&tables, Table::Builds);
    assert_eq!(
        builds[0]["dockerfile"],
        Value::from("web/docker/Dockerfile")
    );
    assert_eq!(builds[0]["repository"], Value::from("shop/web"));
    assert_eq!(builds[1]["dockerfile"], Value::from("deploy/Dockerfile"));
    assert_eq!(tables.rows(Table::Containers).len(), 3);
}

#[test]
fn a_script_handed_to_a_shell_stands_where_it_is_written() {
    let text = "
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
  - name: a
    image: b
    command: [/bin/bash, -eo, pipefail, -c]
    args:
    - |
      echo one
      echo two
    lifecycle: {preStop: {exec: {command: [sh, -c, sleep 5]}}}
";
    let scripts = rows(text, Table::Scripts);
    assert_eq!(scripts.len(), 2);
    assert_eq!(scripts[0]["text"], Value::from("echo one\necho two\n"));
    assert_eq!(scripts[0]["shell"], Value::from("bash"));
    assert_eq!(scripts[0]["options"].as_array().unwrap().len(), 2);
    assert_eq!(scripts[1]["source"], Value::from("lifecycle"));
}

#[test]
fn a_container_sees_what_its_neighbours_set_but_not_its_own() {
    let text = "
apiVersion: v1
kind: Pod
spec:
  containers:
  - name: a
    resources: {limits: {cpu: 1, memory: null}}
    securityContext: {runAsUser: 20000, runAsGroup: 10000, capabilities: {drop: []}}
  - name: b
    resources: {limits: {cpu: 1}}
  initContainers:
  - name: c
    securityContext: {runAsNonRoot: true, readOnlyRootFilesystem: false, capabilities: {drop: [X]}}
";
    let beside = |row: &Value| row["beside"].to_string();
    let containers = rows(text, Table::Containers);
    let beside: Vec<String> = containers.iter().map(beside).collect();
    assert_eq!(
        beside,
        [
            r#"["capabilities.drop","limits.cpu","runAsNonRoot"]"#,
            r#"["capabilities.drop","limits.cpu","runAsNonRoot","runAsUser"]"#,
            r#"["limits.cpu","runAsUser"]"#,
        ]
    );
    let alone = rows(
        &text[..text.find("  - name: b").unwrap()],
        Table::Containers,
    );
    assert_eq!(alone[0]["beside"].to_string(), "[]");
}
