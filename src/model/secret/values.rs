//! Values that could be a password, and those that only hold the place of one.

use super::base64::decoded;
use super::others::{is_address, is_file_name, is_pair, is_path_of_keys, is_type, is_version};
use super::placeholders::{bare, has_small_words, is_placeholder};

/// Words of configuration that are beside names of credentials and are none.
const WORDS: &[&str] = &[
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "none",
    "null",
    "nil",
    "required",
    "optional",
    "enabled",
    "disabled",
    "basic",
    "bearer",
    "oauth2",
    "token",
    "default",
    // Tags, behind the names of plugins.
    "latest",
    "stable",
    // Programs that take any key, with their names for it.
    "ollama",
    "lmstudio",
    "lm-studio",
    "auto",
    "always",
    "never",
    "md5",
    "scram-sha-256",
    "trust",
    "bcrypt",
    "argon2",
    "plain",
    "plaintext",
    "unused",
    "empty",
    "undefined",
    "unset",
    "n/a",
    // Levels of logs, as the values of `token:` in a list of them.
    "trace",
    "debug",
    "info",
    "notice",
    "warn",
    "warning",
    "error",
    "critical",
    "fatal",
    "test-token",
    "dummy-token",
    "write",
    "read",
    "missing",
    "compat",
    "files",
    // Types, as programs annotate variables with them.
    "str",
    "int",
    "bool",
    "bytes",
    "float",
    "string",
    "integer",
    "boolean",
    "number",
    "object",
    "any",
    "secretstr",
    // Ways to log in, as the values of `AUTH`.
    "htpasswd",
    "silly",
    "ldap",
    "oidc",
    "saml",
    "jwt",
    "oauth",
    "digest",
    "kerberos",
    "ntlm",
    "mock",
    "tls",
    "mtls",
    // The beginning of an expression in SQL.
    "case",
];

/// A word without what programs put around one that stands for no value: `**None**`, `-unset-`.
fn unframed(value: &str) -> &str {
    value.trim_matches(|sign: char| "*-_<>~[]{}".contains(sign))
}

/// Whether a value could be a password: long enough, no placeholder, not left to run time, no plain word of configuration.
pub fn looks_like_password(value: &str) -> bool {
    let value = bare(value);
    value.len() >= 3
        && !WORDS
            .iter()
            .any(|word| unframed(value).eq_ignore_ascii_case(word))
        && !value.starts_with('/')
        && !value.starts_with("./")
        && !value.contains(['\n', '\t'])
        && (!value.contains(' ') || is_phrase(value))
        && !value
            .bytes()
            .all(|byte| byte.is_ascii_digit() && value.len() < 5)
        && !is_placeholder(value)
        && !is_encoded_placeholder(value)
        && !is_file_name(value)
        && !is_type(value)
        && !is_path_of_keys(value)
        && !is_address(value)
        && !is_pair(value)
        && !is_version(value)
}

/// Whether what a value says in Base64 only holds the place of a password: `example-app-secret`.
fn is_encoded_placeholder(value: &str) -> bool {
    let is_long = value.len() >= 8 && value.len().is_multiple_of(4);
    let is_word = |text: &str| WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    is_long
        && decoded(value).is_some_and(|text| {
            let text = text.trim_end();
            text.is_ascii() && text.len() > 3 && (is_placeholder(text) || is_word(text))
        })
}

/// Whether several words could be a password: few, with a digit, and none of a sentence's.
fn is_phrase(value: &str) -> bool {
    value.split(' ').count() < 6
        && value.contains(|sign: char| sign.is_ascii_digit())
        && !value.contains([':', ',', '(', '=', '|', ';'])
        && !value.ends_with(['.', '!', '?'])
        && !has_small_words(value)
}

/// Whether a value is the text of a label: the key's own last word, with a capital.
pub fn is_label(name: &str, value: &str) -> bool {
    let last = name.rsplit(['.', '_', '-']).next().unwrap_or(name);
    let value = bare(value);
    let begins = |text: &str| text.starts_with(|letter: char| letter.is_ascii_uppercase());
    begins(value) && value.len() > 1 && !begins(&value[1..]) && {
        let name = last.to_ascii_lowercase();
        name.ends_with(&value.to_ascii_lowercase())
    }
}

/// Whether a value names an object that holds a credential: `tracing-creds`, or what is beside `imagePullSecret`. A key with a `/` is one of an
/// annotation or a label.
pub fn names_object(name: &str, value: &str) -> bool {
    let value = bare(value);
    if name.contains('/') || is_list_of_names(value) {
        return true;
    }
    // `appIdSecretKey: app-id`: the key in a Secret that another value names.
    let is_key_of_one = name
        .strip_suffix("SecretKey")
        .is_some_and(|before| !before.is_empty() && !matches!(before, "aws" | "s3" | "minio"));
    let is_word = |byte: u8| byte.is_ascii_lowercase() || b"-_.".contains(&byte);
    if is_key_of_one && value.len() < 32 && value.bytes().all(is_word) {
        return true;
    }
    let is_name = value
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._/".contains(&byte));
    if !is_name || !value.starts_with(|sign: char| sign.is_ascii_lowercase()) {
        return false;
    }
    let words: Vec<&str> = value.split(['-', '.', '_', '/']).collect();
    let tells = |word: &&str| {
        matches!(
            *word,
            "secret"
                | "secrets"
                | "creds"
                | "credential"
                | "credentials"
                | "token"
                | "tokens"
                | "key"
                | "keys"
                | "password"
                | "passwords"
                | "passwd"
                | "auth"
                | "tls"
                | "cert"
                | "certs"
        )
    };
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    let before = name.trim_end_matches('s').strip_suffix("secret");
    let is_reference = before.is_some_and(|before| {
        [
            "pull",
            "tls",
            "existing",
            "credential",
            "credentials",
            "cert",
            "ca",
            "image",
            "password",
            "token",
            "auth",
            "aws",
            "azure",
            "gcp",
            "ssh",
        ]
        .iter()
        .any(|word| before.ends_with(word))
    });
    // `configFileSecret: vpn-gateway`: what comes before says whose Secret it is.
    let is_name_of_one = before.is_some_and(|before| {
        words.len() > 1
            && !before.is_empty()
            && !before.ends_with("client")
            && !before.ends_with("app")
    });
    (words.len() > 1 && words.iter().any(tells))
        || is_name_of_one && !words.iter().any(|word| is_mixed(word))
        || (is_reference && !value.contains(|sign: char| sign.is_ascii_digit()))
}

/// Whether a value is several names with commas between them, of which each could be that of an object: `default,google,amazon`.
fn is_list_of_names(value: &str) -> bool {
    let is_name = |name: &str| {
        name.len() > 1
            && name.starts_with(|sign: char| sign.is_ascii_lowercase())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || b"-.".contains(&byte))
    };
    value.contains(',') && value.split(',').all(|name| is_name(name.trim()))
}

/// Whether a word has digits among its letters, as no word of a language has: `v2` and `db1` end with them.
fn is_mixed(word: &str) -> bool {
    let letters = word.trim_end_matches(|sign: char| sign.is_ascii_digit());
    letters.contains(|sign: char| sign.is_ascii_digit())
}

/// Whether a text looks drawn at random: long, with small and capital letters and digits, and hardly a sign twice.
pub fn is_random(value: &str) -> bool {
    let value = bare(value);
    let has = |test: fn(&u8) -> bool| value.bytes().filter(&test).count() > 1;
    let mut signs: Vec<u8> = value.bytes().collect();
    signs.sort_unstable();
    signs.dedup();
    (20..=120).contains(&value.len())
        && value.is_ascii()
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && !value.contains([' ', '/', ':', '\\', ','])
        && signs.len() >= 14
        && !is_placeholder(value)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "FILLED BY THE OPERATOR",
            "REPLACE_ME",
            "__DB_PASSWORD__",
            "**None**",
            "os.environ/QWEN_KEY",
            "env:TOKEN",
            "CRITICAL",
            "-unset-",
            "%DB_PASSWORD%",
            "@db.password@",
            "{CAM_PASSWORD}",
            "please_set_this_key_before_you_build",
            "Enter your password here",
            "default",
            "str",
            "Optional[str]",
            "spec.global.agentToken",
            "resetPassword.sh",
            "conf/tokens.json",
            "",
            "file:/opt/hono/secret",
            "component=dns-proxy",
            "app=web,tier=front",
            "2.3.0",
            "v1.2.0-rc1",
            "1311.vcf0a_900b_37c2",
            "htpasswd",
            "setthisvalue",
            "change12_me",
            "sk-noauth",
            "mock",
            "Y2hhbmdlbWU=",
            "Ple4seCh4ngeThisN0tAVerySecretV4lue",
            "K8sShopJwtSecret2026!ChangeInProd",
            "TEST-123456789-1234-1234-1234-123456789012",
        ] {
            assert!(!looks_like_password(value), "{value}");
        }
        for value in [
            "nvapi-NVKEY",
            "MISSING",
            "f0000000000000000000000000000000",
            "00000000-0000-0000-0000-000000000000",
        ] {
            assert!(!looks_like_password(value), "{value}");
        }
        assert!(names_object("configFileSecret", "vpn-gateway-vpnconfig"));
        assert!(names_object("secret.reloader.stakater.com/reload", "app"));
        assert!(names_object("imagePullSecrets", "regcred,mirror-login"));
        assert!(!names_object("clientSecret", "kelp-harbour-71"));
        assert!(!names_object("password", "kelp,harbour71"));
        for value in [
            "hunter2",
            "Kelp harbour 71",
            "kelp-harbour-71",
            "Wq7-rTn2Kd",
            "kelp=harbour71",
            "9.kelpHarbour",
        ] {
            assert!(looks_like_password(value), "{value}");
        }
    }
}
