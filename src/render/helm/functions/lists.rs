//! Lists.

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::collection::{List, ListKind};
use crate::render::helm::value::compare::deep_equal;
use crate::render::helm::value::{Val, Value};
use crate::render::text::{Builder, Text};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("list", "a*", |call| call.new_list(call.args.clone())),
    function("tuple", "a*", |call| call.new_list(call.args.clone())),
    function("first", "a", |call| end_of(call, "first", false)),
    function("mustFirst", "a", |call| end_of(call, "first", false)),
    function("last", "a", |call| end_of(call, "last", true)),
    function("mustLast", "a", |call| end_of(call, "last", true)),
    function("rest", "a", |call| without_end(call, "rest", false)),
    function("mustRest", "a", |call| without_end(call, "rest", false)),
    function("initial", "a", |call| without_end(call, "initial", true)),
    function("mustInitial", "a", |call| {
        without_end(call, "initial", true)
    }),
    function("append", "aa", append),
    function("push", "aa", append),
    function("mustAppend", "aa", append),
    function("mustPush", "aa", append),
    function("prepend", "aa", prepend),
    function("mustPrepend", "aa", prepend),
    function("concat", "a*", concat),
    function("reverse", "a", reverse),
    function("mustReverse", "a", reverse),
    function("uniq", "a", uniq),
    function("mustUniq", "a", uniq),
    function("without", "aa*", without),
    function("mustWithout", "aa*", without),
    function("has", "aa", has),
    function("mustHas", "aa", has),
    function("compact", "a", compact),
    function("mustCompact", "a", compact),
    function("slice", "aa*", slice),
    function("mustSlice", "aa*", slice),
    function("chunk", "ia", chunk),
    function("mustChunk", "ia", chunk),
    function("sortAlpha", "a", sort_alpha),
    function("toStrings", "a", |call| {
        let texts = texts_of(call, 0)?;
        Ok(list_of(texts))
    }),
    function("join", "sa", join),
];

fn end_of(call: &mut Call, name: &str, is_last: bool) -> Fallible<Val> {
    let list = call.list(0, &format!("find {name}"))?;
    let found = if is_last {
        list.items.last()
    } else {
        list.items.first()
    };
    Ok(found.cloned().unwrap_or_else(Val::nil))
}

fn without_end(call: &mut Call, name: &str, is_last: bool) -> Fallible<Val> {
    let list = call.list(0, &format!("find {name}"))?;
    let items = &list.items;
    if items.is_empty() {
        return Ok(Val::list(Vec::new()));
    }
    let range = if is_last {
        0..items.len() - 1
    } else {
        1..items.len()
    };
    call.new_list(items[range].to_vec())
}

fn append(call: &mut Call) -> Fallible<Val> {
    let mut items = call.list(0, "push")?.items.clone();
    items.push(call.val(1));
    call.new_list(items)
}

fn prepend(call: &mut Call) -> Fallible<Val> {
    let mut items = vec![call.val(1)];
    items.extend(call.list(0, "prepend")?.items.iter().cloned());
    call.new_list(items)
}

fn concat(call: &mut Call) -> Fallible<Val> {
    let mut items = Vec::new();
    for index in 0..call.args.len() {
        items.extend(call.list(index, "concat")?.items.iter().cloned());
        call.engine.state().budget.list(items.len())?;
    }
    call.new_list(items)
}

fn reverse(call: &mut Call) -> Fallible<Val> {
    let list = call.list(0, "find reverse")?;
    call.new_list(list.items.iter().rev().cloned().collect())
}

/// Whether a list holds a value, types and all.
fn contains(call: &Call, items: &[Val], wanted: &Val) -> Fallible<bool> {
    for item in items {
        if deep_equal(item, wanted, &call.engine.state().budget, 0)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn uniq(call: &mut Call) -> Fallible<Val> {
    let list = call.list(0, "find uniq")?;
    let mut items: Vec<Val> = Vec::new();
    for item in &list.items {
        if !contains(call, &items, item)? {
            items.push(item.clone());
        }
    }
    call.new_list(items)
}

fn without(call: &mut Call) -> Fallible<Val> {
    let list = call.list(0, "find without")?;
    let mut items = Vec::new();
    for item in &list.items {
        if !contains(call, call.rest(1), item)? {
            items.push(item.clone());
        }
    }
    call.new_list(items)
}

fn has(call: &mut Call) -> Fallible<Val> {
    if call.val(1).is_nil() {
        return Ok(Val::bool(false));
    }
    let list = call.list(1, "find has")?;
    contains(call, &list.items, &call.val(0)).map(Val::bool)
}

fn compact(call: &mut Call) -> Fallible<Val> {
    let list = call.list(0, "compact")?;
    call.new_list(
        list.items
            .iter()
            .filter(|item| item.is_true())
            .cloned()
            .collect(),
    )
}

fn slice(call: &mut Call) -> Fallible<Val> {
    let val = call.val(0);
    let Value::List(list) = &val.value else {
        return fault(format!(
            "list should be type of slice or array but {}",
            val.kind_name()
        ));
    };
    let length = list.items.len();
    let bound = |index: usize, default: usize| -> Fallible<usize> {
        let Some(given) = call.args.get(index) else {
            return Ok(default);
        };
        let number = crate::render::helm::functions::convert::to_int(given);
        usize::try_from(number).or_else(|_| fault("slice bounds out of range"))
    };
    let (start, end) = (bound(1, 0)?, bound(2, length)?);
    if length == 0 {
        return Ok(Val::nil());
    }
    match list.items.get(start..end) {
        Some(items) => {
            let kind = list.kind;
            Ok(Value::List(List::of_kind(items.to_vec(), kind)).into())
        }
        None => fault(format!(
            "slice bounds out of range [{start}:{end}] with length {length}"
        )),
    }
}

fn chunk(call: &mut Call) -> Fallible<Val> {
    let list = call.list(1, "chunk")?;
    let Some(size) = usize::try_from(call.int(0)).ok().filter(|size| *size > 0) else {
        return fault("runtime error: integer divide by zero");
    };
    let chunks = list
        .items
        .chunks(size)
        .map(|chunk| Val::list(chunk.to_vec()));
    let chunks: Vec<Val> = chunks.collect();
    call.engine.state().budget.list(list.items.len())?;
    Ok(Value::List(List::of_kind(chunks, ListKind::Lists)).into())
}

/// A list of type `[]string`.
pub(super) fn list_of(texts: Vec<Text>) -> Val {
    let items = texts.into_iter().map(Val::text).collect();
    Value::List(List::of_kind(items, ListKind::Str)).into()
}

/// The texts of a list's elements, nothings left out; a value that is no list is a list of one.
pub(super) fn texts_of(call: &Call, index: usize) -> Fallible<Vec<Text>> {
    let val = call.val(index);
    let budget = &call.engine.state().budget;
    match &val.value {
        Value::Nil { .. } => Ok(Vec::new()),
        Value::List(list) => {
            let items = list.items.iter().filter(|item| !item.is_nil());
            items
                .map(|item| crate::render::helm::value::print::to_text(item, budget))
                .collect()
        }
        _ => Ok(vec![call.as_text(index)?]),
    }
}

fn sort_alpha(call: &mut Call) -> Fallible<Val> {
    let mut texts = texts_of(call, 0)?;
    texts.sort_by(|one, other| one.bytes().cmp(other.bytes()));
    Ok(list_of(texts))
}

fn join(call: &mut Call) -> Fallible<Val> {
    let separator = call.text(0);
    let mut out = Builder::default();
    for (index, text) in texts_of(call, 1)?.iter().enumerate() {
        if index > 0 {
            out.push_text(&separator);
        }
        out.push_text(text);
        Budget::fits(out.len())?;
    }
    Ok(Val::text(out.finish()))
}
