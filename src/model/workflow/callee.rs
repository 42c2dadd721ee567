//! The local actions and the workflows that a file's `uses` name: what they declare, each read once a run.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::workflow::{permissions, triggers, value};
use crate::parse::yaml;
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::Source;
use crate::sources::context::{BuildContexts, Named};

/// How many callees of a file are read; those behind are not known.
const MOST: usize = 64;
/// How many inputs, secrets or outputs of one are read.
const DECLARED: usize = 500;

/// What `uses` names in its own repository.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Callee {
    /// Nothing is there.
    Absent,
    /// A file that cannot be read as what it should be, and why.
    Unusable(&'static str),
    /// A workflow without `workflow_call`.
    NotCallable,
    /// Not known.
    Unknown,
    /// What an action or a workflow declares.
    Declares(Declared),
}

/// What an action or a workflow declares.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) inputs: Vec<Input>,
    /// Of a workflow.
    pub(super) secrets: Vec<Input>,
    pub(super) outputs: Vec<String>,
    /// What the jobs of a workflow ask of the token, the highest level by scope; nothing if one of them does not say.
    pub(super) permissions: Vec<(String, String)>,
    /// Whether it is an action that runs in a container.
    pub(super) is_docker: bool,
    /// Whether it may set outputs that it does not declare.
    pub(super) has_open_outputs: bool,
}

/// An input of an action or a workflow, or a secret of a workflow.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// As written.
    pub(super) name: String,
    /// Whether it is required and has no default.
    pub(super) is_required: bool,
    /// Whether an action reads it, as far as its metadata says.
    pub(super) is_read: bool,
    /// What is said of its deprecation.
    pub(super) deprecation: Option<String>,
    /// The type, of a workflow's input.
    pub(super) kind: Option<String>,
}

/// What the metadata of an action says.
struct OfAction(Arc<Callee>);

/// What a workflow says.
struct OfWorkflow(Arc<Callee>);

/// The callees of one file.
pub(super) struct Callees<'t> {
    source: &'t Source,
    contexts: &'t BuildContexts,
    known: RefCell<FxHashMap<String, Arc<Callee>>>,
}

impl<'t> Callees<'t> {
    pub(super) fn new(source: &'t Source, contexts: &'t BuildContexts) -> Self {
        Self {
            source,
            contexts,
            known: RefCell::default(),
        }
    }

    /// The action that a step uses; `None` if it is none of the repository.
    pub(super) fn action(&self, uses: &str) -> Option<Arc<Callee>> {
        self.get(uses, |folder| {
            let read = |text: &str| OfAction(Arc::new(action(text)));
            match self.contexts.local_action(self.source, folder, read) {
                Named::Read(read) => Arc::clone(&read.0),
                Named::Dockerfile => Arc::new(Callee::Declares(Declared {
                    is_docker: true,
                    has_open_outputs: true,
                    ..Declared::default()
                })),
                Named::Absent => Arc::new(Callee::Absent),
                Named::Unknown => Arc::new(Callee::Unknown),
            }
        })
    }

    /// The workflow that a job calls; `None` if it is none of the repository.
    pub(super) fn workflow(&self, uses: &str) -> Option<Arc<Callee>> {
        self.get(uses, |path| {
            let read = |text: &str| OfWorkflow(Arc::new(workflow(text)));
            match self.contexts.called_workflow(self.source, path, read) {
                Named::Read(read) => Arc::clone(&read.0),
                Named::Absent => Arc::new(Callee::Absent),
                Named::Dockerfile | Named::Unknown => Arc::new(Callee::Unknown),
            }
        })
    }

    /// Whether the file is where GitHub runs workflows.
    pub(super) fn are_of_a_run(&self) -> bool {
        let full = self.source.full();
        full.is_some_and(|path| path.to_string_lossy().contains(".github/workflows/"))
    }

    /// Whether a path below the folder of the file exists; `None` if that is not known.
    pub(super) fn has_below(&self, path: &str) -> Option<bool> {
        self.contexts.has_below(self.source, path)
    }

    fn get(&self, uses: &str, read: impl FnOnce(&str) -> Arc<Callee>) -> Option<Arc<Callee>> {
        let uses = uses.trim();
        let path = uses.strip_prefix("./").or_else(|| uses.strip_prefix("$/"));
        let path = path.filter(|path| !value::is_dynamic(path) && !path.contains('@'))?;
        let mut known = self.known.borrow_mut();
        if let Some(callee) = known.get(path) {
            return Some(Arc::clone(callee));
        }
        let is_full = known.len() >= MOST;
        let callee = if is_full {
            Arc::new(Callee::Unknown)
        } else {
            read(path)
        };
        known.insert(path.to_owned(), Arc::clone(&callee));
        Some(callee)
    }
}

/// The tree of a file that GitHub can read, and its root.
fn root(text: &str) -> Option<(Tree, NodeId)> {
    let mut problems = Vec::new();
    let tree = yaml::parse(text, &mut problems);
    let root = tree.roots.first().copied()?;
    (problems.is_empty() && tree.is_mapping(root)).then_some((tree, root))
}

fn action(text: &str) -> Callee {
    let Some((tree, root)) = root(text) else {
        return Callee::Unusable("its metadata is no valid YAML");
    };
    let using = tree.at(root, &["runs", "using"]);
    let using = using.and_then(|using| tree.text(using)).unwrap_or_default();
    let sections = ["inputs", "outputs", "runs"].iter();
    let mut sections = sections.filter_map(|name| tree.get(root, name));
    let is_section = |node: NodeId| tree.is_mapping(node) || value::is_null(&tree, node);
    if !{ sections.clone() }.all(is_section) {
        return Callee::Unusable("`inputs`, `outputs` or `runs` is no mapping");
    }
    if sections.next().is_none() {
        return Callee::Unusable("its metadata has no `runs`");
    }
    let is_docker = using.eq_ignore_ascii_case("docker");
    let outputs = names(&tree, tree.get(root, "outputs"));
    let mut read = inputs(&tree, tree.get(root, "inputs"));
    if using.eq_ignore_ascii_case("composite") {
        let folded = text.to_ascii_lowercase();
        // By an index or as a whole: any of them.
        let reads_any = folded.contains("inputs[") || folded.contains("(inputs)");
        for input in &mut read {
            let path = format!("inputs.{}", input.name.to_ascii_lowercase());
            input.is_read = reads_any || folded.contains(&path);
        }
    }
    Callee::Declares(Declared {
        inputs: read,
        secrets: Vec::new(),
        permissions: Vec::new(),
        // A program or a container may set outputs that the metadata does not declare.
        has_open_outputs: !using.eq_ignore_ascii_case("composite"),
        outputs,
        is_docker,
    })
}

fn workflow(text: &str) -> Callee {
    let Some((tree, root)) = root(text) else {
        return Callee::Unusable("it is no valid YAML");
    };
    if !triggers::names(&tree, root).contains(&"workflow_call") {
        return Callee::NotCallable;
    }
    let call = tree.get(root, "on").filter(|on| tree.is_mapping(*on));
    let call = call.and_then(|on| tree.get(on, "workflow_call"));
    let section = |name| call.and_then(|call| tree.get(call, name));
    Callee::Declares(Declared {
        inputs: inputs(&tree, section("inputs")),
        secrets: inputs(&tree, section("secrets")),
        outputs: names(&tree, section("outputs")),
        permissions: asked(&tree, root).unwrap_or_default(),
        is_docker: false,
        has_open_outputs: false,
    })
}

/// What the jobs of a workflow ask of the token; `None` if one of them has neither permissions of its own nor those of the workflow, or
/// asks for all.
fn asked(tree: &Tree, root: NodeId) -> Option<Vec<(String, String)>> {
    let of_workflow = permissions::granted(tree, root);
    let mut asked: Vec<(String, String)> = Vec::new();
    for (_, job) in tree
        .pairs(tree.get(root, "jobs")?)
        .into_iter()
        .take(DECLARED)
    {
        let of_job = permissions::granted(tree, job);
        let of_job = of_job.as_ref().or(of_workflow.as_ref())?;
        for (scope, level) in of_job.iter().take(DECLARED) {
            if scope == "*" {
                return None;
            }
            let known = asked.iter_mut().find(|(other, _)| other == scope);
            match known {
                Some((_, known)) if *level == "write" => (*level).clone_into(known),
                Some(_) => {}
                None if *level == "none" => {}
                None => asked.push((scope.clone(), (*level).to_owned())),
            }
        }
    }
    asked.sort();
    Some(asked)
}

fn names(tree: &Tree, node: Option<NodeId>) -> Vec<String> {
    let keys = node.map(|node| tree.first_keys(node, DECLARED));
    let keys = keys.unwrap_or_default().into_iter();
    keys.map(ToOwned::to_owned).collect()
}

fn inputs(tree: &Tree, node: Option<NodeId>) -> Vec<Input> {
    let pairs = node.map(|node| tree.pairs(node)).unwrap_or_default();
    let inputs = pairs.into_iter().take(DECLARED).filter_map(|(key, input)| {
        let says = |name| tree.text_at(input, name).map(str::trim);
        let is_required = says("required").is_some_and(|text| text.eq_ignore_ascii_case("true"));
        let deprecation = says("deprecationMessage").filter(|text| !text.is_empty());
        Some(Input {
            name: tree.text(key)?.to_owned(),
            is_read: true,
            is_required: is_required && tree.get(input, "default").is_none(),
            deprecation: deprecation.map(ToOwned::to_owned),
            kind: says("type").map(ToOwned::to_owned),
        })
    });
    inputs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(callee: Callee) -> Declared {
        match callee {
            Callee::Declares(declared) => declared,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_action_declares_inputs_and_outputs() {
        let text = "inputs:\n  a: {required: true}\n  b: {required: true, default: x}\n  c: {deprecationMessage: use a}\noutputs:\n  o: {value: x}\nruns: {using: composite, steps: [{run: 'echo ${{ inputs.B }}'}]}\n";
        let read = declared(action(text));
        let required: Vec<bool> = read.inputs.iter().map(|input| input.is_required).collect();
        assert_eq!(required, [true, false, false]);
        let is_read: Vec<bool> = read.inputs.iter().map(|input| input.is_read).collect();
        assert_eq!(is_read, [false, true, false]);
        assert_eq!(read.inputs[2].deprecation.as_deref(), Some("use a"));
        assert_eq!(read.outputs, ["o"]);
        assert!(!read.has_open_outputs);
        assert!(matches!(
            action("outputs: oops\nruns: {}\n"),
            Callee::Unusable(_)
        ));
        assert!(matches!(action("a: [\n"), Callee::Unusable(_)));
    }

    #[test]
    fn a_workflow_declares_what_a_call_hands_over() {
        let text = "on:\n  workflow_call:\n    inputs:\n      n: {type: number, required: true}\n    secrets:\n      s: {required: true}\njobs: {}\n";
        let read = declared(workflow(text));
        assert_eq!(read.inputs[0].kind.as_deref(), Some("number"));
        assert!(read.secrets[0].is_required);
        let text = "on: workflow_call\npermissions: {contents: read}\njobs:\n  a: {}\n  b: {permissions: {contents: write, issues: none}}\n";
        let asked = declared(workflow(text)).permissions;
        assert_eq!(asked, [("contents".to_owned(), "write".to_owned())]);
        assert_eq!(workflow("on: push\njobs: {}\n"), Callee::NotCallable);
        assert_eq!(
            declared(workflow("on: workflow_call\n")),
            Declared::default()
        );
    }
}
