//! URLs taken apart and put together.

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::collection::Map;
use crate::render::helm::value::{Val, Value};
use crate::render::place::Place;
use crate::render::text::Text;

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("urlParse", "s", parse),
    function("urlJoin", "m", join),
];

/// Whether text before a colon is a scheme.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn parse(call: &mut Call) -> Fallible<Val> {
    let text = call.text(0);
    let words = text.to_str().into_owned();
    if words.bytes().any(|byte| byte.is_ascii_control()) {
        return fault("unable to parse url: invalid control character in URL");
    }
    let map = Map::default();
    let set = |name: &str, part: &str| {
        let made = match words
            .find(part)
            .filter(|_| words.len() == text.len() && !part.is_empty())
        {
            Some(at) => text.cut(at..at + part.len()),
            None => Text::plain(part),
        };
        map.set(name, Place::NONE, Val::text(made));
    };
    let (rest, fragment) = words.split_once('#').unwrap_or((&words, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (scheme, rest) = match rest.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme, rest),
        Some(("", _)) => return fault("unable to parse url: missing protocol scheme"),
        _ => ("", rest),
    };
    let has_authority = rest.starts_with("//");
    let is_opaque = !scheme.is_empty() && !rest.starts_with('/') && !rest.is_empty();
    let after = rest.strip_prefix("//").unwrap_or(rest);
    let (authority, path) = match (has_authority, after.find('/')) {
        (true, Some(at)) => after.split_at(at),
        (true, None) => (after, ""),
        (false, _) => ("", if is_opaque { "" } else { rest }),
    };
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let hostname = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    set("scheme", &scheme.to_ascii_lowercase());
    set("host", host);
    set(
        "hostname",
        hostname.trim_start_matches('[').trim_end_matches(']'),
    );
    set("path", &unescaped(path));
    set("query", query);
    set("opaque", if is_opaque { rest } else { "" });
    set("fragment", &unescaped(fragment));
    set("userinfo", user);
    Ok(Value::Map(map).into())
}

/// `%41` is `A`.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let code = code.filter(|_| *first == b'%');
        rest = if code.is_some() { &after[2..] } else { after };
        bytes.push(code.unwrap_or(*first));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn join(call: &mut Call) -> Fallible<Val> {
    let map = call.map(0);
    let part = |name: &str| {
        let val = map.get(name);
        val.and_then(|val| val.as_text().map(|text| text.to_str().into_owned()))
            .unwrap_or_default()
    };
    let mut made = String::new();
    let (scheme, host, user) = (part("scheme"), part("host"), part("userinfo"));
    if !scheme.is_empty() {
        made.push_str(&scheme);
        made.push(':');
    }
    let opaque = part("opaque");
    if opaque.is_empty() {
        push_hierarchy(&mut made, &scheme, &user, &host, &part("path"));
    } else {
        made.push_str(&opaque);
    }
    for (mark, name) in [('?', "query"), ('#', "fragment")] {
        let text = part(name);
        if !text.is_empty() {
            made.push(mark);
            made.push_str(&text);
        }
    }
    Ok(Val::text(Text::plain(&made)))
}

/// The user, the host and the path of a URL.
fn push_hierarchy(made: &mut String, scheme: &str, user: &str, host: &str, path: &str) {
    let has_authority = !(host.is_empty() && user.is_empty());
    if has_authority || !(scheme.is_empty() || path.is_empty()) {
        made.push_str("//");
        if !user.is_empty() {
            made.push_str(user);
            made.push('@');
        }
        made.push_str(host);
    }
    if !path.is_empty() && !path.starts_with('/') && !host.is_empty() {
        made.push('/');
    }
    made.push_str(path);
}
