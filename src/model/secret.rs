//! Credentials in text: by the form of the value first, by a name only beside a value that looks like one.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

/// Known forms of tokens: what they are, how they begin, and how long what follows must be at least, in bytes.
/// Source: the issuers' documentation of their token formats.
const FORMS: &[(&str, &str, usize)] = &[
    ("AWS access key", "AKIA", 16),
    ("AWS access key", "ASIA", 16),
    ("GitHub token", "ghp_", 30),
    ("GitHub token", "gho_", 30),
    ("GitHub token", "ghu_", 30),
    ("GitHub token", "ghs_", 30),
    ("GitHub token", "ghr_", 30),
    ("GitHub token", "github_pat_", 40),
    ("GitLab token", "glpat-", 18),
    ("Slack token", "xoxb-", 20),
    ("Slack token", "xoxp-", 20),
    ("Slack token", "xoxa-", 20),
    ("Stripe key", "sk_live_", 16),
    ("Stripe key", "rk_live_", 16),
    ("Google API key", "AIza", 33),
    ("npm token", "npm_", 34),
    ("PyPI token", "pypi-AgE", 50),
    ("SendGrid key", "SG.", 40),
    ("Docker Hub token", "dckr_pat_", 20),
    ("OpenAI key", "sk-proj-", 30),
    ("Hugging Face token", "hf_", 30),
    ("DigitalOcean token", "dop_v1_", 60),
];

/// Words in a name that promise a credential.
const NAMES: &[&str] = &[
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "PWD",
    "PASS",
    "PSW",
    "SECRET",
    "SECRETS",
    "TOKEN",
    "APIKEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "AUTH",
];
/// Pairs of words that do.
const PAIRS: &[(&str, &str)] = &[
    ("API", "KEY"),
    ("ACCESS", "KEY"),
    ("PRIVATE", "KEY"),
    ("ENCRYPTION", "KEY"),
    ("SIGNING", "KEY"),
    ("MASTER", "KEY"),
    ("SSH", "KEY"),
    ("SECRET", "KEY"),
    ("ACCOUNT", "KEY"),
];
/// Last words that say that the value only leads to a credential, or describes one.
const ABOUT: &[&str] = &[
    "FILE",
    "PATH",
    "DIR",
    "DIRECTORY",
    "NAME",
    "NAMES",
    "TTL",
    "EXPIRY",
    "EXPIRATION",
    "EXPIRES",
    "TIMEOUT",
    "LENGTH",
    "LEN",
    "SIZE",
    "POLICY",
    "URL",
    "URI",
    "ENDPOINT",
    "HOST",
    "PORT",
    "ENABLED",
    "ENABLE",
    "DISABLED",
    "REQUIRED",
    "TYPE",
    "METHOD",
    "MODE",
    "ALGORITHM",
    "ALG",
    "HEADER",
    "ID",
    "REF",
    "ISSUER",
    "AUDIENCE",
    "VERSION",
    "KIND",
    "STORE",
    "PROVIDER",
    "MANAGER",
    "PREFIX",
    "SUFFIX",
    "FORMAT",
    "ROTATION",
    "LIFETIME",
    "DURATION",
    "MOUNT",
    "ARN",
    "PUBLIC",
    "COOKIE",
    "REALM",
    "SERVER",
    "SERVICE",
    "CLASS",
    "LOCATION",
];

/// First words that say that the value switches something on or off, or that it is no secret.
const SWITCHES: &[&str] = &[
    "ENABLE", "DISABLE", "USE", "ALLOW", "REQUIRE", "NO", "SKIP", "HAS", "IS", "PUBLIC",
];

/// The shortest of [`FORMS`], in bytes: most values are shorter, and need no look.
const SHORTEST: usize = 20;

/// What kind of credential a value is by its own form, if it is one.
pub(super) fn kind(value: &str) -> Option<&'static str> {
    let value = value.trim().trim_matches(['"', '\'']);
    if value.len() >= SHORTEST {
        if value.contains("-----BEGIN") && value.contains("PRIVATE KEY-----") {
            return Some("private key");
        }
        if let Some(kind) = FORMS.iter().find_map(|form| has_form(value, form)) {
            return (!is_placeholder(value)).then_some(kind);
        }
        if is_json_web_token(value) {
            return Some("JSON web token");
        }
    }
    has_password_in_url(value).then_some("password in a URL")
}

fn has_form(
    value: &str,
    (kind, start, rest): &(&'static str, &str, usize),
) -> Option<&'static str> {
    let is_token = |(offset, _): (usize, &str)| {
        let begins = value[..offset]
            .bytes()
            .last()
            .is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let tail = value[offset + start.len()..]
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
            .count();
        begins && tail >= *rest
    };
    value.match_indices(start).any(is_token).then_some(*kind)
}

fn is_json_web_token(value: &str) -> bool {
    if !value.starts_with("eyJ") {
        return false;
    }
    let parts: Vec<&str> = value.split('.').collect();
    let plain = |part: &&str| {
        part.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-=".contains(&byte))
    };
    parts.len() == 3 && parts[0].len() > 15 && parts[1].len() > 15 && parts.iter().all(plain)
}

/// Whether a URL holds a password. One for the machine itself guards nothing: such are the databases that tests start.
fn has_password_in_url(value: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#', ' ']).next().unwrap_or_default();
    let Some((user, host)) = authority.rsplit_once('@') else {
        return false;
    };
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name);
    !matches!(host, "localhost" | "127.0.0.1" | "[::1]" | "0.0.0.0")
        && user
            .split_once(':')
            .is_some_and(|(_, password)| looks_like_password(password))
}

/// Whether a value could be a password: long enough, no placeholder, not left to run time, no plain word of configuration.
pub(super) fn looks_like_password(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    let word = matches!(
        value.to_ascii_lowercase().as_str(),
        "true"
            | "false"
            | "yes"
            | "no"
            | "on"
            | "off"
            | "none"
            | "null"
            | "nil"
            | "required"
            | "optional"
            | "enabled"
            | "disabled"
            | "basic"
            | "bearer"
            | "oauth2"
            | "token"
            | "default"
            | "auto"
            | "always"
            | "never"
            | "md5"
            | "scram-sha-256"
            | "trust"
    );
    value.len() >= 3
        && !word
        && !value.starts_with('/')
        && !value.starts_with("./")
        && !value.contains(' ')
        && !value
            .bytes()
            .all(|byte| byte.is_ascii_digit() && value.len() < 5)
        && !is_placeholder(value)
}

/// Whether a name promises a credential; `PASSWORD_FILE` and `TOKEN_TTL` do not.
pub(super) fn is_secret_name(name: &str) -> bool {
    let words = words(name);
    let words: Vec<&str> = words.split('_').filter(|word| !word.is_empty()).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    // A key's id is no secret, but stands where the key does.
    if words.ends_with(&["ACCESS", "KEY", "ID"]) {
        return true;
    }
    let is_pair = |pair: &[&str]| PAIRS.contains(&(pair[0], pair[1]));
    let promises = |word: &&str| {
        NAMES.contains(word)
            && (*word != "PWD" || words.len() > 1)
            && (*word != "AUTH" || *last == "AUTH")
    };
    (words.windows(2).any(is_pair) || words.iter().any(promises))
        && !ABOUT.contains(last)
        && !SWITCHES.contains(first)
}

/// The words of a name in upper case, with a `_` between them: `dbPassword`, `db-password` and `DB_PASSWORD` alike.
fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut lower = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            words.push('_');
            lower = false;
            continue;
        }
        if lower && letter.is_uppercase() {
            words.push('_');
        }
        lower = letter.is_lowercase();
        words.extend(letter.to_uppercase());
    }
    words
}

/// What only a value that is to be filled in holds.
static FILLERS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let mut builder = AhoCorasickBuilder::new();
    builder.ascii_case_insensitive(true);
    builder
        .build([
            "changeme",
            "change-me",
            "change_me",
            "changeit",
            "example",
            "placeholder",
            "your-",
            "your_",
            "yourpass",
            "xxxx",
            "****",
            "todo",
            "dummy",
            "insert",
            "replace",
            "redacted",
            "fixme",
            "...",
            "fake",
            "notset",
            "not-set",
        ])
        .expect("fixed words are far below every limit of the builder")
});

/// Whether a value stands for one that is to be filled in, or is filled in at run time.
pub(super) fn is_placeholder(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    let open = value.contains('$')
        || value.contains("{{")
        || value.contains('<')
        || (value.starts_with('%') && value.ends_with('%'))
        || value.starts_with('[');
    // `SECRET`, `MY_API_KEY`: the name of what is to stand there.
    let names_itself = value
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || b"_-".contains(&byte))
        && is_secret_name(value);
    value.is_empty()
        || open
        || names_itself
        || FILLERS.is_match(value)
        || value.chars().all(|letter| value.starts_with(letter))
}

/// What may be printed of a secret: its first four characters.
pub(super) fn shown(value: &str) -> String {
    let start: String = value
        .trim()
        .trim_matches(['"', '\''])
        .chars()
        .take(4)
        .collect();
    format!("{start}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_promise_or_only_describe() {
        for name in [
            "DB_PASSWORD",
            "dbPassword",
            "API_KEY",
            "github-token",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "ARTIFACTORY_PSW",
            "POSTGRES_PASSWORD",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "PASSWORD_FILE",
            "public_token",
            "TOKEN_TTL",
            "LICENSE_KEY",
            "KEYCLOAK_URL",
            "SECRET_NAME",
            "PWD",
            "AUTHOR",
            "ENABLE_AUTH",
            "COMPASS",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn values_are_known_by_their_form() {
        let token = format!("ghp_{}", "a1B2".repeat(9));
        assert_eq!(kind(&token), Some("GitHub token"));
        assert_eq!(
            kind("postgres://app:s3cr3tpw@db/x"),
            Some("password in a URL")
        );
        for value in [
            "ghp_short",
            "https://example.com/a",
            "postgres://app:${PASSWORD}@db/x",
            "postgres://rails:s3cr3tpw@localhost:5432/test",
            "redis://:s3cr3tpw@127.0.0.1",
            "AKIAEXAMPLE",
        ] {
            assert_eq!(kind(value), None, "{value}");
        }
    }

    #[test]
    fn placeholders_are_no_passwords() {
        for value in [
            "changeme",
            "${X}",
            "<password>",
            "xxxxxxxx",
            "true",
            "/run/secrets/x",
            "SECRET",
            "MY_API_KEY",
            "",
        ] {
            assert!(!looks_like_password(value), "{value}");
        }
        assert!(looks_like_password("hunter2"));
    }
}
