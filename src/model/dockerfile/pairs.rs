//! The pairs of ENV, ARG and LABEL, and the variables that an instruction reads of them.

use std::collections::{BTreeMap, BTreeSet};

use hullmark_tables::{self as tables, Misspelling, misspelling, pair};

use crate::model::label;
use crate::model::row::RowBuilder;
use crate::model::shell_variables::is_spelt_alike;
use crate::parse::dockerfile::{self, Instruction, Pair, Variables, Word};

/// How many variables are compared with how many others.
const MOST_COMPARED: usize = 100;

pub(super) fn pairs(
    instruction: &Instruction,
    variables: &Variables,
) -> Vec<RowBuilder<tables::Pair>> {
    let pairs = &instruction.pairs;
    let is_label = instruction.keyword == "LABEL";
    let mut setters: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in pairs {
        *setters.entry(&pair.name).or_default() += 1;
    }
    let rows = pairs.iter().enumerate().map(|(number, pair)| {
        let (value, is_known) = value_of(pair, variables);
        let written = value
            .as_deref()
            .filter(|_| is_label && !has_variables(pair));
        let looks_like = written.map(label::looks_like);
        RowBuilder::new()
            .text(pair::name, &pair.name)
            .text(pair::field, &format!("pairs.{number}"))
            .set(pair::has_value, pair.value.is_some())
            .set(pair::is_legacy, pair.is_legacy)
            .maybe_text(pair::modern, modern(pair).as_deref())
            .set(pair::is_bad_label_key, is_bad_label_key(&pair.name))
            .set(pair::is_known, is_known)
            .maybe_text(pair::value, value.as_deref())
            .texts(pair::reads_beside, reads_beside(pair, &setters))
            .maybe(pair::is_literal, is_label.then_some(written.is_some()))
            .maybe(pair::looks_like, looks_like)
    });
    rows.collect()
}

/// The variables that the builder would fill in, and that nothing before it in the stage declares.
pub(super) fn undefined(instruction: &Instruction, variables: &Variables) -> Vec<String> {
    let texts: Vec<&str> = match instruction.keyword.as_str() {
        "ENV" | "LABEL" | "ARG" => {
            let values = instruction
                .pairs
                .iter()
                .filter_map(|pair| pair.value.as_deref());
            values.collect()
        }
        "COPY" | "ADD" | "WORKDIR" | "USER" | "EXPOSE" | "VOLUME" | "STOPSIGNAL" => instruction
            .words
            .iter()
            .map(|word| word.text.as_str())
            .collect(),
        _ => return Vec::new(),
    };
    let names: BTreeSet<String> = texts
        .into_iter()
        .flat_map(|text| variables.undeclared(text))
        .filter(|name| !is_predefined(name))
        .collect();
    names.into_iter().collect()
}

/// Whether the builder gives the variable a value in every stage: `PATH`, and the arguments for proxies.
fn is_predefined(name: &str) -> bool {
    let is_proxy = |start: &str| matches!(start, "http" | "https" | "ftp" | "no" | "all");
    name == "PATH"
        || name
            .to_ascii_lowercase()
            .strip_suffix("_proxy")
            .is_some_and(is_proxy)
}

/// The declared variables that undefined ones may have been meant to be.
pub(super) fn misspelt(
    undefined: &[String],
    variables: &Variables,
) -> Vec<RowBuilder<Misspelling>> {
    if undefined.is_empty() || undefined.len() > MOST_COMPARED {
        return Vec::new();
    }
    let declared = variables.names();
    let declared = declared.get(..declared.len().min(MOST_COMPARED));
    let rows = undefined.iter().filter_map(|name| {
        let mut near = declared.unwrap_or_default().iter().filter(|known| {
            is_spelt_alike(known, name)
                || (known.len() > 4
                    && known.len().abs_diff(name.len()) < 2
                    && strsim::damerau_levenshtein(known, name) == 1)
        });
        let row = RowBuilder::new().text(misspelling::name, name);
        Some(row.text(misspelling::similar, near.next()?))
    });
    rows.collect()
}

/// What is written `name value` as `name=value`, in quotes if it holds what would end the value.
fn modern(pair: &Pair) -> Option<String> {
    let value = pair.value.as_deref().filter(|_| pair.is_legacy)?.trim_end();
    // `NAME = value`, with spaces around the sign.
    let value = value.strip_prefix('=').map_or(value, str::trim_start);
    let letters = value.get(1..value.len().saturating_sub(1));
    let is_quoted = |quote: char| {
        value.len() > 1
            && value.starts_with(quote)
            && value.ends_with(quote)
            && letters.is_some_and(|letters| !letters.contains(quote))
    };
    let is_one_word = !value.is_empty() && !value.contains([' ', '\t', '"', '\'']);
    Some(if is_one_word || is_quoted('"') || is_quoted('\'') {
        format!("{}={value}", pair.name)
    } else {
        let inner = value.replace('"', "\\\"");
        format!("{}=\"{inner}\"", pair.name)
    })
}

/// Whether a build may give the pair another value than the file does.
pub(super) fn has_variables(pair: &Pair) -> bool {
    !dockerfile::reads(pair.value.as_deref().unwrap_or_default()).is_empty()
}

/// The variables that a pair's value reads and another pair of its instruction sets.
fn reads_beside<'a>(pair: &'a Pair, setters: &BTreeMap<&str, usize>) -> BTreeSet<&'a str> {
    let value = pair.value.as_deref().unwrap_or_default();
    let names = dockerfile::reads(value).into_iter().map(|(name, _)| name);
    names
        .filter(|name| {
            let own = usize::from(*name == pair.name);
            setters.get(name).is_some_and(|count| *count > own)
        })
        .collect()
}

/// Whether a label's key is not as Docker's guidelines on object labels ask.
fn is_bad_label_key(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut bytes = key.bytes();
    let begins = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase());
    let ends = key.bytes().last().is_some_and(plain);
    let inside = key
        .bytes()
        .all(|byte| plain(byte) || b".-_".contains(&byte));
    let doubled = ["..", "--", ".-", "-."]
        .iter()
        .any(|pair| key.contains(pair));
    let reserved = ["com.docker.", "io.docker.", "org.dockerproject."];
    !(begins && ends && inside) || doubled || reserved.iter().any(|prefix| key.starts_with(prefix))
}

/// A pair's value, expanded and without quotes, and whether it is known.
pub(super) fn value_of(pair: &Pair, variables: &Variables) -> (Option<String>, bool) {
    let Some(written) = &pair.value else {
        return (None, false);
    };
    let expanded = variables.expand(written);
    let word = Word {
        text: expanded.text,
        span: pair.value_span,
    };
    (Some(word.unquoted()), expanded.is_known)
}
