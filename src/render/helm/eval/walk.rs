//! Blocks, conditions and loops.

use std::rc::Rc;

use crate::render::helm::eval::{Engine, Scope};
use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::template::tree::{Block, Branch, Node, Pipeline};
use crate::render::helm::value::print::push_action;
use crate::render::helm::value::{IntKind, Val, Value};
use crate::render::place::Place;
use crate::render::text::{Builder, Piece};

/// How a block ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Break,
    Continue,
}

impl Scope {
    fn mark(&self) -> usize {
        self.variables.len()
    }

    fn pop(&mut self, mark: usize) {
        self.variables.truncate(mark);
    }

    /// Sets a variable that was declared; the parser saw to it that it was.
    fn set(&mut self, name: &str, val: &Val) {
        let found = self
            .variables
            .iter_mut()
            .rev()
            .find(|(known, _)| **known == *name);
        if let Some((_, known)) = found {
            *known = val.clone();
        }
    }

    /// Sets the `n`th variable from the top, 1 being the last.
    fn set_top(&mut self, n: usize, val: &Val) {
        let index = self.variables.len().checked_sub(n);
        if let Some((_, known)) = index.and_then(|index| self.variables.get_mut(index)) {
            *known = val.clone();
        }
    }
}

impl Engine {
    /// Runs the nodes of a block.
    pub(super) fn block(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        block: &Block,
        out: &mut Builder,
    ) -> Fallible<Flow> {
        self.deeper(|engine| {
            for node in block {
                engine.state.budget.step()?;
                match engine.node(scope, dot, node, out)? {
                    Flow::Next => {}
                    flow => return Ok(flow),
                }
            }
            Ok(Flow::Next)
        })
    }

    fn node(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        node: &Node,
        out: &mut Builder,
    ) -> Fallible<Flow> {
        match node {
            Node::Text(text) => out.push_template(text, self.state.via),
            Node::Action(pipeline, place) => {
                let val = self.located(*place, |engine| engine.pipeline(scope, dot, pipeline))?;
                if pipeline.variables.is_empty() {
                    let piece = Piece::of_template(*place, false, self.state.via);
                    self.located(*place, |engine| {
                        push_action(out, &val, piece, &engine.state.budget)
                    })?;
                }
            }
            Node::Branch(branch) => return self.branch(scope, dot, branch, out),
            Node::Range(branch) => return self.range(scope, dot, branch, out),
            Node::Call(name, pipeline, place) => {
                let inner = match pipeline {
                    Some(pipeline) => {
                        self.located(*place, |engine| engine.pipeline(scope, dot, pipeline))?
                    }
                    None => Val::nil(),
                };
                self.state.site = *place;
                self.located(*place, |engine| engine.call_template(name, &inner, out))?;
            }
            Node::Break => return Ok(Flow::Break),
            Node::Continue => return Ok(Flow::Continue),
        }
        Ok(Flow::Next)
    }

    /// Gives a failure the place of the action, unless it has one of its own.
    fn located<T>(
        &mut self,
        place: Place,
        run: impl FnOnce(&mut Self) -> Fallible<T>,
    ) -> Fallible<T> {
        let via = self.state.via;
        run(self).map_err(|fault| fault.placed(place, via))
    }

    fn branch(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        branch: &Branch,
        out: &mut Builder,
    ) -> Fallible<Flow> {
        let mark = scope.mark();
        let val = self.located(branch.place, |engine| {
            engine.pipeline(scope, dot, &branch.pipeline)
        })?;
        let flow = if val.is_true() {
            let inner = if branch.sets_dot { &val } else { dot };
            self.block(scope, inner, &branch.body, out)
        } else {
            self.leave_mark(&val, branch.place, out);
            match &branch.otherwise {
                Some(otherwise) => self.block(scope, dot, otherwise, out),
                None => Ok(Flow::Next),
            }
        };
        scope.pop(mark);
        flow
    }

    /// Notes in the text that a block was left out, and which value is behind it.
    fn leave_mark(&self, val: &Val, place: Place, out: &mut Builder) {
        let own = val.as_text().and_then(|text| text.pieces().first());
        out.mark(Piece {
            value: val.at.or(own.map_or(Place::NONE, |piece| piece.value)),
            template: place,
            via: self.state.via,
            ..val.piece()
        });
    }

    fn range(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        branch: &Branch,
        out: &mut Builder,
    ) -> Fallible<Flow> {
        let mark = scope.mark();
        let pipeline = &branch.pipeline;
        let val = self.located(branch.place, |engine| engine.pipeline(scope, dot, pipeline))?;
        let elements = self.located(branch.place, |engine| engine.elements(&val, pipeline))?;
        if elements.is_empty() {
            self.leave_mark(&val, branch.place, out);
        }
        let is_empty = elements.is_empty();
        let inner = scope.mark();
        for (index, element) in elements {
            bind(scope, pipeline, &index, &element);
            let flow = self.block(scope, &element, &branch.body, out)?;
            scope.pop(inner);
            if flow == Flow::Break {
                break;
            }
        }
        let flow = match &branch.otherwise {
            Some(otherwise) if is_empty => self.block(scope, dot, otherwise, out),
            _ => Ok(Flow::Next),
        };
        scope.pop(mark);
        flow
    }

    /// The keys (or numbers) and elements that `range` goes over.
    fn elements(&mut self, val: &Val, pipeline: &Pipeline) -> Fallible<Vec<(Val, Val)>> {
        let numbered = |(index, element)| (Val::int(index), element);
        let elements = match &val.value {
            Value::Nil { .. } => Vec::new(),
            Value::Str(_) if val.unknown => vec![(val.clone(), val.clone())],
            Value::List(list) => {
                let items = list.items.iter().cloned().map(as_element);
                items.enumerate().map(numbered).collect()
            }
            Value::Bytes(text) => {
                let byte = |byte: &u8| Value::Int(i64::from(*byte), IntKind::Uint8).into();
                text.bytes()
                    .iter()
                    .map(byte)
                    .enumerate()
                    .map(numbered)
                    .collect()
            }
            Value::Map(map) => {
                let entries = map.snapshot().into_iter();
                let entries = entries.map(|(key, entry)| {
                    let name = crate::render::text::Text::located(&key, entry.key, false);
                    (Val::text(name).at(entry.key), as_element(entry.val))
                });
                entries.collect()
            }
            Value::Int(count, kind) => {
                if pipeline.variables.len() > 1 {
                    return fault(format!(
                        "can't use {count} to iterate over more than one variable"
                    ));
                }
                let count = usize::try_from(*count).unwrap_or(0);
                self.state.budget.list(count)?;
                let number = |n: usize| Val::from(Value::Int(i64::try_from(n).unwrap_or(0), *kind));
                (0..count).map(|n| (number(n), number(n))).collect()
            }
            _ => {
                let name = val.type_name();
                return fault(format!("range can't iterate over a value of type {name}"));
            }
        };
        Ok(elements)
    }

    /// Runs a pipeline and declares or sets its variables.
    pub(super) fn pipeline(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        pipeline: &Pipeline,
    ) -> Fallible<Val> {
        let mut last: Option<Val> = None;
        for command in &pipeline.commands {
            last = Some(self.command(scope, dot, command, last)?.untyped());
        }
        let val = last.unwrap_or_else(Val::nil);
        for name in &pipeline.variables {
            if pipeline.assigns {
                scope.set(name, &val);
            } else {
                scope.variables.push((Rc::clone(name), val.clone()));
            }
        }
        Ok(val)
    }
}

/// Nothing among the elements of a collection is a nothing whose fields cannot be asked for.
fn as_element(val: Val) -> Val {
    match val.value {
        Value::Nil { .. } => Val {
            value: Value::Nil { typed: true },
            ..val
        },
        _ => val,
    }
}

/// Gives the variables of a loop their values for one element.
fn bind(scope: &mut Scope, pipeline: &Pipeline, index: &Val, element: &Val) {
    match (pipeline.variables.as_slice(), pipeline.assigns) {
        ([name], true) => scope.set(name, element),
        ([key, name], true) => {
            scope.set(key, index);
            scope.set(name, element);
        }
        ([_], false) => scope.set_top(1, element),
        ([_, _], false) => {
            scope.set_top(1, element);
            scope.set_top(2, index);
        }
        _ => {}
    }
}
