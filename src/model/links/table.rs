//! The fields that name and select other objects, as `data/kubernetes/references.tsv` has them: a tree of steps for each kind.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const TEXT: &str = include_str!("../../../data/kubernetes/references.tsv");

/// The kind whose fields hold for every pod specification.
const POD_SPEC: &str = "PodSpec";

/// The number of a kind that names another, or is named.
pub(in crate::model) type KindId = u16;

/// A row of the table.
#[derive(Debug)]
pub(in crate::model) struct Entry {
    pub(in crate::model) from: &'static str,
    pub(in crate::model) path: &'static str,
    pub(in crate::model) to: &'static str,
    /// The kinds that may be meant; none for names within the object.
    pub(in crate::model) targets: Vec<KindId>,
    pub(in crate::model) how: How,
    pub(in crate::model) namespace: Namespace,
    pub(in crate::model) necessity: Necessity,
}

/// How a field says what is meant.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::model) enum How {
    Name,
    /// A key of the object whose name is so many levels up, at this path.
    Key(usize, Vec<Step>),
    Selector,
    Labels,
    Host,
    Gateway,
    /// The name of a port of what the selector of the object selects.
    Port,
    /// The object's product, named by the pattern: `{}` stands for what the field says.
    Makes(&'static str),
    /// A name at one of these paths from the object, or from the pod specification.
    Local(Vec<Vec<Step>>),
}

impl How {
    /// The word of the table.
    pub(in crate::model) fn word(&self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Key(..) => "key",
            Self::Selector | Self::Labels => "selector",
            Self::Host => "host",
            Self::Gateway => "gateway",
            Self::Port => "port",
            Self::Makes(_) => "makes",
            Self::Local(_) => "local",
        }
    }
}

/// In which namespace that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum Namespace {
    Same,
    /// The one that the field beside the name says, or else the same.
    Field(&'static str),
    /// None, or any.
    Any,
}

/// Whether what is named must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::model) enum Necessity {
    Needed,
    /// Not if `optional: true` is beside the name.
    By,
    /// Not if the object says this text at that path.
    Unless(Vec<Step>, &'static str),
    Optional,
    /// It works without, or something else may make it.
    Soft,
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum Step {
    Key(&'static str),
    Item,
}

/// What lies below a step: a number in [`Table::steps`] for each way on.
#[derive(Debug, Default)]
pub(in crate::model) struct Branch {
    pub(in crate::model) keys: Vec<(&'static str, usize)>,
    pub(in crate::model) items: Option<usize>,
    /// The fields that end here.
    pub(in crate::model) entries: Vec<u16>,
}

/// The whole table.
#[derive(Debug, Default)]
pub(in crate::model) struct Table {
    pub(in crate::model) entries: Vec<Entry>,
    pub(in crate::model) branches: Vec<Branch>,
    kinds: FxHashMap<(&'static str, &'static str), KindId>,
    /// The names of the kinds, without their groups.
    names: Vec<&'static str>,
    /// Whether objects of a kind have no namespace.
    is_cluster_wide: Vec<bool>,
    roots: FxHashMap<KindId, usize>,
    pod_spec: usize,
    /// Where objects of a kind have what is asked for as their keys: ports, listeners.
    keys: FxHashMap<KindId, Vec<Vec<Step>>>,
    /// Names that every cluster has.
    exist: Vec<(KindId, &'static str)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(read);

/// The table, read when it is asked for first.
pub(in crate::model) fn table() -> &'static Table {
    &TABLE
}

impl Table {
    /// The number of a kind; `None` if no field names it, and it has no such field.
    pub(in crate::model) fn kind(&self, api_version: &str, kind: &str) -> Option<KindId> {
        let group = match api_version.rsplit_once('/') {
            Some((group, _)) => group,
            None => "v1",
        };
        let group = match (group, kind) {
            ("extensions", "Ingress" | "NetworkPolicy") => "networking.k8s.io",
            ("extensions", _) => "apps",
            ("v1", "DeploymentConfig") => "apps.openshift.io",
            ("v1", "Route") => "route.openshift.io",
            ("traefik.containo.us", _) => "traefik.io",
            _ => group,
        };
        self.kinds.get(&(group, kind)).copied()
    }

    /// The steps below an object of a kind.
    pub(in crate::model) fn root(&self, kind: KindId) -> Option<usize> {
        self.roots.get(&kind).copied()
    }

    /// The steps below a pod specification.
    pub(in crate::model) fn pod_spec(&self) -> usize {
        self.pod_spec
    }

    /// The name of a kind, without its group.
    pub(in crate::model) fn name(&self, kind: KindId) -> &'static str {
        self.names[usize::from(kind)]
    }

    pub(in crate::model) fn is_cluster_wide(&self, kind: KindId) -> bool {
        self.is_cluster_wide[usize::from(kind)]
    }

    /// Whether every cluster has an object of that name.
    pub(in crate::model) fn exists(&self, kind: KindId, name: &str) -> bool {
        let mut all = self.exist.iter().filter(|(of, _)| *of == kind);
        all.any(|(_, known)| match known.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => *known == name,
        })
    }

    /// The paths of what is asked for as a key of objects of a kind.
    pub(in crate::model) fn keys(&self, kind: KindId) -> &[Vec<Step>] {
        self.keys.get(&kind).map_or(&[], Vec::as_slice)
    }

    fn intern(&mut self, kind: &'static str) -> KindId {
        let (group, name) = kind.rsplit_once('/').unwrap_or(("", kind));
        let next = KindId::try_from(self.names.len()).unwrap_or(KindId::MAX);
        let id = *self.kinds.entry((group, name)).or_insert(next);
        if id == next {
            self.names.push(name);
            let is_cluster_wide = name.len() > "Cluster".len()
                && name.starts_with("Cluster")
                && group != "cluster.x-k8s.io";
            self.is_cluster_wide.push(is_cluster_wide);
        }
        id
    }

    /// Adds the steps of a path below a branch; gives the last.
    fn extend(&mut self, root: usize, path: &[Step]) -> usize {
        path.iter().fold(root, |at, step| {
            let known = match step {
                Step::Key(name) => {
                    let mut keys = self.branches[at].keys.iter();
                    keys.find(|(key, _)| key == name).map(|(_, next)| *next)
                }
                Step::Item => self.branches[at].items,
            };
            known.unwrap_or_else(|| {
                let next = self.branches.len();
                self.branches.push(Branch::default());
                match step {
                    Step::Key(name) => self.branches[at].keys.push((name, next)),
                    Step::Item => self.branches[at].items = Some(next),
                }
                next
            })
        })
    }

    fn add(&mut self, entry: Entry) {
        let root = if entry.from == POD_SPEC {
            self.pod_spec
        } else {
            let kind = self.intern(entry.from);
            let next = self.branches.len();
            let root = *self.roots.entry(kind).or_insert(next);
            if root == next {
                self.branches.push(Branch::default());
            }
            root
        };
        let at = self.extend(root, &steps(entry.path));
        let number = u16::try_from(self.entries.len()).unwrap_or(u16::MAX);
        self.branches[at].entries.push(number);
        self.entries.push(entry);
    }
}

fn read() -> Table {
    let mut table = Table {
        branches: vec![Branch::default()],
        ..Table::default()
    };
    for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [from, path, to, how, namespace, optional] = cells[..] else {
            continue;
        };
        if how == "exists" {
            let kind = table.intern(to);
            table.exist.push((kind, path));
            continue;
        }
        if how == "keys" {
            let kind = table.intern(from);
            table.keys.entry(kind).or_default().push(steps(path));
            continue;
        }
        let is_local = to.starts_with('.');
        let targets = to.split(',').filter(|_| !is_local);
        let targets: Vec<KindId> = targets.map(|kind| table.intern(kind)).collect();
        if namespace == "cluster" {
            for kind in &targets {
                table.is_cluster_wide[usize::from(*kind)] = true;
            }
        }
        let how = if is_local {
            let paths = to.split(',').map(|path| steps(&path[1..]));
            How::Local(paths.collect())
        } else {
            how_of(how, path)
        };
        table.add(Entry {
            from,
            path,
            to,
            targets,
            how,
            namespace: match (namespace, namespace.split_once(':')) {
                (_, Some((_, field))) => Namespace::Field(field),
                ("same", None) => Namespace::Same,
                _ => Namespace::Any,
            },
            necessity: match optional {
                "by" => Necessity::By,
                "yes" => Necessity::Optional,
                "soft" => Necessity::Soft,
                _ => unless(optional).unwrap_or(Necessity::Needed),
            },
        });
    }
    table
}

/// `unless:PATH=TEXT`.
fn unless(optional: &'static str) -> Option<Necessity> {
    let (path, text) = optional.strip_prefix("unless:")?.split_once('=')?;
    Some(Necessity::Unless(steps(path), text))
}

fn how_of(how: &'static str, path: &'static str) -> How {
    match how.split_once(':') {
        Some(("key", name)) => {
            let (path, name) = (steps(path), steps(name));
            let pairs = path.iter().zip(&name);
            let shared = pairs.take_while(|(one, other)| one == other).count();
            How::Key(path.len() - shared, name[shared..].to_vec())
        }
        Some(("makes", pattern)) => How::Makes(pattern),
        _ => match how {
            "selector" => How::Selector,
            "labels" => How::Labels,
            "host" => How::Host,
            "gateway" => How::Gateway,
            "port" => How::Port,
            "makes" => How::Makes("{}"),
            _ => How::Name,
        },
    }
}

/// The steps of a path: `spec.items[].map{a.b/c}`.
fn steps(path: &'static str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("[]") {
            steps.push(Step::Item);
            rest = after;
        } else if let Some((key, after)) =
            (rest.strip_prefix('{')).and_then(|rest| rest.split_once('}'))
        {
            steps.push(Step::Key(key));
            rest = after;
        } else {
            rest = rest.trim_start_matches('.');
            let end = rest.find(['.', '[', '{']).unwrap_or(rest.len());
            if end > 0 {
                steps.push(Step::Key(&rest[..end]));
            }
            rest = &rest[end..];
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = TEXT.lines().filter(|line| !line.starts_with('#'));
        let (exist, rows): (Vec<&str>, Vec<&str>) = rows.partition(|row| row.starts_with('*'));
        assert_eq!(table().exist.len(), exist.len());
        let (keys, fields): (Vec<&str>, Vec<&str>) =
            rows.into_iter().partition(|row| row.contains("\tkeys\t"));
        assert_eq!(table().entries.len(), fields.len());
        assert_eq!(
            table().keys.values().map(Vec::len).sum::<usize>(),
            keys.len()
        );
    }

    #[test]
    fn paths_come_apart() {
        use Step::{Item, Key};
        let expected = [Key("spec"), Key("steps"), Item, Item, Key("name")];
        assert_eq!(steps("spec.steps[][].name"), expected);
        let expected = [Key("metadata"), Key("annotations"), Key("a.b/c")];
        assert_eq!(steps("metadata.annotations{a.b/c}"), expected);
    }

    #[test]
    fn the_name_that_a_key_belongs_to_is_found_from_the_key() {
        let key = how_of(
            "key:volumes[].secret.secretName",
            "volumes[].secret.items[].key",
        );
        assert_eq!(key, How::Key(3, vec![Step::Key("secretName")]));
    }

    #[test]
    fn kinds_are_found_by_group() {
        let table = table();
        assert_eq!(
            table.kind("extensions/v1beta1", "Ingress"),
            table.kind("networking.k8s.io/v1", "Ingress")
        );
        assert_ne!(
            table.kind("v1", "Service"),
            table.kind("serving.knative.dev/v1", "Service")
        );
        assert_eq!(table.kind("example.com/v1", "Thing"), None);
        let role = table.kind("rbac.authorization.k8s.io/v1", "ClusterRole");
        assert!(role.is_some_and(|role| table.exists(role, "system:auth-delegator")));
    }
}
