//! What is random, depends on time or asks a cluster: fixed stand-ins that are marked as unknown.

use chrono::{DateTime, FixedOffset};

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::collection::Map;
use crate::render::helm::value::host::Host;
use crate::render::helm::value::{IntKind, Val, Value};
use crate::render::place::Place;
use crate::render::text::Text;

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("now", "", |_| {
        Ok(Val::host(Host::Time(now())).into_unknown())
    }),
    function("randAlphaNum", "i", |call| {
        characters(call, "abcdefghijklmnopqrstuvwxyz0123456789")
    }),
    function("randAlpha", "i", |call| {
        characters(call, "abcdefghijklmnopqrstuvwxyz")
    }),
    function("randNumeric", "i", |call| characters(call, "0123456789")),
    function("randAscii", "i", |call| {
        characters(call, "abcdefghijklmnopqrstuvwxyz-_0123456789")
    }),
    function("randBytes", "i", |call| {
        characters(call, "QUJDREVGR0hJSktM")
    }),
    function("randInt", "ii", |call| {
        let least = call.int(0);
        Ok(Val::from(Value::Int(least, IntKind::Int)).into_unknown())
    }),
    function("uuidv4", "", |_| {
        unknown("00000000-0000-4000-8000-000000000000")
    }),
    function("genPrivateKey", "s", |_| unknown(KEY)),
    function("genCA", "si", certificate),
    function("genCAWithKey", "sis", certificate),
    function("genSelfSignedCert", "slli", certificate),
    function("genSelfSignedCertWithKey", "sllis", certificate),
    function("genSignedCert", "sllia", certificate),
    function("genSignedCertWithKey", "sllias", certificate),
    function("buildCustomCert", "ss", certificate),
    function("htpasswd", "ss", htpasswd),
    function("bcrypt", "s", |_| unknown(BCRYPT)),
    function("derivePassword", "issss", |_| unknown("Zeda0FaxcZaso*")),
    function("encryptAES", "ss", |call| {
        let plain = call.text(1);
        let mut sealed = String::from("c3RhbmQtaW4gZm9yIHRoZSBz");
        while sealed.len() < (16 + (plain.len() / 16 + 1) * 16).div_ceil(3) * 4 {
            sealed.push('A');
        }
        unknown(&sealed)
    }),
    function("decryptAES", "ss", |_| unknown("decrypted")),
    function("lookup", "ssss", |_| {
        Ok(Val::from(Value::Map(Map::default())).into_unknown())
    }),
    function("getHostByName", "s", |_| unknown("")),
];

/// The instant that every rendering takes place at: the start of 2000 in UTC.
pub fn now() -> DateTime<FixedOffset> {
    DateTime::from_timestamp(946_684_800, 0)
        .unwrap_or_default()
        .fixed_offset()
}

/// A bcrypt hash of nothing in particular.
const BCRYPT: &str = "$2a$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234";

/// A certificate of nothing in particular.
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nc3RhbmQtaW4=\n-----END CERTIFICATE-----\n";

/// A key of nothing in particular.
const KEY: &str = "-----BEGIN RSA PRIVATE KEY-----\nc3RhbmQtaW4=\n-----END RSA PRIVATE KEY-----\n";

fn unknown(text: &str) -> Fallible<Val> {
    Ok(Val::str(text).into_unknown())
}

fn characters(call: &mut Call, alphabet: &str) -> Fallible<Val> {
    let Ok(count) = usize::try_from(call.int(0)) else {
        return fault("runtime error: makeslice: len out of range");
    };
    if count > crate::render::helm::limits::TEXT_BYTES {
        return fault("random text is too large");
    }
    let text: String = alphabet.chars().cycle().take(count).collect();
    unknown(&text)
}

fn certificate(_: &mut Call) -> Fallible<Val> {
    let map = Map::default();
    for (name, text) in [("Cert", CERTIFICATE), ("Key", KEY)] {
        map.set(
            name,
            Place::NONE,
            Val::text(Text::plain(text)).into_unknown(),
        );
    }
    Ok(Val::from(Value::Map(map)).into_unknown())
}

fn htpasswd(call: &mut Call) -> Fallible<Val> {
    let user = call.str(0);
    if user.contains(':') {
        return Ok(Val::str(&format!("invalid username: {user}")));
    }
    unknown(&format!("{user}:{BCRYPT}"))
}
