//! One type from another.

use crate::render::helm::fault::Fallible;
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::template::literal::integer;
use crate::render::helm::value::{IntKind, Val, Value};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("toString", "a", |call| {
        let hole = call.val(0).hole;
        let made = Val::text(call.as_text(0)?);
        Ok(Val { hole, ..made })
    }),
    function("int", "a", |call| {
        let val = call.val(0);
        Ok(Val {
            at: val.at,
            hole: val.hole,
            ..Value::Int(to_int(&val), IntKind::Int).into()
        })
    }),
    function("int64", "a", |call| {
        let val = call.val(0);
        Ok(Val {
            at: val.at,
            hole: val.hole,
            ..Val::int64(to_int(&val))
        })
    }),
    function("float64", "a", |call| {
        let val = call.val(0);
        Ok(Val {
            at: val.at,
            hole: val.hole,
            ..Val::float(to_float(&val))
        })
    }),
    function("atoi", "s", |call| {
        let number = call.str(0).parse::<i64>().unwrap_or(0);
        Ok(Value::Int(number, IntKind::Int).into())
    }),
    function("toDecimal", "a", to_decimal),
];

/// Go's conversion of a float: cut, and the least number if it does not fit.
fn cut(value: f64) -> i64 {
    if value.is_nan() || !(-9.223_372_036_854_775e18..9.223_372_036_854_775e18).contains(&value) {
        return i64::MIN;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it was looked at whether it fits"
    )]
    let whole = value as i64;
    whole
}

/// The number that a value is; 0 if it is none.
pub fn to_int(val: &Val) -> i64 {
    match &val.value {
        Value::Bool(value) => i64::from(*value),
        Value::Int(value, _) => *value,
        Value::Float(value) => cut(*value),
        Value::Str(text) => {
            let text = text.to_str();
            let whole = without_zeros(&text);
            integer(&whole).unwrap_or(0)
        }
        _ => 0,
    }
}

/// The text without a point and zeros after it: `5.0` is a whole number.
fn without_zeros(text: &str) -> String {
    match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole.to_owned(),
        _ => text.to_owned(),
    }
}

/// The number that a value is; 0 if it is none.
#[expect(
    clippy::cast_precision_loss,
    reason = "Go gives the nearest float, too"
)]
pub fn to_float(val: &Val) -> f64 {
    match &val.value {
        Value::Bool(value) => f64::from(u8::from(*value)),
        Value::Int(value, _) => *value as f64,
        Value::Float(value) => *value,
        Value::Str(text) => {
            let text = text.to_str();
            let has_radix = text
                .bytes()
                .any(|byte| matches!(byte, b'x' | b'X' | b'b' | b'B' | b'o' | b'O'));
            let digits = text.replace('_', "");
            digits.parse().ok().filter(|_| !has_radix).unwrap_or(0.0)
        }
        _ => 0.0,
    }
}

/// An octal number in a text.
fn to_decimal(call: &mut Call) -> Fallible<Val> {
    let text = call.as_text(0)?;
    Ok(Val::int64(
        i64::from_str_radix(&text.to_str(), 8).unwrap_or(0),
    ))
}
