//! The functions of semantic versions.

use std::cmp::Ordering;

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::semver::Version;
use crate::render::helm::value::host::Host;
use crate::render::helm::value::{IntKind, Val, Value};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("semver", "s", |call| {
        let text = call.str(0);
        match Version::parse(&text) {
            Some(version) => Ok(Val::host(Host::Version(version))),
            None => fault("invalid semantic version"),
        }
    }),
    function("*semver.Version.Compare", "aa", |call| {
        let order = ordered(call)?;
        Ok(Value::Int(order as i64, IntKind::Int).into())
    }),
    function("*semver.Version.LessThan", "aa", |call| {
        Ok(Val::bool(ordered(call)?.is_lt()))
    }),
    function("*semver.Version.GreaterThan", "aa", |call| {
        Ok(Val::bool(ordered(call)?.is_gt()))
    }),
    function("*semver.Version.Equal", "aa", |call| {
        Ok(Val::bool(ordered(call)?.is_eq()))
    }),
];

fn ordered(call: &mut Call) -> Fallible<Ordering> {
    match (&call.val(0).value, &call.val(1).value) {
        (Value::Host(one), Value::Host(other)) => match (&**one, &**other) {
            (Host::Version(one), Host::Version(other)) => Ok(one.order(other)),
            _ => fault("wrong type for value; expected *semver.Version"),
        },
        _ => fault("wrong type for value; expected *semver.Version"),
    }
}
