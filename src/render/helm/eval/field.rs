//! Fields and methods of values.

use std::rc::Rc;

use crate::render::helm::eval::command::Given;
use crate::render::helm::eval::{Engine, Scope};
use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions;
use crate::render::helm::value::collection::MapKind;
use crate::render::helm::value::{Val, Value};

impl Engine {
    /// Follows a path of fields; the last one takes the arguments.
    pub(super) fn chain(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        val: Val,
        path: &[Rc<str>],
        given: Given,
    ) -> Fallible<Val> {
        let Some((last, path)) = path.split_last() else {
            return Ok(val);
        };
        let none = || Given {
            words: &[],
            last: None,
        };
        let mut val = val;
        for name in path {
            val = self.field(scope, dot, &val, name, none())?;
        }
        self.field(scope, dot, &val, last, given)
    }

    fn field(
        &mut self,
        scope: &mut Scope,
        dot: &Val,
        val: &Val,
        name: &str,
        given: Given,
    ) -> Fallible<Val> {
        let has_arguments = !given.words.is_empty() || given.last.is_some();
        if let Value::Nil { typed } = val.value {
            if typed {
                return fault(format!("nil pointer evaluating interface {{}}.{name}"));
            }
            return Ok(self.state.missing(val, name, false));
        }
        if let Some(method) = functions::method(val.type_name(), name) {
            let site = self.state.site;
            let result = self.call(scope, dot, method, vec![val.clone()], given);
            self.state.site = site;
            return result;
        }
        let found = match &val.value {
            Value::Map(map) => match map.get(name) {
                Some(found) => Some(as_field(found, val)),
                None if map.kind() == MapKind::Str => Some(Val::str("")),
                None => Some(self.state.missing(val, name, true)),
            },
            Value::Host(host) => host.field(name).map(|found| Val {
                unknown: found.unknown || val.unknown,
                ..found
            }),
            // Nobody knows what is in it.
            _ if val.unknown => Some(val.clone()),
            _ => None,
        };
        match found {
            Some(_) if has_arguments => fault(format!("{name} is not a method but has arguments")),
            Some(found) => Ok(found),
            None => {
                let kind = match val.value {
                    Value::Host(_) => val.type_name(),
                    _ => "interface {}",
                };
                fault(format!("can't evaluate field {name} in type {kind}"))
            }
        }
    }
}

/// Nothing that is set is typed as well; what is in an unknown map is unknown.
fn as_field(found: Val, map: &Val) -> Val {
    let mut found = found;
    if let Value::Nil { typed } = &mut found.value {
        *typed = true;
    }
    found.unknown |= map.unknown;
    found
}
