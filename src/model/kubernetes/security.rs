//! The effective security settings of a container: what it says itself over what its pod says.

use hullmark_tables::{
    AddedCapability, Capabilities, Containers, SecuritySetting, added_capability, capabilities,
    containers, security_setting,
};

use crate::model::kubernetes::admission::Admitted;
use crate::model::kubernetes::elsewhere::Elsewhere;
use crate::model::kubernetes::value;
use crate::model::place::RowRef;
use crate::model::row::{Field, RowBuilder};
use crate::parse::yaml::tree::{NodeId, Tree};

/// Settings that a pod may give to all of its containers.
const INHERITED: [&str; 7] = [
    "runAsNonRoot",
    "runAsUser",
    "runAsGroup",
    "seccompProfile",
    "seLinuxOptions",
    "appArmorProfile",
    "windowsOptions",
];

/// Settings of a container alone.
const OWN: [&str; 4] = [
    "privileged",
    "allowPrivilegeEscalation",
    "readOnlyRootFilesystem",
    "procMount",
];

/// A mapping that settings are read from, with the place to show.
#[derive(Clone, Copy)]
pub(super) struct Level {
    pub(super) node: NodeId,
    pub(super) at: RowRef,
}

/// Annotations that said it before there were fields, by setting.
pub(super) struct Annotations<'t> {
    pub(super) texts: &'t [(&'t str, &'t str)],
    pub(super) at: RowRef,
}

/// `security` and `unknown` of a container's row.
pub(super) fn set(
    row: RowBuilder<Containers>,
    tree: &Tree,
    container: Level,
    pod: Level,
    annotations: &Annotations<'_>,
    name: &str,
    (elsewhere, admitted): (&Elsewhere<'_>, Option<Admitted>),
) -> RowBuilder<Containers> {
    let mut settings = Vec::new();
    let mut unknown = Vec::new();
    let levels = [("container", container), ("pod", pod)];
    for setting in INHERITED.into_iter().chain(OWN) {
        let inherited = INHERITED.contains(&setting);
        let levels = &levels[..if inherited { 2 } else { 1 }];
        if elsewhere.sets(setting) {
            unknown.push(setting);
            continue;
        }
        match effective(tree, setting, levels) {
            Some(Ok(found)) => settings.push((setting.to_owned(), found)),
            Some(Err(())) => unknown.push(setting),
            None => match annotated(setting, annotations, name) {
                Some(found) => settings.push((setting.to_owned(), found)),
                None if admitted.is_some_and(|admitted| admitted.sets(setting)) => {
                    unknown.push(setting);
                }
                None => {}
            },
        }
    }
    row.map(containers::security, settings)
        .texts(containers::unknown, unknown)
}

/// The first level that says something about the setting.
fn effective(
    tree: &Tree,
    setting: &str,
    levels: &[(&str, Level)],
) -> Option<Result<RowBuilder<SecuritySetting>, ()>> {
    for (from, level) in levels {
        let Some(context) = value::child(tree, level.node, "securityContext") else {
            continue;
        };
        if value::is_unknown(tree, context) {
            return Some(Err(()));
        }
        let Some(node) = value::child(tree, context, setting) else {
            continue;
        };
        if tree.is_mapping(node) && !value::is_known(tree, Some(node)) {
            return Some(Err(()));
        }
        let found = value::value(tree, node).map(|value| {
            RowBuilder::at(level.at)
                .set(security_setting::value, value)
                .text(
                    security_setting::field,
                    &format!("securityContext.{setting}"),
                )
                .text(security_setting::from, from)
        });
        return Some(found.ok_or(()));
    }
    None
}

/// The profile that an annotation of the pod names for the container.
fn annotated(
    setting: &str,
    annotations: &Annotations<'_>,
    name: &str,
) -> Option<RowBuilder<SecuritySetting>> {
    let names = match setting {
        "seccompProfile" => vec![
            format!("container.seccomp.security.alpha.kubernetes.io/{name}"),
            "seccomp.security.alpha.kubernetes.io/pod".to_owned(),
        ],
        "appArmorProfile" => vec![format!(
            "container.apparmor.security.beta.kubernetes.io/{name}"
        )],
        _ => return None,
    };
    let texts = annotations.texts;
    let (key, profile) = names
        .iter()
        .find_map(|name| texts.iter().find(|(key, _)| key == name))?;
    let kind = match *profile {
        "runtime/default" | "docker/default" => "RuntimeDefault",
        "unconfined" => "Unconfined",
        _ => "Localhost",
    };
    let profile = Field::Map([("type".to_owned(), Field::Word(kind))].into());
    let found = RowBuilder::at(annotations.at)
        .set(security_setting::value, profile)
        .set(security_setting::field, ["metadata", "annotations", *key])
        .text(security_setting::from, "annotation");
    Some(found)
}

/// `capabilities` of a container's row.
pub(super) fn capabilities(
    tables: &mut crate::model::FileTables,
    tree: &Tree,
    container: NodeId,
    elsewhere: &Elsewhere<'_>,
    admitted: Option<Admitted>,
) -> RowBuilder<Capabilities> {
    let context = value::child(tree, container, "securityContext");
    let capabilities = context.and_then(|context| value::child(tree, context, "capabilities"));
    let list = |name| capabilities.and_then(|node| value::child(tree, node, name));
    let items = |name| list(name).map(|list| tree.items(list)).unwrap_or_default();
    let is_known = [context, capabilities, list("add"), list("drop")]
        .into_iter()
        .flatten()
        .all(|node| !value::is_unknown(tree, node))
        && !elsewhere.sets("capabilities")
        && !admitted.is_some_and(|admitted| admitted.sets("capabilities"))
        && items("drop")
            .iter()
            .chain(items("add"))
            .all(|item| !value::is_unknown(tree, *item));
    let added = items("add").iter().filter_map(|item| {
        let name = capability(value::known_text(tree, *item)?);
        Some(RowBuilder::at(tables.node(*item)).text(added_capability::name, &name))
    });
    let added: Vec<RowBuilder<AddedCapability>> = added.collect();
    let dropped = items("drop")
        .iter()
        .filter_map(|item| value::known_text(tree, *item));
    RowBuilder::new()
        .set(capabilities::add, added)
        .texts(capabilities::drop, dropped.map(capability))
        .set(capabilities::is_known, is_known)
}

/// A capability's name as the kernel's lists have it, without `CAP_`.
fn capability(text: &str) -> String {
    let name = text.trim().to_ascii_uppercase();
    name.strip_prefix("CAP_")
        .map_or(name.clone(), ToOwned::to_owned)
}
