//! The functions of templates: Go's, Sprig's and Helm's, in tables by subject.

#![expect(
    clippy::unnecessary_wraps,
    reason = "all functions of a table have one type, also those that cannot fail"
)]

pub mod cases;
pub mod constraints;
pub mod convert;
pub mod dates;
pub mod decimal;
pub mod dicts;
pub mod durations;
pub mod encode;
pub mod files;
pub mod flow;
pub mod index;
pub mod layout;
pub mod lists;
pub mod logic;
pub mod math;
pub mod merge;
pub mod paths;
pub mod patterns;
pub mod stand_ins;
pub mod strings;
pub mod toml;
pub mod urls;
pub mod versions;
pub mod words;
pub mod yaml;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::state::State;
use crate::render::helm::value::collection::{List, Map};
use crate::render::helm::value::{Val, Value};
use crate::render::text::Text;

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param {
    /// Anything.
    Any,
    /// Text.
    Str,
    /// A number of type `int`.
    Int,
    /// A truth value.
    Bool,
    /// A map with values of any type.
    Map,
    /// A list with elements of any type.
    List,
    /// A time.
    Time,
}

impl Param {
    /// Go's name of the type.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Str => "string",
            Self::Int => "int",
            Self::Bool => "bool",
            Self::Map => "map[string]interface {}",
            Self::List => "[]interface {}",
            Self::Time => "time.Time",
        }
    }

    fn named(letter: char) -> Self {
        match letter {
            's' => Self::Str,
            'i' => Self::Int,
            'b' => Self::Bool,
            'm' => Self::Map,
            'l' => Self::List,
            't' => Self::Time,
            _ => Self::Any,
        }
    }
}

/// A function of templates.
#[derive(Debug)]
pub struct Function {
    /// The name; that of a method is `type.Method`.
    pub name: &'static str,
    /// A letter for each parameter: `a`ny, `s`tring, `i`nt, `b`ool, `m`ap, `l`ist, `t`ime; `*` after the last: any number of it.
    pub params: &'static str,
    /// What it does.
    pub run: fn(&mut Call) -> Fallible<Val>,
}

/// What runs templates, as functions see it.
pub trait Runtime {
    /// The state of the rendering.
    fn state(&self) -> &State;

    /// The state, to change it.
    fn state_mut(&mut self) -> &mut State;

    /// `include`: what the template of that name prints.
    ///
    /// # Errors
    /// If there is none, or it fails.
    fn include(&mut self, name: &str, dot: &Val) -> Fallible<Text>;

    /// `tpl`: parses a text and runs it; what it defines is gone afterwards.
    ///
    /// # Errors
    /// If it is no template, or fails.
    fn tpl(&mut self, text: &Text, dot: &Val) -> Fallible<Text>;
}

/// A call: the arguments, checked, and what runs the template.
pub struct Call<'e> {
    /// What runs the template.
    pub engine: &'e mut dyn Runtime,
    /// The arguments.
    pub args: Vec<Val>,
}

/// An entry of a table.
pub(crate) const fn function(
    name: &'static str,
    params: &'static str,
    run: fn(&mut Call) -> Fallible<Val>,
) -> Function {
    Function { name, params, run }
}

const TABLES: &[&[Function]] = &[
    cases::FUNCTIONS,
    convert::FUNCTIONS,
    dates::FUNCTIONS,
    dicts::FUNCTIONS,
    durations::FUNCTIONS,
    encode::FUNCTIONS,
    files::FUNCTIONS,
    flow::FUNCTIONS,
    index::FUNCTIONS,
    lists::FUNCTIONS,
    logic::FUNCTIONS,
    math::FUNCTIONS,
    merge::FUNCTIONS,
    paths::FUNCTIONS,
    patterns::FUNCTIONS,
    stand_ins::FUNCTIONS,
    strings::FUNCTIONS,
    toml::FUNCTIONS,
    urls::FUNCTIONS,
    versions::FUNCTIONS,
    constraints::FUNCTIONS,
    words::FUNCTIONS,
    yaml::FUNCTIONS,
];

static BY_NAME: LazyLock<FxHashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    let functions = TABLES.iter().flat_map(|table| table.iter());
    functions
        .map(|function| (function.name, function))
        .collect()
});

/// The function with this name.
pub fn find(name: &str) -> Option<&'static Function> {
    BY_NAME.get(name).copied().filter(|_| !name.contains('.'))
}

/// Whether a template may use this name as a function.
pub fn exists(name: &str) -> bool {
    matches!(name, "and" | "or") || find(name).is_some()
}

/// The method of a type.
pub fn method(type_name: &str, name: &str) -> Option<&'static Function> {
    let with_methods = matches!(
        type_name,
        "engine.files" | "common.Values" | "common.VersionSet" | "*semver.Version" | "time.Time"
    );
    if !with_methods || !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    BY_NAME.get(format!("{type_name}.{name}").as_str()).copied()
}

impl Function {
    /// The parameter that takes the argument with this number, counted from 0.
    pub fn param(&self, index: usize) -> Param {
        let letters = self.params.trim_end_matches('*');
        let letter = letters
            .chars()
            .nth(index)
            .or_else(|| letters.chars().last());
        Param::named(letter.unwrap_or('a'))
    }

    /// Whether it takes this many arguments.
    pub fn check_count(&self, count: usize) -> Fallible<()> {
        let (fixed, is_variadic) = match self.params.strip_suffix('*') {
            Some(letters) => (letters.len() - 1, true),
            None => (self.params.len(), false),
        };
        if count == fixed || (is_variadic && count > fixed) {
            return Ok(());
        }
        let (name, least) = (self.name, if is_variadic { "at least " } else { "" });
        fault(format!(
            "wrong number of args for {name}: want {least}{fixed} got {count}"
        ))
    }

    /// Whether its failures are the chart's own words.
    pub fn is_silent(&self) -> bool {
        matches!(self.name, "fail" | "required")
    }

    /// Whether what it gives is computed from its arguments, and not one of them.
    pub fn is_plain(&self) -> bool {
        !matches!(
            self.name,
            "default"
                | "coalesce"
                | "ternary"
                | "dict"
                | "list"
                | "tuple"
                | "get"
                | "set"
                | "include"
                | "tpl"
                | "required"
                | "merge"
                | "mergeOverwrite"
                | "pick"
                | "omit"
                | "append"
                | "index"
                | "first"
        )
    }
}

impl Call<'_> {
    /// The text of an argument that is one.
    pub fn text(&self, index: usize) -> Text {
        let text = self.args.get(index).and_then(Val::as_text);
        text.cloned().unwrap_or_default()
    }

    /// The words of a text argument.
    pub fn str(&self, index: usize) -> String {
        let text = self.args.get(index).and_then(Val::as_text);
        text.map(|text| text.to_str().into_owned())
            .unwrap_or_default()
    }

    /// A number of type `int`.
    pub fn int(&self, index: usize) -> i64 {
        match self.args.get(index).map(|arg| &arg.value) {
            Some(Value::Int(value, _)) => *value,
            _ => 0,
        }
    }

    /// An argument; nothing past the last.
    pub fn val(&self, index: usize) -> Val {
        self.args.get(index).cloned().unwrap_or_else(Val::nil)
    }

    /// A map argument.
    pub fn map(&self, index: usize) -> Map {
        let map = self.args.get(index).and_then(Val::as_map);
        map.cloned().unwrap_or_default()
    }

    /// The arguments from one on.
    pub fn rest(&self, from: usize) -> &[Val] {
        self.args.get(from..).unwrap_or_default()
    }

    /// `toString` of an argument.
    pub fn as_text(&self, index: usize) -> Fallible<Text> {
        crate::render::helm::value::print::to_text(&self.val(index), &self.engine.state().budget)
    }

    /// A list argument; `what` names the function in the failure.
    pub fn list(&self, index: usize, what: &str) -> Fallible<List> {
        let val = self.val(index);
        match val.value {
            Value::List(list) => Ok(list),
            Value::Bytes(text) => {
                let byte = |byte: &u8| {
                    let kind = crate::render::helm::value::IntKind::Uint8;
                    Value::Int(i64::from(*byte), kind).into()
                };
                Ok(List::new(text.bytes().iter().map(byte).collect()))
            }
            Value::Nil { .. } => {
                fault("runtime error: invalid memory address or nil pointer dereference")
            }
            _ => fault(format!("cannot {what} on type {}", val.kind_name())),
        }
    }

    /// A new list, if it is not too long.
    pub fn new_list(&self, items: Vec<Val>) -> Fallible<Val> {
        self.engine.state().budget.list(items.len())?;
        Ok(Val::list(items))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_given_twice() {
        let count: usize = TABLES.iter().map(|table| table.len()).sum();
        assert_eq!(BY_NAME.len(), count);
    }

    #[test]
    fn arguments_are_counted() {
        let printf = find("printf").unwrap();
        assert!(printf.check_count(1).is_ok() && printf.check_count(0).is_err());
        assert_eq!((printf.param(0), printf.param(5)), (Param::Str, Param::Any));
        let upper = find("upper").unwrap();
        let fault = upper.check_count(2).unwrap_err();
        assert_eq!(
            fault.message,
            "wrong number of args for upper: want 1 got 2"
        );
    }
}
