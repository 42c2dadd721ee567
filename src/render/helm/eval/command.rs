//! Commands: functions with their arguments, fields, methods and plain values.

use crate::render::helm::eval::{Engine, Scope};
use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::{self, Call, Function, Param};
use crate::render::helm::template::tree::{Command, Number, Word, WordKind};
use crate::render::helm::value::collection::{ListKind, Map, MapKind};
use crate::render::helm::value::host::Host;
use crate::render::helm::value::{IntKind, Val, Value};

/// The arguments of a command: the words after the first, and what the command before gave.
pub(super) struct Given<'a> {
    pub(super) words: &'a [Word],
    pub(super) last: Option<Val>,
}

impl Given<'_> {
    fn is_none(&self) -> bool {
        self.words.is_empty() && self.last.is_none()
    }
}

impl Engine {
    pub(super) fn command(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        command: &Command,
        last: Option<Val>,
    ) -> Fallible<Val> {
        let Some((first, words)) = command.words.split_first() else {
            return fault("empty command");
        };
        self.state.budget.step()?;
        let via = self.state.via;
        let given = Given { words, last };
        let result = self.deeper(|engine| engine.word_command(scope, dot, first, command, given));
        result.map_err(|fault| fault.placed(command.place, via))
    }

    fn word_command(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        first: &Word,
        command: &Command,
        given: Given,
    ) -> Fallible<Val> {
        match &first.kind {
            WordKind::Field(path) => self.chain(scope, dot, dot.clone(), path, given),
            WordKind::Variable(name, path) => {
                let val = scope.get(name);
                if path.is_empty() {
                    return given.not_a_function(name).map(|()| val);
                }
                self.chain(scope, dot, val, path, given)
            }
            WordKind::Chain(word, path) => {
                let val = self.word(scope, dot, word)?;
                self.chain(scope, dot, val, path, given)
            }
            WordKind::Function(name) => {
                self.state.site = command.place;
                self.function(scope, dot, name, given)
            }
            WordKind::Nil => fault("nil is not a command"),
            _ => {
                given.not_a_function("operand")?;
                self.word(scope, dot, first)
            }
        }
    }

    /// The value of an operand without arguments.
    pub(super) fn word(&mut self, scope: &mut Scope, dot: &Val, word: &Word) -> Fallible<Val> {
        let none = Given {
            words: &[],
            last: None,
        };
        match &word.kind {
            WordKind::Dot => Ok(dot.clone()),
            WordKind::Nil => Ok(Val::nil()),
            WordKind::Bool(value) => Ok(Val::bool(*value)),
            WordKind::Number(number) => Ok(ideal(*number)),
            WordKind::Text(text) => Ok(Val::text(text.in_frame(self.state.via))),
            WordKind::Field(path) => self.chain(scope, dot, dot.clone(), path, none),
            WordKind::Variable(name, path) => {
                let val = scope.get(name);
                self.chain(scope, dot, val, path, none)
            }
            WordKind::Pipe(pipeline) => self.deeper(|engine| engine.pipeline(scope, dot, pipeline)),
            WordKind::Chain(inner, path) => {
                let val = self.word(scope, dot, inner)?;
                self.chain(scope, dot, val, path, none)
            }
            WordKind::Function(name) => {
                self.state.site = word.place;
                self.function(scope, dot, name, none)
            }
        }
    }

    fn function(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        name: &str,
        given: Given,
    ) -> Fallible<Val> {
        if matches!(name, "and" | "or") {
            return self.short_circuit(scope, dot, name == "or", given);
        }
        let Some(function) = functions::find(name) else {
            return fault(format!("{name:?} is not a defined function"));
        };
        self.call(scope, dot, function, Vec::new(), given)
    }

    /// `and` and `or` give an operand, and look no further than they must.
    fn short_circuit(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        is_or: bool,
        given: Given,
    ) -> Fallible<Val> {
        let mut val = None;
        for word in given.words {
            let next = self.word(scope, dot, word)?;
            let ends = next.is_true() == is_or;
            val = Some(match val {
                Some(before) if is_or => self.state.standing_in(next, &before),
                _ => next,
            });
            if ends {
                return Ok(val.unwrap_or_else(Val::nil));
            }
        }
        match given.last.or(val) {
            Some(val) => Ok(val),
            None => fault("wrong number of args for and/or: want at least 1 got 0"),
        }
    }

    /// Calls a function or a method; a method's receiver is its first argument.
    pub(super) fn call(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        function: &'static Function,
        receiver: Vec<Val>,
        given: Given,
    ) -> Fallible<Val> {
        let mut args = receiver;
        let count = args.len() + given.words.len() + usize::from(given.last.is_some());
        function.check_count(count)?;
        for word in given.words {
            let param = function.param(args.len());
            let val = self.argument(scope, dot, word, param)?;
            args.push(val);
        }
        if let Some(last) = given.last {
            args.push(checked(last, function.param(args.len()))?);
        }
        let site = self.state.site;
        let is_unknown = args.iter().any(|arg| arg.unknown);
        let mut call = Call { engine: self, args };
        let val = (function.run)(&mut call).map_err(|mut fault| {
            if !fault.place.is_some() && !function.is_silent() {
                fault.message = format!("error calling {}: {}", function.name, fault.message);
            }
            fault
        })?;
        self.state.site = site;
        if let Value::Str(text) = &val.value {
            self.state.budget.text(text.len())?;
        }
        let carries = is_unknown && function.is_plain();
        Ok(if carries { val.into_unknown() } else { val })
    }

    fn argument(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        word: &Word,
        param: Param,
    ) -> Fallible<Val> {
        self.state.budget.step()?;
        if let (WordKind::Number(number), Param::Int) = (&word.kind, param) {
            return match number.int {
                Some(int) => Ok(Value::Int(int, IntKind::Int).into()),
                None => fault("expected integer; found a number with a fraction"),
            };
        }
        if matches!(word.kind, WordKind::Nil)
            && matches!(param, Param::Str | Param::Int | Param::Bool)
        {
            return fault(format!("cannot assign nil to {}", param.type_name()));
        }
        let via = self.state.via;
        let val = self.deeper(|engine| engine.word(scope, dot, word));
        let val = val.and_then(|val| checked(val, param));
        val.map_err(|fault| fault.placed(word.place, via))
    }
}

impl Scope {
    fn get(&self, name: &str) -> Val {
        let found = self
            .variables
            .iter()
            .rev()
            .find(|(known, _)| **known == *name);
        found.map_or_else(Val::nil, |(_, val)| val.clone())
    }
}

impl Given<'_> {
    fn not_a_function(&self, name: &str) -> Fallible<()> {
        if self.is_none() {
            return Ok(());
        }
        fault(format!("can't give argument to non-function {name}"))
    }
}

/// A number of the type that it is written as.
fn ideal(number: Number) -> Val {
    match number.int {
        Some(int) if !number.is_float => Value::Int(int, IntKind::Int).into(),
        _ => Val::float(number.float),
    }
}

/// The value if a parameter takes its type.
pub(super) fn checked(val: Val, param: Param) -> Fallible<Val> {
    let fits = match (param, &val.value) {
        (Param::Any, _)
        | (Param::Str, Value::Str(_))
        | (Param::Int, Value::Int(_, IntKind::Int))
        | (Param::Bool, Value::Bool(_)) => true,
        (Param::Map, Value::Map(map)) => matches!(map.kind(), MapKind::Any | MapKind::Values),
        (Param::List, Value::List(list)) => list.kind == ListKind::Any,
        (Param::Time, Value::Host(host)) => matches!(**host, Host::Time(_)),
        (Param::Map, Value::Nil { typed: false }) => return Ok(empty_map(&val)),
        (Param::List, Value::Nil { typed: false }) => return Ok(Val::list(Vec::new())),
        _ => false,
    };
    if fits {
        return Ok(val);
    }
    let expected = param.type_name();
    if matches!(val.value, Value::Nil { typed: false }) {
        return fault(format!("invalid value; expected {expected}"));
    }
    let given = val.given_type();
    fault(format!(
        "wrong type for value; expected {expected}; got {given}"
    ))
}

/// What nothing is to a function that takes a map.
fn empty_map(missing: &Val) -> Val {
    Val {
        value: Value::Map(Map::default()),
        ..missing.clone()
    }
}
