//! Values that are something else beside the name of a credential: addresses, files, types, versions, numbers.

use super::names::is_typed;

/// Whether a value is settings of its own: `component=dns-proxy`, `app=web,tier=front`.
pub fn is_pair(value: &str) -> bool {
    let is_word = |word: &str| {
        word.len() > 1
            && word.starts_with(|sign: char| sign.is_ascii_lowercase())
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || b"-_./".contains(&byte))
    };
    value.contains('=')
        && value.split(',').all(|part| {
            part.split_once('=')
                .is_some_and(|(key, value)| is_word(key) && is_word(value))
        })
}

/// Whether a value is a length of time, as no credential is that nobody types in: `3600s`, `minutes=5`.
pub fn is_duration(name: &str, value: &str) -> bool {
    const UNITS: &[&str] = &[
        "ms", "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes",
        "h", "hour", "hours", "d", "day", "days", "w", "week", "weeks", "month", "months", "y",
        "year", "years",
    ];
    let is_count =
        |text: &str| (1..8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = value.split_at(digits);
    let is_written = is_count(count) && UNITS.contains(&unit.trim_start()) && !is_typed(name);
    let mut pairs = value
        .split([',', ';'])
        .filter_map(|part| part.split_once('='));
    is_written
        || pairs.any(|(unit, count)| {
            unit.len() > 2 && UNITS.contains(&unit.trim()) && is_count(count.trim())
        })
}

/// Whether a value is a version: `2.3.0`, `v1.2.0-rc1`, `1311.vcf0a_900b_37c2`, as a list of plugins has behind their names.
pub fn is_version(value: &str) -> bool {
    let value = value.strip_prefix('v').unwrap_or(value);
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let rest = value[digits..].strip_prefix('.').unwrap_or_default();
    let rest = rest.strip_prefix('v').unwrap_or(rest);
    let dots = value.bytes().filter(|byte| *byte == b'.').count();
    let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..6).contains(&digits)
        && !rest.is_empty()
        && (dots > 1 || rest.len() < 3 || value[digits..].starts_with(".v"))
        && rest
            .bytes()
            .all(|byte| is_sign(byte) || b"._-+".contains(&byte))
}

/// Whether a value is a number, as no credential is that nobody types in: `256000`, `0.00000186`, `1e-6`.
pub fn is_number(name: &str, value: &str) -> bool {
    const LONGEST: usize = 12;
    let is_whole = value.len() <= LONGEST && value.bytes().all(|byte| byte.is_ascii_digit());
    let is_fraction = value.contains(['.', 'e', 'E', '-', '_'])
        && value.starts_with(|sign: char| sign.is_ascii_digit() || sign == '-' || sign == '.')
        && value.replace('_', "").parse::<f64>().is_ok();
    !value.is_empty() && (is_whole || is_fraction) && !is_typed(name)
}

/// Whether a value is an address that nobody logs in to: `https://example.com/reset`, `file:///etc/x`, `s3://bucket/key`, `data:text/plain,x`,
/// `file:/opt/x`.
pub fn is_address(value: &str) -> bool {
    // A hash opens nothing: `sha1:aae8550c0a44:9507d4…` of Jupyter.
    const STARTS: &[&str] = &[
        "data:",
        "file:",
        "classpath:",
        "arn:",
        "projects/",
        "ssm:",
        "sha1:",
        "sha256:",
        "sha512:",
        "argon2:",
        "bcrypt:",
        "pbkdf2:",
    ];
    if STARTS.iter().any(|start| value.starts_with(start)) {
        return true;
    }
    value.split_once("://").is_some_and(|(scheme, rest)| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !scheme.is_empty()
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+.-:".contains(&byte))
            && !authority.contains('@')
    })
}

/// Whether a value is the path of a field: `spec.global.agentToken`.
pub fn is_path_of_keys(value: &str) -> bool {
    let is_key = |part: &str| {
        part.len() > 1
            && part.starts_with(|sign: char| sign.is_ascii_lowercase())
            && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    value.split('.').count() > 2 && value.split('.').all(is_key)
}

/// Whether a value is a type with parameters: `Optional[str]`, `List[SecretStr]`.
pub fn is_type(value: &str) -> bool {
    let is_name = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._,[]".contains(&byte))
    };
    value.split_once('[').is_some_and(|(name, inner)| {
        name.starts_with(|sign: char| sign.is_ascii_uppercase())
            && inner.strip_suffix(']').is_some_and(is_name)
            && is_name(name)
            && !value.contains(|sign: char| sign.is_ascii_digit())
    })
}

/// Whether a value is the name of a file: `resetPassword.sh`, `tokens.json`.
pub fn is_file_name(value: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "sh",
        "bash",
        "py",
        "pl",
        "rb",
        "js",
        "ps1",
        "bat",
        "txt",
        "tmpl",
        "tpl",
        "j2",
        "json",
        "yml",
        "yaml",
        "xml",
        "conf",
        "cfg",
        "ini",
        "toml",
        "properties",
        "sql",
        "env",
        "pem",
        "key",
        "crt",
        "jks",
        "p12",
    ];
    let named = value.rsplit_once('.');
    named.is_some_and(|(name, ending)| ENDINGS.contains(&ending) && !name.is_empty())
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte))
}

/// The keys of the first accounts of every Ethereum chain that Anvil, Hardhat or `ganache -d` starts for tests.
const CHAIN_KEYS: &[&str] = &[
    "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
    "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
    "5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
    "7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
    "47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a",
    "4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d",
    "6cbed15c793ce57650b9877cf6fa156fbef513c4e6134f022a85b1ffdd59b2a1",
    "6370fd033278c143179d81c5526140625662b8daa446c22ee2d73db3707e620c",
];

/// Whether a value is a key that everybody has, and that guards nothing but a chain for tests.
pub(super) fn is_published_key(value: &str) -> bool {
    let value = value.strip_prefix("0x").unwrap_or(value);
    value.len() == 64 && CHAIN_KEYS.iter().any(|key| key.eq_ignore_ascii_case(value))
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn numbers_are_no_tokens() {
        for value in ["256000", "0.00000186", "1e-6", "1_000"] {
            assert!(is_number("API_TOKEN", value), "{value}");
            assert!(!is_number("DB_PASSWORD", value), "{value}");
        }
        assert!(!is_number("API_TOKEN", "1a2b3c") && !is_number("TOKEN", "4417123456789113"));
    }
}
