//! Custom resource definitions and JSON Schemas as kinds.

use hullmark_schema::definition::Scalar;
use hullmark_schema::{Schemas, Shape, crd, pack};
use serde_json::json;

fn definition(schema: &serde_json::Value) -> serde_json::Value {
    json!({
        "kind": "CustomResourceDefinition",
        "spec": {
            "group": "shop.example.com",
            "names": {"kind": "Catalogue", "plural": "catalogues"},
            "scope": "Cluster",
            "versions": [
                {"name": "v1", "served": true, "schema": {"openAPIV3Schema": schema}},
                {"name": "v1alpha1", "served": false, "deprecated": true},
            ],
        },
    })
}

#[test]
fn a_definition_has_the_fields_of_its_schema() {
    let schema = json!({"type": "object", "properties": {"spec": {
        "type": "object",
        "required": ["size"],
        "properties": {
            "size": {"type": "integer", "format": "int32"},
            "mode": {"type": "string", "enum": ["fast", "slow"], "default": "fast"},
            "port": {"x-kubernetes-int-or-string": true},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
            "items": {
                "type": "array",
                "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["name"],
                "items": {"type": "object", "properties": {"name": {"type": "string"}}},
            },
            "raw": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
            "closed": {"type": "object"},
        },
    }}});
    let kinds = crd::kinds(&definition(&schema), "crds/catalogue.yaml").unwrap();
    let bytes = pack::pack(&kinds).unwrap();
    let schemas = Schemas::new(&bytes);
    assert!(
        schemas
            .kind("shop.example.com", "v1alpha1", "Catalogue")
            .is_none()
    );
    let kind = schemas.kind("shop.example.com", "v1", "Catalogue").unwrap();
    assert!(kind.is_cluster_scoped());
    assert_eq!(kind.project().name(), "crds/catalogue.yaml");
    let spec = kind.root().field("spec").unwrap().shape().object().unwrap();
    let field = |name: &str| spec.field(name).unwrap();
    assert!(field("size").is_required() && !field("mode").is_required());
    assert!(matches!(
        field("size").shape(),
        Shape::Scalar(Scalar::Int32)
    ));
    assert!(matches!(
        field("port").shape(),
        Shape::Scalar(Scalar::IntOrText)
    ));
    assert!(field("mode").has_default());
    assert_eq!(field("mode").words().unwrap().words().count(), 2);
    assert!(matches!(field("labels").shape(), Shape::Map(_)));
    assert_eq!(field("items").keys().collect::<Vec<_>>(), ["name"]);
    assert!(field("raw").shape().object().unwrap().is_open());
    assert!(!field("closed").shape().object().unwrap().is_open());
    assert!(spec.field("colour").is_none());
}

#[test]
fn what_changes_a_definition_defines_nothing() {
    for patch in [
        json!({"kind": "CustomResourceDefinition", "metadata": {"name": "x"}}),
        json!({"spec": {"group": "shop.example.com", "names": {"kind": "Catalogue"}}}),
        json!({"spec": {"conversion": {"strategy": "Webhook"}}}),
        json!(null),
    ] {
        assert!(crd::kinds(&patch, "").is_none(), "{patch}");
    }
}

#[test]
fn a_json_schema_names_its_kind() {
    for schema in [
        json!({
            "x-kubernetes-group-version-kind": [
                {"group": "shop.example.com", "version": "v1", "kind": "Catalogue"},
            ],
            "type": "object",
            "properties": {"spec": {"type": ["object", "null"]}},
        }),
        json!({
            "type": "object",
            "properties": {
                "apiVersion": {"type": "string", "enum": ["shop.example.com/v1"]},
                "kind": {"const": "Catalogue"},
            },
        }),
    ] {
        let kinds = crd::of_json_schema(&schema, "catalogue.json").unwrap();
        let bytes = pack::pack(&kinds).unwrap();
        let found = Schemas::new(&bytes).kind("shop.example.com", "v1", "Catalogue");
        assert!(found.is_some(), "{schema}");
    }
    assert!(crd::of_json_schema(&json!({"type": "object"}), "").is_none());
}

#[test]
fn schemas_that_nest_without_end_are_cut() {
    let mut schema = json!({"type": "string"});
    for _ in 0..200 {
        schema = json!({"type": "object", "properties": {"a": schema}});
    }
    let kinds = crd::kinds(&definition(&schema), "").unwrap();
    assert!(kinds.types.len() < 64);
}
