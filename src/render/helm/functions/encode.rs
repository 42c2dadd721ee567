//! Encodings and digests.

use data_encoding::{BASE32, BASE64, Encoding, HEXLOWER};
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};

use crate::render::helm::fault::Fallible;
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::Val;
use crate::render::text::{Builder, Text};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("b64enc", "s", |call| encoded(call, &BASE64)),
    function("b64dec", "s", |call| decoded(call, &BASE64)),
    function("b32enc", "s", |call| encoded(call, &BASE32)),
    function("b32dec", "s", |call| decoded(call, &BASE32)),
    function("sha1sum", "s", |call| {
        digest(call, |bytes| HEXLOWER.encode(&Sha1::digest(bytes)))
    }),
    function("sha256sum", "s", |call| {
        digest(call, |bytes| HEXLOWER.encode(&Sha256::digest(bytes)))
    }),
    function("sha512sum", "s", |call| {
        digest(call, |bytes| HEXLOWER.encode(&Sha512::digest(bytes)))
    }),
    function("adler32sum", "s", |call| {
        digest(call, |bytes| adler32(bytes).to_string())
    }),
    function("html", "a*", |call| escaped(call, &html)),
    function("js", "a*", |call| escaped(call, &js)),
    function("urlquery", "a*", |call| escaped(call, &query)),
];

fn encoded(call: &mut Call, encoding: &Encoding) -> Fallible<Val> {
    let text = call.text(0);
    let made = encoding.encode(text.bytes());
    Ok(Val::text(text.remade(made.into_bytes())))
}

/// The bytes; for what is not encoded so, the text of Go's error.
fn decoded(call: &mut Call, encoding: &Encoding) -> Fallible<Val> {
    let text = call.text(0);
    let plain: Vec<u8> = text
        .bytes()
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b'\n' | b'\r'))
        .collect();
    let made = match encoding.decode(&plain) {
        Ok(bytes) => bytes,
        Err(error) => {
            let name = if encoding == &BASE64 {
                "base64"
            } else {
                "base32"
            };
            let at = error.position;
            format!("illegal {name} data at input byte {at}").into_bytes()
        }
    };
    Ok(Val::text(text.remade(made)))
}

fn digest(call: &mut Call, sum: fn(&[u8]) -> String) -> Fallible<Val> {
    let text = call.text(0);
    Ok(Val::text(text.remade(sum(text.bytes()).into_bytes())))
}

fn adler32(bytes: &[u8]) -> u32 {
    const BASE: u32 = 65_521;
    let (mut low, mut high) = (1, 0);
    for byte in bytes {
        low = (low + u32::from(*byte)) % BASE;
        high = (high + low) % BASE;
    }
    (high << 16) | low
}

/// All arguments printed, with characters that something stands for.
fn escaped(call: &mut Call, escape: &dyn Fn(char) -> Option<String>) -> Fallible<Val> {
    let text = match call.args.as_slice() {
        [only] if only.as_text().is_some() => call.text(0),
        _ => crate::render::helm::value::print::print(
            &call.args,
            false,
            &call.engine.state().budget,
        )?,
    };
    let words = text.to_str();
    let mut out = Builder::default();
    let mut from = 0;
    for (at, c) in words.char_indices() {
        if let Some(made) = escape(c) {
            out.push_cut(&text, from..at);
            crate::render::helm::functions::strings::push_instead(
                &mut out,
                &text,
                at,
                &Text::plain(&made),
            );
            from = at + c.len_utf8();
        }
    }
    out.push_cut(&text, from.min(text.len())..text.len());
    Ok(Val::text(out.finish()))
}

fn html(c: char) -> Option<String> {
    let made = match c {
        '\0' => "\u{fffd}",
        '"' => "&#34;",
        '\'' => "&#39;",
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => return None,
    };
    Some(made.to_owned())
}

fn js(c: char) -> Option<String> {
    let made = match c {
        '\\' => "\\\\",
        '\'' => "\\'",
        '"' => "\\\"",
        '<' => "\\u003C",
        '>' => "\\u003E",
        '&' => "\\u0026",
        '=' => "\\u003D",
        c if c.is_ascii_control() => return Some(format!("\\u{:04X}", u32::from(c))),
        _ => return None,
    };
    Some(made.to_owned())
}

/// As in the query of a URL.
pub(super) fn query(c: char) -> Option<String> {
    if c == ' ' {
        return Some("+".to_owned());
    }
    if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~') {
        return None;
    }
    let mut buffer = [0; 4];
    let bytes = c.encode_utf8(&mut buffer).bytes();
    Some(bytes.map(|byte| format!("%{byte:02X}")).collect())
}
