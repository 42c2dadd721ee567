//! All that the objects of a project define, by kind and name, and the pods by their labels.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::links::near::{self, Near};
use crate::model::links::table::{KindId, table};
use crate::model::links::{Definition, Links, Owner, Pods, Reference, Selector, matching};

/// How many pods with one label are looked through for a selector; of more, one is taken to be selected.
const PODS: usize = 400;

/// How many objects of one name are compared with what names them.
const NAMESAKES: usize = 200;

/// A definition in its file.
#[derive(Clone, Copy)]
pub(super) struct Defined<'a> {
    pub(super) links: &'a Links,
    pub(super) definition: &'a Definition,
}

impl<'a> Defined<'a> {
    pub(super) fn owner(self) -> &'a Owner {
        &self.links.owners[self.definition.owner as usize]
    }

    /// Its namespace; `None` if it may be in any.
    pub(super) fn namespace(self) -> Option<&'a str> {
        let owner = self.owner();
        let is_bound =
            !self.definition.is_anywhere && !table().is_cluster_wide(self.definition.kind);
        owner.namespace.as_deref().filter(|_| is_bound)
    }
}

/// Something with labels that selectors select: pods, or a Service.
#[derive(Clone, Copy)]
pub(super) struct Labelled<'a> {
    pub(super) links: &'a Links,
    pub(super) owner: &'a Owner,
    pub(super) labels: &'a [(Box<str>, Box<str>)],
    pub(super) are_known: bool,
    pub(super) pods: Option<&'a Pods>,
    /// The names, and of a Service the numbers, of its ports, if all are known.
    pub(super) ports: Option<&'a [Box<str>]>,
}

impl<'a> Labelled<'a> {
    pub(super) fn label(&self, name: &str) -> Option<&'a str> {
        let mut labels = self.labels.iter();
        let found = labels.find(|(key, _)| &**key == name);
        found.map(|(_, value)| &**value)
    }
}

/// Things of one kind by their labels.
#[derive(Default)]
pub(super) struct ByLabel<'a> {
    pub(super) all: Vec<Labelled<'a>>,
    by_pair: FxHashMap<(&'a str, &'a str), Vec<u32>>,
    by_path: FxHashMap<&'a str, Vec<u32>>,
    /// By the folder above that of the file.
    by_folder: FxHashMap<&'a str, Vec<u32>>,
    /// Those whose labels are not all known.
    unknown: Vec<u32>,
}

/// What a selector selects.
pub(super) enum Selected {
    /// Something, or perhaps something.
    Some,
    /// Nothing that is written.
    Nothing,
}

impl<'a> ByLabel<'a> {
    fn add(&mut self, labelled: Labelled<'a>) {
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        for (key, value) in labelled.labels {
            self.by_pair.entry((key, value)).or_default().push(number);
        }
        let path: &'a str = &labelled.links.path;
        self.by_path.entry(path).or_default().push(number);
        let above = folder(folder(path));
        self.by_folder.entry(above).or_default().push(number);
        if !labelled.are_known {
            self.unknown.push(number);
        }
        self.all.push(labelled);
    }

    /// Those that may satisfy a selector: those with its rarest label, or all if it asks for no label by its value; `None` if they are too many to be
    /// looked through.
    pub(super) fn candidates(&self, selector: &Selector) -> Option<Vec<u32>> {
        let pairs = selector.labels.iter();
        let pairs = pairs.filter(|(key, _)| !matching::is_added(key));
        let lists = pairs.map(|(key, value)| {
            self.by_pair
                .get(&(&**key, &**value))
                .map_or(&[][..], Vec::as_slice)
        });
        match lists.min_by_key(|list| list.len()) {
            Some(list) => (list.len() <= PODS).then(|| list.to_vec()),
            None if self.all.len() <= PODS => Some((0..).take(self.all.len()).collect()),
            None => None,
        }
    }

    /// Some of those in a file, then of those in its folder and the ones beside it.
    pub(super) fn near<'s>(&'s self, path: &'s str) -> impl Iterator<Item = &'s Labelled<'a>> {
        let of = move |list: Option<&'s Vec<u32>>| {
            let numbers = list.into_iter().flatten().take(PODS);
            numbers.map(move |number| &self.all[*number as usize])
        };
        let own = of(self.by_path.get(path));
        let beside = of(self.by_folder.get(folder(folder(path))));
        own.chain(beside.filter(move |labelled| &*labelled.links.path != path))
    }

    /// All that a selector in a namespace selects; `None` if there may be more than is written.
    pub(super) fn selected(
        &self,
        selector: &Selector,
        namespace: Option<&str>,
    ) -> Option<Vec<Labelled<'a>>> {
        let is_near = |labelled: &Labelled| {
            !selector.is_own_namespace || may_meet(namespace, labelled.owner.namespace.as_deref())
        };
        let may_be = |number: &u32| is_near(&self.all[*number as usize]);
        if !selector.is_known || self.unknown.len() > PODS || self.unknown.iter().any(may_be) {
            return None;
        }
        let all = self.candidates(selector)?.into_iter();
        let all = all.map(|number| self.all[number as usize]);
        let all = all
            .filter(|labelled| is_near(labelled) && matching::matches(selector, labelled.labels));
        Some(all.collect())
    }

    /// Whether a selector in a namespace selects some of them.
    pub(super) fn select(&self, selector: &Selector, namespace: Option<&str>) -> Selected {
        let Some(candidates) = self.candidates(selector) else {
            return Selected::Some;
        };
        let is_near = |labelled: &Labelled| {
            !selector.is_own_namespace || may_meet(namespace, labelled.owner.namespace.as_deref())
        };
        let is_selected = candidates.iter().any(|number| {
            let labelled = &self.all[*number as usize];
            is_near(labelled) && matching::matches(selector, labelled.labels)
        });
        let may_be = |number: &u32| is_near(&self.all[*number as usize]);
        if is_selected || self.unknown.iter().take(PODS).any(may_be) {
            Selected::Some
        } else {
            Selected::Nothing
        }
    }
}

/// All that the objects of a project define.
#[derive(Default)]
pub(super) struct Universe<'a> {
    pub(super) definitions: Vec<Defined<'a>>,
    by_name: FxHashMap<(KindId, &'a str), Vec<u32>>,
    near: FxHashMap<KindId, OnceCell<Near>>,
    by_kind: FxHashMap<KindId, Vec<u32>>,
    /// The names that something names.
    used: FxHashSet<(KindId, &'a str)>,
    pub(super) pods: ByLabel<'a>,
    pub(super) services: ByLabel<'a>,
    /// The namespaces, or none, of objects of which controllers may make pods that no file shows.
    pub(super) makers: FxHashSet<Option<&'a str>>,
    /// Whether there are releases, whose objects may be anywhere.
    pub(super) has_releases: bool,
}

/// Kinds that bring objects from elsewhere.
const RELEASES: [&str; 8] = [
    "HelmRelease",
    "HelmChart",
    "Application",
    "ApplicationSet",
    "Kustomization",
    "App",
    "Package",
    "Addon",
];

impl<'a> Universe<'a> {
    pub(super) fn of(files: &[&'a Links]) -> Self {
        let mut universe = Self::default();
        for links in files {
            universe.add(links);
        }
        universe
    }

    fn add(&mut self, links: &'a Links) {
        for definition in &links.definitions {
            let number = u32::try_from(self.definitions.len()).unwrap_or(u32::MAX);
            let defined = Defined { links, definition };
            self.definitions.push(defined);
            let key = (definition.kind, &*definition.name);
            self.by_name.entry(key).or_default().push(number);
            self.by_kind
                .entry(definition.kind)
                .or_default()
                .push(number);
            self.near.entry(definition.kind).or_default();
            let word = table().name(definition.kind);
            if word == "Service" && !definition.is_product {
                let labels = definition.labels.as_deref();
                self.services.add(Labelled {
                    links,
                    owner: defined.owner(),
                    labels: labels.unwrap_or_default(),
                    are_known: labels.is_some(),
                    pods: None,
                    ports: definition.keys.as_deref(),
                });
            }
        }
        for pods in &links.pods {
            self.pods.add(Labelled {
                links,
                owner: &links.owners[pods.owner as usize],
                labels: &pods.labels,
                are_known: pods.are_labels_known,
                pods: Some(pods),
                ports: pods.ports.as_deref(),
            });
        }
        for owner in &links.owners {
            if owner.may_make_pods {
                self.makers.insert(owner.namespace.as_deref());
            }
            self.has_releases |= RELEASES.contains(&&*owner.kind);
        }
        for reference in &links.references {
            for kind in kinds(reference) {
                self.used.insert((*kind, &*reference.name));
            }
        }
    }

    /// Whether so many objects have the name that they are not looked through: environments that repeat it, one of which is meant.
    pub(super) fn is_crowded(&self, reference: &Reference) -> bool {
        let lists = kinds(reference).iter();
        let lists = lists.filter_map(|kind| self.by_name.get(&(*kind, &*reference.name)));
        lists.map(Vec::len).sum::<usize>() > NAMESAKES
    }

    /// What has the name that is meant: those in its namespace, and those in others.
    pub(super) fn named(&self, reference: &Reference) -> (Vec<Defined<'a>>, Vec<Defined<'a>>) {
        let lists = kinds(reference).iter();
        let lists = lists.filter_map(|kind| self.by_name.get(&(*kind, &*reference.name)));
        let all = lists
            .flatten()
            .map(|number| self.definitions[*number as usize]);
        all.partition(|defined| may_meet(reference.namespace.as_deref(), defined.namespace()))
    }

    /// The definitions whose names are one edit from the one that is meant, in its namespace.
    pub(super) fn similar(&self, reference: &Reference) -> Vec<Defined<'a>> {
        let mut found = Vec::new();
        for kind in kinds(reference) {
            let Some(near) = self.near.get(kind) else {
                continue;
            };
            let numbers = self.by_kind.get(kind).into_iter().flatten();
            let near = near.get_or_init(|| {
                Near::of(numbers.map(|number| {
                    let defined = self.definitions[*number as usize];
                    (*number, &*defined.definition.name)
                }))
            });
            for number in near.around(&reference.name) {
                let defined = self.definitions[number as usize];
                let is_near = near::is_one_edit(&reference.name, &defined.definition.name);
                if is_near && may_meet(reference.namespace.as_deref(), defined.namespace()) {
                    found.push(defined);
                }
            }
        }
        found
    }

    /// Whether something names an object of that kind.
    pub(super) fn is_used(&self, definition: &Definition) -> bool {
        self.used.contains(&(definition.kind, &definition.name))
    }

    /// How many objects of the kinds that may be meant are defined.
    pub(super) fn count(&self, reference: &Reference) -> usize {
        let lists = kinds(reference).iter();
        let lists = lists.filter_map(|kind| self.by_kind.get(kind));
        lists.map(Vec::len).sum()
    }

    /// Whether a controller may make pods in a namespace that no file shows.
    pub(super) fn may_make_pods(&self, namespace: Option<&str>) -> bool {
        self.has_releases
            || match namespace {
                Some(namespace) => {
                    self.makers.contains(&Some(namespace)) || self.makers.contains(&None)
                }
                None => !self.makers.is_empty(),
            }
    }
}

pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether two files lie in one folder, or in two folders of one.
pub(super) fn is_near(one: &Links, other: &Links) -> bool {
    folder(folder(&one.path)) == folder(folder(&other.path))
}

/// The kinds that may be meant.
pub(super) fn kinds(reference: &Reference) -> &[KindId] {
    match &reference.kind {
        Some(kind) => std::slice::from_ref(kind),
        None => &table().entries[usize::from(reference.entry)].targets,
    }
}

/// Whether two objects may live in one namespace: one that names none is put where it is applied.
pub(super) fn may_meet(one: Option<&str>, other: Option<&str>) -> bool {
    one.is_none() || other.is_none() || one == other
}
