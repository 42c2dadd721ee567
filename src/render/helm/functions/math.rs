//! Arithmetic.

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::convert::{to_float, to_int};
use crate::render::helm::functions::decimal::Decimal;
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::collection::{List, ListKind};
use crate::render::helm::value::{IntKind, Val, Value};
use crate::render::text::Text;

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("add", "a*", |call| {
        Ok(whole(folded(call, Some(0), i64::wrapping_add)))
    }),
    function("add1", "a", |call| {
        Ok(whole(to_int(&call.val(0)).wrapping_add(1)))
    }),
    function("sub", "aa", |call| {
        Ok(whole(
            to_int(&call.val(0)).wrapping_sub(to_int(&call.val(1))),
        ))
    }),
    function("mul", "aa*", |call| {
        Ok(whole(folded(call, None, i64::wrapping_mul)))
    }),
    function("div", "aa", |call| divided(call, i64::wrapping_div)),
    function("mod", "aa", |call| divided(call, i64::wrapping_rem)),
    function("max", "aa*", |call| Ok(whole(folded(call, None, i64::max)))),
    function("biggest", "aa*", |call| {
        Ok(whole(folded(call, None, i64::max)))
    }),
    function("min", "aa*", |call| Ok(whole(folded(call, None, i64::min)))),
    function("addf", "a*", |call| {
        exact(call, Decimal::plus, |one, other| one + other)
    }),
    function("add1f", "a", |call| {
        call.args.push(Val::float(1.0));
        exact(call, Decimal::plus, |one, other| one + other)
    }),
    function("subf", "aa*", |call| {
        exact(call, Decimal::minus, |one, other| one - other)
    }),
    function("mulf", "aa*", |call| {
        exact(call, Decimal::times, |one, other| one * other)
    }),
    function("divf", "aa*", divided_exactly),
    function("maxf", "aa*", |call| extreme(call, f64::max)),
    function("minf", "aa*", |call| extreme(call, f64::min)),
    function("ceil", "a", |call| {
        Ok(Val::float(to_float(&call.val(0)).ceil()))
    }),
    function("floor", "a", |call| {
        Ok(Val::float(to_float(&call.val(0)).floor()))
    }),
    function("round", "aaa*", round),
    function("until", "i", |call| {
        let end = call.int(0);
        steps(call, 0, end, if end < 0 { -1 } else { 1 })
    }),
    function("untilStep", "iii", |call| {
        let (start, end, step) = (call.int(0), call.int(1), call.int(2));
        steps(call, start, end, step)
    }),
    function("seq", "i*", seq),
];

fn whole(value: i64) -> Val {
    Val::int64(value)
}

fn folded(call: &Call, first: Option<i64>, join: fn(i64, i64) -> i64) -> i64 {
    let numbers = call.args.iter().map(to_int);
    match first {
        Some(first) => numbers.fold(first, join),
        None => numbers.reduce(join).unwrap_or(0),
    }
}

fn divided(call: &mut Call, divide: fn(i64, i64) -> i64) -> Fallible<Val> {
    let (one, other) = (to_int(&call.val(0)), to_int(&call.val(1)));
    if other == 0 {
        return fault("runtime error: integer divide by zero");
    }
    Ok(whole(divide(one, other)))
}

/// Decimal fractions come out as on paper: 1.1 and 2.2 are 3.3.
fn exact(
    call: &mut Call,
    join: fn(Decimal, Decimal) -> Option<Decimal>,
    approximate: fn(f64, f64) -> f64,
) -> Fallible<Val> {
    let mut numbers = call.args.iter().map(to_float);
    let Some(first) = numbers.next() else {
        return Ok(Val::float(0.0));
    };
    let joined = numbers.fold(first, |one, other| {
        let decimals = Decimal::of(one).zip(Decimal::of(other));
        let exact = decimals.and_then(|(one, other)| join(one, other));
        exact.map_or_else(|| approximate(one, other), Decimal::as_float)
    });
    Ok(Val::float(joined))
}

fn divided_exactly(call: &mut Call) -> Fallible<Val> {
    if call.rest(1).iter().any(|other| to_float(other) == 0.0) {
        return fault("decimal division by 0");
    }
    exact(call, Decimal::over, |one, other| one / other)
}

fn extreme(call: &mut Call, choose: fn(f64, f64) -> f64) -> Fallible<Val> {
    let numbers = call.args.iter().map(to_float);
    Ok(Val::float(numbers.reduce(choose).unwrap_or(0.0)))
}

fn round(call: &mut Call) -> Fallible<Val> {
    let value = to_float(&call.val(0));
    let places = i32::try_from(to_int(&call.val(1)).clamp(-300, 300)).unwrap_or(0);
    let half = call.args.get(2).map_or(0.5, to_float);
    let power = 10f64.powi(places);
    let digits = power * value;
    let fraction = digits.fract();
    let rounded = if fraction >= half {
        digits.ceil()
    } else {
        digits.floor()
    };
    Ok(Val::float(rounded / power))
}

fn numbers(call: &Call, start: i64, end: i64, step: i64) -> Fallible<Vec<i64>> {
    let span = i128::from(end) - i128::from(start);
    let step = i128::from(step);
    if step == 0 || span.signum() != step.signum() {
        return Ok(Vec::new());
    }
    let count = usize::try_from((span.abs() + step.abs() - 1) / step.abs()).unwrap_or(usize::MAX);
    call.engine.state().budget.list(count)?;
    let nth = |index: usize| i128::from(start) + step * i128::try_from(index).unwrap_or(0);
    Ok((0..count)
        .filter_map(|index| i64::try_from(nth(index)).ok())
        .collect())
}

fn steps(call: &mut Call, start: i64, end: i64, step: i64) -> Fallible<Val> {
    let numbers = numbers(call, start, end, step)?;
    let items = numbers
        .into_iter()
        .map(|number| Value::Int(number, IntKind::Int).into());
    Ok(Value::List(List::of_kind(items.collect(), ListKind::Int)).into())
}

/// As the program of that name: numbers with spaces between, the end included.
fn seq(call: &mut Call) -> Fallible<Val> {
    let given: Vec<i64> = (0..call.args.len()).map(|index| call.int(index)).collect();
    let toward = |start: i64, end: i64| if end < start { -1 } else { 1 };
    let (start, step, end) = match given.as_slice() {
        [end] => (1, toward(1, *end), *end),
        [start, end] => (*start, toward(*start, *end), *end),
        [start, step, end] => (*start, *step, *end),
        _ => return Ok(Val::str("")),
    };
    if step == 0 || (end - start).signum() * step.signum() < 0 {
        return Ok(Val::str(""));
    }
    let numbers = numbers(call, start, end.saturating_add(step.signum()), step)?;
    let words: Vec<String> = numbers.iter().map(i64::to_string).collect();
    Ok(Val::text(Text::plain(&words.join(" "))))
}
