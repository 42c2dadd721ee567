//! Whether two texts of a file mean the same, whatever comments they have.

use crate::parse::dockerfile::{Dockerfile, Instruction};
use crate::parse::yaml::tree::{Content, Node, Tree};
use crate::parse::{Parsed, Syntax};

/// Whether the trees, and what is wrong with them, are the same but for places.
pub(super) fn is_same(before: &Parsed, after: &Parsed) -> bool {
    let problems = |parsed: &Parsed| {
        let problems = parsed.problems.iter();
        let problems = problems.map(|problem| (problem.kind.rule, problem.message.clone()));
        problems.collect::<Vec<_>>()
    };
    let is_same = match (&before.tree, &after.tree) {
        (Syntax::Yaml(before), Syntax::Yaml(after)) => is_same_tree(before, after),
        (Syntax::Dockerfile(before), Syntax::Dockerfile(after)) => is_same_file(before, after),
        _ => false,
    };
    is_same && problems(before) == problems(after)
}

/// Nodes are numbered in the order of the text.
fn is_same_tree(before: &Tree, after: &Tree) -> bool {
    before.roots == after.roots
        && before.nodes.len() == after.nodes.len()
        && before
            .nodes
            .iter()
            .zip(&after.nodes)
            .all(|(before, after)| is_same_node(before, after))
}

fn is_same_node(before: &Node, after: &Node) -> bool {
    let is_same = match (&before.content, &after.content) {
        (Content::Mapping(before), Content::Mapping(after)) => before == after,
        (Content::Sequence(before), Content::Sequence(after)) => before == after,
        (Content::Alias(before), Content::Alias(after)) => before == after,
        (Content::Scalar(before), Content::Scalar(after)) => {
            before.text.text == after.text.text
                && before.style == after.style
                && before.tag == after.tag
        }
        _ => false,
    };
    is_same && before.key == after.key && before.parent == after.parent
}

fn is_same_file(before: &Dockerfile, after: &Dockerfile) -> bool {
    let directives = |file: &Dockerfile| {
        let directives = file.directives.iter();
        let directives = directives.map(|one| (one.name.clone(), one.value.clone()));
        directives.collect::<Vec<_>>()
    };
    directives(before) == directives(after)
        && before.instructions.len() == after.instructions.len()
        && before
            .instructions
            .iter()
            .zip(&after.instructions)
            .all(|(before, after)| is_same_instruction(before, after))
}

fn is_same_instruction(before: &Instruction, after: &Instruction) -> bool {
    let flags = |of: &Instruction| {
        let flags = of.flags.iter();
        let flags = flags.map(|flag| (flag.name.clone(), flag.value.clone()));
        flags.collect::<Vec<_>>()
    };
    let words = |of: &Instruction| {
        let words = of.words.iter().map(|word| word.text.clone());
        words.collect::<Vec<_>>()
    };
    let heredocs = |of: &Instruction| {
        let heredocs = of.heredocs.iter();
        let heredocs = heredocs.map(|one| (one.name.clone(), one.text.text.clone()));
        heredocs.collect::<Vec<_>>()
    };
    let inner = match (&before.inner, &after.inner) {
        (None, None) => true,
        (Some(before), Some(after)) => is_same_instruction(before, after),
        _ => false,
    };
    inner
        && before.keyword == after.keyword
        && before.body.text == after.body.text
        && before.is_exec == after.is_exec
        && flags(before) == flags(after)
        && words(before) == words(after)
        && heredocs(before) == heredocs(after)
}
