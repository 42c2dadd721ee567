//! Dates in Go's layouts.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::layout::{format, parse};
use crate::render::helm::functions::stand_ins::now;
use crate::render::helm::functions::{Call, Function, durations, function};
use crate::render::helm::value::host::Host;
use crate::render::helm::value::{Val, Value};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("date", "sa", |call| formatted(call, 0)),
    function("dateInZone", "sas", |call| formatted(call, 0)),
    function("date_in_zone", "sas", |call| formatted(call, 0)),
    function("htmlDate", "a", html_date),
    function("htmlDateInZone", "as", html_date),
    function("dateModify", "st", |call| modified(call, false)),
    function("date_modify", "st", |call| modified(call, false)),
    function("mustDateModify", "st", |call| modified(call, true)),
    function("must_date_modify", "st", |call| modified(call, true)),
    function("toDate", "ss", |call| {
        let made = parse(&call.str(0), &call.str(1)).unwrap_or_else(zero);
        Ok(Val::host(Host::Time(made)))
    }),
    function("mustToDate", "ss", |call| {
        match parse(&call.str(0), &call.str(1)) {
            Some(made) => Ok(Val::host(Host::Time(made))),
            None => fault("parsing time: it does not fit the layout"),
        }
    }),
    function("unixEpoch", "t", |call| {
        let (time, unknown) = time_of(&call.val(0));
        Ok(Val {
            unknown,
            ..Val::str(&time.timestamp().to_string())
        })
    }),
    function("ago", "a", |call| {
        let (time, _) = time_of(&call.val(0));
        let since = (now() - time).num_seconds().saturating_mul(1_000_000_000);
        Ok(Val::str(&durations::go_text(since)).into_unknown())
    }),
    function("time.Time.Format", "as", |call| {
        let (time, unknown) = time_of(&call.val(0));
        let made = Val::str(&format(&time, &call.str(1)));
        Ok(if unknown { made.into_unknown() } else { made })
    }),
    function("time.Time.UTC", "a", |call| Ok(call.val(0))),
];

fn zero() -> DateTime<FixedOffset> {
    let date = NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default();
    date.and_time(chrono::NaiveTime::MIN)
        .and_utc()
        .fixed_offset()
}

/// The time that a value is (seconds if it is a number), and whether it is known only at run time.
fn time_of(val: &Val) -> (DateTime<FixedOffset>, bool) {
    match &val.value {
        Value::Host(host) => match &**host {
            Host::Time(time) => (*time, val.unknown),
            _ => (now(), true),
        },
        Value::Int(seconds, _) => {
            let time = DateTime::<Utc>::from_timestamp(*seconds, 0).unwrap_or_default();
            (time.fixed_offset(), val.unknown)
        }
        _ => (now(), true),
    }
}

fn formatted(call: &mut Call, layout: usize) -> Fallible<Val> {
    let (time, unknown) = time_of(&call.val(1));
    let made = Val::str(&format(&time, &call.str(layout)));
    Ok(if unknown { made.into_unknown() } else { made })
}

fn html_date(call: &mut Call) -> Fallible<Val> {
    let (time, unknown) = time_of(&call.val(0));
    let made = Val::str(&format(&time, "2006-01-02"));
    Ok(if unknown { made.into_unknown() } else { made })
}

fn modified(call: &mut Call, is_strict: bool) -> Fallible<Val> {
    let (time, unknown) = time_of(&call.val(1));
    let Some(by) = durations::parse(&call.str(0)) else {
        let message = format!("time: invalid duration {:?}", call.str(0));
        return if is_strict {
            fault(message)
        } else {
            Ok(call.val(1))
        };
    };
    let moved = time
        .checked_add_signed(chrono::TimeDelta::nanoseconds(by))
        .unwrap_or(time);
    Ok(Val {
        unknown,
        ..Val::host(Host::Time(moved))
    })
}
