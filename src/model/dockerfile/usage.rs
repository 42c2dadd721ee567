//! Which arguments of a Dockerfile anything reads, by their names.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::parse::dockerfile::{Dockerfile, Instruction};

/// Where the arguments of a file are read.
#[derive(Debug, Default)]
pub(super) struct Usage<'a> {
    /// The last instruction that names each.
    last: FxHashMap<&'a str, usize>,
    /// Those that a FROM or another argument above the first FROM reads, or that a stage takes over.
    global: FxHashSet<&'a str>,
}

impl<'a> Usage<'a> {
    pub(super) fn of(tree: &'a Dockerfile) -> Self {
        let arguments = tree.instructions.iter().filter(|one| is_argument(one));
        let pairs = arguments.flat_map(|one| &one.pairs);
        let names: FxHashSet<&str> = pairs.map(|pair| pair.name.as_str()).collect();
        let mut usage = Self::default();
        if names.is_empty() {
            return usage;
        }
        let mut has_stage = false;
        for (number, instruction) in tree.instructions.iter().enumerate() {
            let is_from = instruction.keyword == "FROM";
            has_stage |= is_from;
            for name in texts(instruction).flat_map(identifiers) {
                let Some(name) = names.get(name) else {
                    continue;
                };
                usage.last.insert(name, number);
                if is_from || !has_stage {
                    usage.global.insert(name);
                }
            }
            if has_stage && is_argument(instruction) {
                let taken = instruction.pairs.iter().map(|pair| pair.name.as_str());
                usage.global.extend(taken);
            }
        }
        usage
    }

    /// Whether something reads the argument that the instruction of that number declares.
    pub(super) fn is_read(&self, name: &str, number: usize, is_global: bool) -> bool {
        if is_global {
            return self.global.contains(name);
        }
        self.last.get(name).is_some_and(|last| *last >= number)
    }
}

fn is_argument(instruction: &Instruction) -> bool {
    instruction.keyword == "ARG"
}

/// The texts of an instruction that may read a variable: not the names that it declares.
fn texts(instruction: &Instruction) -> impl Iterator<Item = &str> {
    let pairs = instruction.pairs.iter();
    let values = pairs.filter_map(|pair| pair.value.as_deref());
    let body = Some(instruction.body.text.as_str()).filter(|_| !is_argument(instruction));
    let flags = instruction.flags.iter();
    let flags = flags.filter_map(|flag| flag.value.as_deref());
    let inner = instruction.inner.iter().flat_map(|inner| &inner.heredocs);
    let heredocs = instruction.heredocs.iter().chain(inner);
    let heredocs = heredocs.map(|heredoc| heredoc.text.text.as_str());
    values.chain(body).chain(flags).chain(heredocs)
}

fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
    words.filter(|word| !word.is_empty())
}
