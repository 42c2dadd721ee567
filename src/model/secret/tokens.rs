//! Credentials that are told by their own form, wherever in a text they stand: tokens, keys, passwords in addresses.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::model::words::in_any_case;

use super::demonstration::is_well_known;
use super::placeholders::is_placeholder;
use super::values::looks_like_password;

/// A credential in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: &'static str,
    /// What of it may be printed.
    pub shown: String,
}

/// Which signs a token is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signs {
    /// Capital letters and digits.
    Capital,
    /// Letters and digits.
    Plain,
    /// Also `-`, `_` and `.`.
    Wide,
}

use Signs::{Capital, Plain, Wide};

/// Known forms of tokens: what they are, how they begin, how long what follows is at least, in bytes, and of what it is made.
/// Source: the issuers' documentation of their token formats.
const FORMS: &[(&str, &str, usize, Signs)] = &[
    ("AWS access key", "AKIA", 16, Capital),
    ("AWS access key", "ASIA", 16, Capital),
    ("GitHub token", "ghp_", 30, Plain),
    ("GitHub token", "gho_", 30, Plain),
    ("GitHub token", "ghu_", 30, Plain),
    ("GitHub token", "ghs_", 30, Plain),
    ("GitHub token", "ghr_", 30, Plain),
    ("GitHub token", "github_pat_", 40, Wide),
    ("GitLab token", "glpat-", 18, Wide),
    ("GitLab token", "glrt-", 18, Wide),
    ("GitLab token", "gldt-", 18, Wide),
    ("GitLab token", "glptt-", 38, Plain),
    ("Slack token", "xoxb-", 20, Wide),
    ("Slack token", "xoxp-", 20, Wide),
    ("Slack token", "xoxa-", 20, Wide),
    ("Slack token", "xapp-", 30, Wide),
    ("Stripe key", "sk_live_", 16, Plain),
    ("Stripe key", "rk_live_", 16, Plain),
    ("Stripe key", "whsec_", 30, Plain),
    ("Google API key", "AIza", 33, Wide),
    ("Google OAuth secret", "GOCSPX-", 26, Wide),
    ("npm token", "npm_", 34, Plain),
    ("PyPI token", "pypi-AgE", 50, Wide),
    ("RubyGems token", "rubygems_", 40, Plain),
    ("SendGrid key", "SG.", 40, Wide),
    ("Docker Hub token", "dckr_pat_", 20, Wide),
    ("Docker Hub token", "dckr_oat_", 20, Wide),
    ("OpenAI key", "sk-proj-", 30, Wide),
    ("Anthropic key", "sk-ant-", 40, Wide),
    ("Hugging Face token", "hf_", 30, Plain),
    ("DigitalOcean token", "dop_v1_", 60, Plain),
    ("Vault token", "hvs.", 24, Wide),
    ("Grafana token", "glsa_", 32, Wide),
    ("Databricks token", "dapi", 32, Plain),
    ("Shopify token", "shpat_", 32, Plain),
    ("Linear key", "lin_api_", 32, Plain),
    ("Postman key", "PMAK-", 40, Wide),
    ("age key", "AGE-SECRET-KEY-1", 50, Capital),
    ("Tailscale key", "tskey-auth-", 20, Wide),
];

/// Names of parameters of an address or a connection string whose value is a credential.
const PARAMETERS: &[&str] = &[
    "password=",
    "passwd=",
    "pwd=",
    "access_token=",
    "api_key=",
    "apikey=",
    "client_secret=",
    "accountkey=",
    "sharedaccesskey=",
];

const URL: usize = FORMS.len();
const KEY: usize = URL + 1;
const WEB_TOKEN: usize = URL + 2;
const HEADER: usize = URL + 3;

/// How credentials begin, by the numbers above; [`PARAMETERS`] follow.
static BEGINNINGS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let forms = FORMS.iter().map(|(_, start, ..)| *start);
    let others = ["://", "-----BEGIN ", "eyJ", "authorization"];
    let all = forms.chain(others).chain(PARAMETERS.iter().copied());
    in_any_case(all)
});

/// How many credentials of a text are told; a list of more is data.
const MOST: usize = 200;

/// What kind of credential a value is by its own form, if it is one.
pub fn kind(value: &str) -> Option<&'static str> {
    (value.len() > 8)
        .then(|| tokens(value).into_iter().next())
        .flatten()
        .map(|token| token.kind)
}

/// The credentials in a text, in order; none inside another.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for begin in BEGINNINGS.find_iter(text) {
        let at = begin.start();
        let token = match begin.pattern().as_usize() {
            number if number < URL => form(text, at, number),
            URL => url(text, at),
            KEY => private_key(text, at),
            WEB_TOKEN => web_token(text, at),
            HEADER => header(text, begin.end()),
            number => parameter(text, begin.range(), PARAMETERS[number - HEADER - 1]),
        };
        let Some(token) = token else { continue };
        match found.last() {
            // The token in an address is more than its password.
            Some(last) if last.range.end > token.range.start => {
                if last.range.start >= token.range.start {
                    continue;
                }
                found.pop();
            }
            _ => {}
        }
        found.push(token);
        if found.len() >= MOST {
            break;
        }
    }
    found
}

fn form(text: &str, at: usize, number: usize) -> Option<Token> {
    let (kind, start, least, signs) = FORMS[number];
    let rest = text[at..].strip_prefix(start)?;
    let is_sign = |byte: &u8| match signs {
        Capital => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        Plain => byte.is_ascii_alphanumeric(),
        Wide => byte.is_ascii_alphanumeric() || b"-_.".contains(byte),
    };
    let length = rest.bytes().take_while(|byte| is_sign(byte)).count();
    let tail = &rest[..length];
    let begins = !text[..at].ends_with(|sign: char| sign.is_ascii_alphanumeric() || sign == '_');
    let ends =
        !rest[length..].starts_with(|sign: char| sign.is_ascii_alphanumeric() || sign == '_');
    let is_drawn = tail.bytes().any(|byte| byte.is_ascii_digit())
        && tail.bytes().any(|byte| byte.is_ascii_alphabetic())
        && variety(tail) > 7;
    let is_length = length >= least && (signs != Capital || least != 16 || length == least);
    let range = at..at + start.len() + length;
    (begins && ends && is_length && is_drawn && !is_placeholder(&text[range.clone()])).then(|| {
        Token {
            shown: super::shown(&text[range.clone()]),
            range,
            kind,
        }
    })
}

/// How many different signs there are.
fn variety(text: &str) -> usize {
    let mut signs: Vec<u8> = text.bytes().collect();
    signs.sort_unstable();
    signs.dedup();
    signs.len()
}

/// `scheme://user:password@host`. One for the machine itself guards nothing: such are the databases that
/// tests start. Nor does a password that everybody tries first, for a service beside it, whose name has no dot.
fn url(text: &str, at: usize) -> Option<Token> {
    let rest = &text[at + 3..];
    let ends = |sign: char| sign.is_whitespace() || "\"'`<>)\\".contains(sign);
    let rest = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (login, host) = authority.rsplit_once('@')?;
    let (user, password) = login.split_once(':')?;
    let name = host.split([':', ',']).next().unwrap_or_default();
    let is_near = matches!(
        name,
        "localhost" | "127.0.0.1" | "0.0.0.0" | "host.docker.internal"
    ) || host.starts_with("[::1]");
    let is_filled = login.contains(['{', '$', '<', '*', '[', ']']) || is_in_capitals(password);
    if is_near
        || is_filled
        || is_comment(text, at)
        || !looks_like_password(password)
        || is_sample(user, password)
        || ((is_inside(name) || is_documentation(name)) && is_well_known(user, password))
        || (is_inside(name) && holds_name(user, password))
    {
        return None;
    }
    let start = at + 3 + user.len() + 1;
    let scheme =
        text[..at].rfind(|sign: char| !sign.is_ascii_alphanumeric() && !"+.-:".contains(sign));
    let scheme = &text[scheme.map_or(0, |before| before + 1)..at];
    let range = start..start + password.len();
    // A token says more by its own form.
    let inner = FORMS
        .iter()
        .enumerate()
        .find(|(_, (_, begin, ..))| password.starts_with(begin));
    if let Some(token) = inner.and_then(|(number, _)| form(text, start, number)) {
        return Some(token);
    }
    Some(Token {
        range,
        kind: "password in a URL",
        shown: format!("{scheme}://{user}:…@{host}"),
    })
}

/// Whether a host is one of a cluster or of a Compose file, which nobody else reaches.
fn is_inside(host: &str) -> bool {
    !host.contains('.')
        || [
            ".svc",
            ".svc.cluster.local",
            ".cluster.local",
            ".internal",
            ".local",
        ]
        .iter()
        .any(|end| host.ends_with(end))
}

/// Whether a host is one that documentation shows.
fn is_documentation(host: &str) -> bool {
    let ends = ["example.com", "example.org", "example.net", ".example"];
    let starts = ["192.0.2.", "198.51.100.", "203.0.113."];
    matches!(host, "1.2.3.4" | "4.3.2.1" | "1.1.1.1")
        || ends.iter().any(|end| host.ends_with(end))
        || starts.iter().any(|start| host.starts_with(start))
}

/// Whether a password is the word for one: `PASSWORD`, `PASS`.
fn is_in_capitals(password: &str) -> bool {
    password
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// Whether a login is the one of an explanation, or the default of a program.
fn is_sample(user: &str, password: &str) -> bool {
    let lower = user.to_ascii_lowercase();
    let is_anybody = matches!(
        lower.as_str(),
        "user" | "username" | "name" | "login" | "usr" | "foo" | "me"
    ) || lower
        .strip_suffix("user")
        .is_some_and(|start| start.len() < 4);
    // A password that is the user's name and a word for one is that of a demonstration, wherever the host is.
    user == password
        || is_word_for_one(password)
        || ((is_anybody || holds_name(user, password)) && is_well_known(user, password))
}

/// Whether a password is a word for one, as explanations write it.
fn is_word_for_one(password: &str) -> bool {
    matches!(
        password.to_ascii_lowercase().as_str(),
        "password" | "passwd" | "pass" | "pwd" | "secret" | "mypassword" | "pw"
    )
}

/// Whether a password has the user's name in it.
fn holds_name(user: &str, password: &str) -> bool {
    let user = user.to_ascii_lowercase();
    user.len() > 2 && password.to_ascii_lowercase().contains(&user)
}

/// Whether the line of a byte is a comment, where addresses are explained.
fn is_comment(text: &str, at: usize) -> bool {
    let line = text[..at]
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .trim_start();
    line.starts_with('#') || line.starts_with("//")
}

/// The line that opens a private key, if a key follows and needs no password.
fn private_key(text: &str, at: usize) -> Option<Token> {
    let head = &text[at + "-----BEGIN ".len()..];
    let (name, rest) = head.split_once("-----")?;
    if name.len() > 40 || !name.ends_with("PRIVATE KEY") || name.starts_with("ENCRYPTED") {
        return None;
    }
    let mut body = rest;
    loop {
        let next = body.trim_start_matches([' ', '\t', '\r', '\n', '"', '\'', '+', ',', '|']);
        let next = next
            .strip_prefix("\\n")
            .or(next.strip_prefix('\\'))
            .unwrap_or(next);
        if next.len() == body.len() {
            break;
        }
        body = next;
    }
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let length = body.bytes().take_while(is_sign).count();
    let written = &body[..length];
    let is_key = length >= 30 && variety(written) > 9 && !is_placeholder(written);
    is_key.then(|| Token {
        range: at..at + "-----BEGIN ".len() + name.len() + 5,
        kind: "private key",
        shown: format!("BEGIN {name}"),
    })
}

fn web_token(text: &str, at: usize) -> Option<Token> {
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.=".contains(byte);
    let length = text[at..].bytes().take_while(is_sign).count();
    let written = text.get(at..at + length)?;
    let begins =
        !text[..at].ends_with(|sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign));
    let parts: Vec<&str> = written.split('.').collect();
    let is_token =
        parts.len() == 3 && parts.iter().all(|part| part.len() > 15) && parts[1].starts_with("eyJ");
    (begins && is_token && variety(written) > 20).then(|| Token {
        range: at..at + length,
        kind: "JSON web token",
        shown: super::shown(written),
    })
}

/// What follows `Authorization`: `: Bearer …`, ` "Basic …"`.
fn header(text: &str, end: usize) -> Option<Token> {
    let rest = &text[end..];
    let scheme = rest.trim_start_matches([':', '"', '\'', ' ', '=', ',', '\\']);
    let length = scheme.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = scheme[..length].to_ascii_lowercase();
    let value = scheme[length..].trim_start_matches(' ');
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=-_.~".contains(byte);
    let count = value.bytes().take_while(is_sign).count();
    let written = &value[..count];
    let is_value = match name.as_str() {
        "basic" => count >= 8 && variety(written) > 5 && has_cases(written),
        "bearer" | "token" | "apikey" => count >= 16 && variety(written) > 8,
        _ => false,
    };
    let is_whole = !value[count..].starts_with(['$', '{', '<', '%', '*']);
    let has_digit = written.bytes().any(|byte| byte.is_ascii_digit());
    if !is_value
        || !is_whole
        || !has_digit && name != "basic"
        || is_placeholder(written)
        || is_made_of_words(written)
        || name == "basic" && is_login_of_explanation(written)
        || scheme.len() == rest.len()
    {
        return None;
    }
    let start = text.len() - value.len();
    let inner = FORMS
        .iter()
        .enumerate()
        .find(|(_, (_, begin, ..))| written.starts_with(begin));
    if let Some(token) = inner.and_then(|(number, _)| form(text, start, number)) {
        return Some(token);
    }
    Some(Token {
        range: start..start + count,
        kind: "credential in an Authorization header",
        shown: super::shown(written),
    })
}

/// Whether what a login says in Base64 is that of an explanation: a password that is a placeholder, or a word for one.
fn is_login_of_explanation(written: &str) -> bool {
    let text = super::base64::decoded(written);
    let login = text
        .as_deref()
        .and_then(|text| text.trim_end().split_once(':'));
    login
        .is_some_and(|(user, password)| !looks_like_password(password) || is_sample(user, password))
}

/// Whether a token is spelled in words, `metrics-e2e-token`, or is such a word in base64 behind a prefix: `APP_YWNjZXNzX3Rva2Vu` is `access_token`.
fn is_made_of_words(token: &str) -> bool {
    let is_word = |part: &str| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        part.len() < 14 && digits < 2 && part.bytes().all(is_plain)
    };
    let spells = |text: &str| {
        let mut parts = text.split(['-', '_', '.']);
        text.contains(['-', '_', '.']) && parts.all(is_word)
    };
    let hidden = token.rsplit('_').next().unwrap_or(token);
    spells(token) || super::base64::decoded(hidden).is_some_and(|text| spells(&text))
}

fn has_cases(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_uppercase())
        && text.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// `password=…` behind the question mark of an address, or in a connection string.
fn parameter(text: &str, name: Range<usize>, known: &str) -> Option<Token> {
    let before = text[..name.start].chars().next_back()?;
    let line_start = text[..name.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let lower = line
        .get(..line.len().min(400))
        .unwrap_or(line)
        .to_ascii_lowercase();
    let has = |marks: &[&str]| marks.iter().any(|mark| lower.contains(mark));
    let is_parameter = match before {
        '?' | '&' => has(&["://", "jdbc:"]),
        ';' | '"' | '\'' | ' ' => {
            has(&[
                "server=",
                "jdbc:",
                "host=",
                "data source=",
                "accountname=",
                "endpoint=sb:",
                "user id=",
                "uid=",
            ]) && line.contains(';')
        }
        _ => false,
    };
    let value = &text[name.end..];
    let ends = |sign: char| sign.is_whitespace() || "&;\"'`<>)\\,".contains(sign);
    let value = &value[..value.find(ends).unwrap_or(value.len())];
    // The password of a meeting is part of the invitation.
    let is_near = has(&["localhost", "127.0.0.1", "0.0.0.0", "zoom.us/"]);
    let is_value = looks_like_password(value) && !value.contains(['{', '$', '*', '%']);
    let is_known = || is_well_known(login(line).unwrap_or_default(), value);
    let is_secret = is_value && !is_near && !is_comment(text, name.start);
    (is_parameter && is_secret && !is_known()).then(|| Token {
        range: name.end..name.end + value.len(),
        kind: "credential in a connection string",
        shown: format!("{known}…"),
    })
}

/// The user that a connection string logs in.
fn login(line: &str) -> Option<&str> {
    let mut parts = line.split([';', '&', '?', ' ', '"']);
    parts.find_map(|part| {
        let (name, value) = part.trim().split_once('=')?;
        let name = name.to_ascii_lowercase();
        matches!(name.as_str(), "user" | "username" | "uid" | "id" | "userid").then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(text: &str) -> Option<(&'static str, &str)> {
        let token = tokens(text).into_iter().next()?;
        Some((token.kind, &text[token.range]))
    }

    #[test]
    fn credentials_are_known_by_their_form() {
        let token = format!("ghp_{}", "a1B2c3D4e5".repeat(3));
        assert_eq!(kind(&token), Some("GitHub token"));
        let clone = format!("git clone https://user:{token}@github.com/a/b");
        assert_eq!(found(&clone), Some(("GitHub token", token.as_str())));
        let head = format!("curl -H \"Authorization: token {token}\" https://api.github.com");
        assert_eq!(found(&head), Some(("GitHub token", token.as_str())));
        let url = "one: 1\nqueue: amqp://shop:Zr8-kVt2pQ@mq.example.net:5672/";
        assert_eq!(found(url), Some(("password in a URL", "Zr8-kVt2pQ")));
        let jdbc = "jdbc:mysql://db.example.net/shop?user=app&password=Wq7-rTn2Kd";
        assert_eq!(found(jdbc).map(|token| token.1), Some("Wq7-rTn2Kd"));
        let sql = "Server=db.example.net;User Id=sa;Password=Wq7-rTn2Kd;Encrypt=true";
        assert_eq!(found(sql).map(|token| token.1), Some("Wq7-rTn2Kd"));
        let basic = "proxy_set_header Authorization \"Basic c2hvcDpacjgta1Z0MnBR\";";
        assert_eq!(
            found(basic).map(|token| token.1),
            Some("c2hvcDpacjgta1Z0MnBR")
        );
        let key = format!(
            "-----BEGIN {} KEY-----\nMIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7\n",
            "RSA PRIVATE"
        );
        assert_eq!(kind(&key), Some("private key"));
    }

    #[test]
    fn what_is_filled_in_or_near_is_none() {
        for value in [
            "ghp_short",
            "https://example.com/a",
            "postgres://app:${PASSWORD}@db/x",
            "rtsp://admin:{CAM_PASSWORD}@porch.example.net:554/stream",
            "postgres://rails:s3cr3tpw@localhost:5432/test",
            "redis://:s3cr3tpw@127.0.0.1",
            "amqp://guest:guest@rabbitmq",
            "# such as https://bob:s3cr3tpw@example.com",
            "https://user:password@host/",
            "git@github.com:a/b.git",
            "npm_config_some_rather_long_name_of_a_setting_1",
            "AKIAIOSFODNN7EXAMPLE",
            "Authorization: Bearer metrics-e2e-token-for-tests",
            "Authorization: Bearer APP_YWNjZXNzX3Rva2Vu",
            "Authorization: Bearer ${TOKEN}",
            "Authorization: Bearer $(cat /run/secrets/a)",
            "grep -q \"-----BEGIN PRIVATE KEY-----\" file",
            "/login?password=%s",
            "Authorization \"Basic c3JBcGlLZXk6c3JBcGlTZWNyZXQ=\"",
            "http://accessKey:secretKey@minio.default:9000",
        ] {
            assert_eq!(tokens(value), Vec::new(), "{value}");
        }
    }
}
