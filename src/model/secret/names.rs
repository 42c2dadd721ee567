//! Names that promise a credential.

/// Words in a name that promise a credential.
const NAMES: &[&str] = &[
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "PASSWORDS",
    "PSWD",
    "PWD",
    "PW",
    "PASS",
    "PSW",
    "SECRET",
    "SECRETS",
    "TOKEN",
    "APIKEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "CREDS",
    "AUTH",
    "DBPASS",
    "DBPWD",
    "DBPW",
    "PGPASS",
    "PGPWD",
    "SQLPASS",
    "MYSQLPASS",
    "REDISPASS",
    "MONGOPASS",
    "ROOTPASS",
    "ROOTPW",
    "ADMINPASS",
    "ADMINPW",
    "SMTPPASS",
    "MAILPASS",
    "LDAPPASS",
    "FTPPASS",
    "BINDPASS",
    "KEYPASS",
    "STOREPASS",
];
/// Ends of a word that do, where words are written as one: `storepassword`, `rootpasswd`, `AUTHTOKEN`.
const ENDS: &[&str] = &[
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "APIKEY",
    "SECRETKEY",
    "PRIVATEKEY",
    "AUTHTOKEN",
    "ACCESSTOKEN",
    "CLIENTSECRET",
];
/// Pairs of words that do.
const PAIRS: &[(&str, &str)] = &[
    ("API", "KEY"),
    ("PRIVATE", "KEY"),
    ("ENCRYPTION", "KEY"),
    ("SIGNING", "KEY"),
    ("MASTER", "KEY"),
    ("SSH", "KEY"),
    ("SECRET", "KEY"),
    ("ACCOUNT", "KEY"),
    ("PASS", "WORD"),
    ("PASS", "PHRASE"),
    ("CRYPT", "KEY"),
    ("CRYPTO", "KEY"),
    ("FERNET", "KEY"),
    ("HMAC", "KEY"),
    ("JWT", "KEY"),
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
    "LIFESPAN",
    "VALIDITY",
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
    "STDIN",
    "PROMPT",
    "FD",
    "AUTHENTICATION",
    "WEBHOOK",
    "NAMESPACE",
    "NAMESPACES",
    "LABEL",
    "LABELS",
    "HINT",
    "PLACEHOLDER",
    "TITLE",
    "TEXT",
    "MESSAGE",
    "ERROR",
    "DESCRIPTION",
    "HELP",
    "PATTERN",
    "REGEX",
    "MIN",
    "MAX",
    "AGE",
    "FIELD",
    "COLUMN",
    "ENV",
    "VAR",
    "VARIABLE",
    "COMMAND",
    "CMD",
    "SCRIPT",
    "STRATEGY",
    "SCOPE",
    "SCOPES",
    "BACKEND",
    "ENGINE",
    "DRIVER",
    "SELECTOR",
    "USER",
    "USERNAME",
    "LOGIN",
    "EMAIL",
    "GROUP",
    "ROLE",
    "COUNT",
    "INTERVAL",
    "REFRESH",
    "RETRIES",
    "INDEX",
    "BITS",
    "DOMAIN",
    "REGION",
    "BUCKET",
    "TABLE",
    "PLUGIN",
    "FACTORY",
    "VALIDATOR",
    "ENCODING",
    "SECONDS",
    "MINUTES",
    "HOURS",
    "DAYS",
    "RESET",
    "CHANGE",
    "ANNOTATION",
    "OBJECT",
    "SOURCE",
    "ENCRYPTION",
    "STATUS",
    "TIME",
    "MTIME",
    "TIMESTAMP",
    "DATE",
    "CREATED",
    "UPDATED",
    "MODIFIED",
    "COMPLEXITY",
    "STRENGTH",
    "HASHER",
    "HELPER",
    "HELPERS",
    "MINIMUM",
    "MAXIMUM",
    "HISTORY",
    "RULES",
    "REQUIREMENTS",
    "THRESHOLD",
    "LIMIT",
    "LIMITS",
    "BUDGET",
    "COST",
    "COSTS",
    "PRICE",
    "QUOTA",
    "RATE",
    "USAGE",
    "META",
    "METADATA",
    "LINK",
    "LINKS",
    "UUID",
    "PERSISTENCE",
    "BACKEND",
    "MANAGER",
    "PROVIDER",
];

/// Words that say, wherever they follow a word for a credential, that the value is a rule for such credentials.
const RULES: &[&str] = &[
    "BUDGET",
    "COMPLEXITY",
    "COST",
    "COUNT",
    "EXPIRATION",
    "EXPIRY",
    "HISTORY",
    "LENGTH",
    "LIFETIME",
    "LIMIT",
    "LINK",
    "MAX",
    "MAXIMUM",
    "MIN",
    "MINIMUM",
    "POLICY",
    "PRICE",
    "QUOTA",
    "REQUIREMENTS",
    "ROTATION",
    "RULES",
    "STRENGTH",
    "THRESHOLD",
    "USAGE",
];

/// Words that say of a token behind them that it is a piece of text, of which there are so many: `cost_per_token`, `MAX_TOKEN`.
const COUNTS: &[&str] = &["PER", "MAX", "MIN", "NUM", "COST", "COUNT", "PRICE"];

/// First words that say that the value switches something on or off, or that it is no secret.
const SWITCHES: &[&str] = &[
    "ENABLE", "ENABLED", "DISABLE", "DISABLED", "USE", "ALLOW", "REQUIRE", "NO", "WITHOUT", "SKIP",
    "HAS", "IS", "ASK", "PROMPT", "SHOW", "HIDE", "EXPIRE", "PUBLIC",
];

/// First words that say that the value changes a credential, as a script does: `RESET_OS_PASSWORD`. Tokens are named so too.
const VERBS: &[&str] = &[
    "RESET", "CHANGE", "SET", "GENERATE", "CREATE", "UPDATE", "ROTATE", "CHECK", "VALIDATE",
];

/// Whether a name promises a credential; `PASSWORD_FILE` and `TOKEN_TTL` do not.
pub fn is_secret_name(name: &str) -> bool {
    let words = words(name);
    let words: Vec<&str> = parts(&words).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    if !promises_at_the_end(name) {
        return false;
    }
    // Builds of web pages put these into the page, for everybody to read.
    let is_told = words
        .iter()
        .any(|word| matches!(*word, "PASSWORD" | "SECRET"));
    if is_of_web_page(&words) && !is_told {
        return false;
    }
    // What tells the clusters of etcd apart.
    if words.ends_with(&["INITIAL", "CLUSTER", "TOKEN"]) {
        return false;
    }
    // `existingSecretAdminPassword`, `envFromSecret`, `ADMIN_SECRET_NAME_NODE`, `adminPasswordKey`, `tokenKey`: a Secret is named, or the key in it.
    if words
        .windows(2)
        .any(|pair| matches!(pair, ["EXISTING" | "FROM", "SECRET"] | ["SECRET", "NAME"]))
        || words.ends_with(&["PASSWORD", "KEY"])
        || words.ends_with(&["TOKEN", "KEY"])
    {
        return false;
    }
    // A key's id is no secret, but is where the key does.
    if words.ends_with(&["ACCESS", "KEY", "ID"]) {
        return true;
    }
    let is_pair = |pair: &[&str]| PAIRS.contains(&(pair[0], pair[1]));
    let promises = |word: &&str| {
        NAMES.contains(word)
            && (!matches!(*word, "PWD" | "PW") || words.len() > 1)
            && (*word != "AUTH" || *last == "AUTH")
    };
    let ends = |word: &&str| ENDS.iter().any(|end| word.ends_with(end));
    (words.windows(2).any(is_pair) || words.iter().any(promises) || words.iter().any(ends))
        && !ABOUT.contains(last)
        && !words
            .windows(2)
            .any(|pair| NAMES.contains(&pair[0]) && RULES.contains(&pair[1]))
        && !words
            .windows(2)
            .any(|pair| COUNTS.contains(&pair[0]) && pair[1] == "TOKEN")
        && !SWITCHES.contains(first)
        && !(VERBS.contains(first) && words.len() > 1 && !words.contains(&"TOKEN"))
}

/// Whether the promise is in the last section of a name with `__` between sections: what a program reads for `ApiKey__Data__0__Controller` is the
/// controller. Numbers count items of a list.
fn promises_at_the_end(name: &str) -> bool {
    let is_item = |section: &&str| !section.bytes().all(|byte| byte.is_ascii_digit());
    let mut sections = name.rsplit("__").filter(is_item);
    let (Some(last), Some(before)) = (sections.next(), sections.next()) else {
        return true;
    };
    let (last, before) = (words(last), words(before));
    let own: Vec<&str> = parts(&last).collect();
    let outer = parts(&before).last();
    let is_pair = |pair: (&str, &str)| PAIRS.contains(&pair);
    let promises = |word: &&str| NAMES.contains(word) || ENDS.iter().any(|end| word.ends_with(end));
    own.iter().any(promises)
        || own.windows(2).any(|pair| is_pair((pair[0], pair[1])))
        || matches!(own[..], ["ID", ..] | [.., "KEY" | "KEYS" | "ID"])
        || outer
            .zip(own.first())
            .is_some_and(|(outer, own)| is_pair((outer, own)))
}

/// Whether a section of a name with `__` between sections promises a credential, and the last one does not.
pub fn has_secret_section(name: &str) -> bool {
    name.contains("__") && name.split("__").any(is_secret_name)
}

/// Whether a build of a web page compiles variables with such names into it: `VITE_…`, `NEXT_PUBLIC_…`, `REACT_APP_…`.
fn is_of_web_page(words: &[&str]) -> bool {
    matches!(
        words,
        ["VITE" | "GATSBY" | "PUBLIC", _, ..]
            | ["NEXT" | "NUXT" | "EXPO", "PUBLIC", _, ..]
            | ["REACT" | "VUE", "APP", _, ..]
    )
}

/// Whether a name is that of a user's or a database's name: `POSTGRES_USER`, `username`, `database-name`.
pub fn is_user_name(name: &str) -> bool {
    let words = words(name);
    let words: Vec<&str> = parts(&words).collect();
    matches!(
        words[..],
        [
            ..,
            "USERNAME" | "LOGIN" | "USR" | "DB" | "DATABASE" | "DBNAME"
        ] | [.., "USER" | "DB" | "DATABASE", "NAME"]
    ) || words.last().is_some_and(|last| last.ends_with("USER"))
}

/// Whether a name is that of an access key's id, which says whose the secret beside it is: `AWS_ACCESS_KEY_ID`, `MINIO_ACCESS_KEY`, `accesskey`.
pub fn is_access_key(name: &str) -> bool {
    let words = words(name);
    let words: Vec<&str> = parts(&words).collect();
    let plain = words.strip_suffix(&["ID"]).unwrap_or(&words);
    matches!(plain, [.., "ACCESSKEY" | "ACCESSKEYID"])
        || matches!(plain, [before @ .., "ACCESS", "KEY"] if !before.contains(&"SECRET"))
}

/// Whether a name ends with a word for what people type in, which may be digits alone: `DB_PASSWORD`, `pin`.
pub fn is_typed(name: &str) -> bool {
    let words = words(name);
    parts(&words).last().is_some_and(|last| {
        matches!(
            last,
            "PASS" | "PASSPHRASE" | "PASSCODE" | "PIN" | "PSW" | "PSWD" | "PW" | "PWD" | "WORD"
        ) || last.ends_with("PASSWORD")
            || last.ends_with("PASSWD")
    })
}

/// Whether a name says that its value is published for a demonstration: `DEMO_LOGIN_PASSWORD`, `example.password`.
pub fn is_demonstration(name: &str) -> bool {
    let words = words(name);
    parts(&words).any(|word| {
        matches!(
            word,
            "DEMO" | "EXAMPLE" | "SAMPLE" | "TUTORIAL" | "PLAYGROUND"
        )
    })
}

/// Whether a name is that of some key: a random text beside it is a credential then, other texts are not.
pub fn is_key_name(name: &str) -> bool {
    let words = words(name);
    let words: Vec<&str> = parts(&words).collect();
    matches!(words.last(), Some(&("KEY" | "KEYS")))
        && !words.iter().any(|word| {
            matches!(
                *word,
                "PUBLIC" | "PUB" | "CACHE" | "HOST" | "GPG" | "RSA" | "PARTITION"
            )
        })
}

/// The words of [`words`], without the numbers that count variables: `DB_PASSWORD2`, `TOKEN_1`.
fn parts(words: &str) -> impl Iterator<Item = &str> {
    let words = words.split('_');
    let words = words.map(|word| word.trim_end_matches(|sign: char| sign.is_ascii_digit()));
    words.filter(|word| !word.is_empty())
}

/// The words of a name in upper case, with a `_` between them: `dbPassword`, `db-password` and `DB_PASSWORD` alike.
pub(super) fn words(name: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_promise_or_only_describe() {
        for name in [
            "DB_PASSWORD",
            "dbPassword",
            "storepassword",
            "DB_PASSWORD2",
            "TOKEN_1",
            "PASS_WORD",
            "API_KEY",
            "github-token",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "ARTIFACTORY_PSW",
            "POSTGRES_PASSWORD",
            "DBPASS",
            "db-pgpass",
            "VITE_DB_PASSWORD",
            "AIRFLOW__CORE__FERNET_KEY",
            "Smtp__Password__0",
            "Jwt__Key",
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
            "MB_PASSWORD_COMPLEXITY",
            "PASSWORD_MIN_DIGITS",
            "registryCredentialHelpers",
            "secrets-namespace",
            "password.hint",
            "admin.passwordMtime",
            "PWD",
            "AUTHOR",
            "ENABLE_AUTH",
            "COMPASS",
            "RESET_OS_PASSWORD",
            "changePassword",
            "disabled-password",
            "without-password",
            "no-password",
            "password-stdin",
            "ask-vault-pass",
            "input_cost_per_token",
            "CONTEXT_COMPACTION_TOKEN_THRESHOLD",
            "TOKEN_BUDGET",
            "max_token",
            "DP_CREDENTIAL_LOGIN_META2",
            "NOTIFY_LINK_RESET_PW_LINK_MEDIA",
            "STORAGE_ADMIN_SECRET_NAME_NODE",
            "CINDER_SECRET_UUID",
            "VITE_AMPLITUDE_API_KEY",
            "access_token_validity",
            "EndpointApiKey__Data__0__Controller",
            "NEXT_PUBLIC_MAPS_TOKEN",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
        assert!(is_user_name("POSTGRES_USER") && is_user_name("DBUSER") && !is_user_name("USERS"));
        assert!(is_access_key("AWS_ACCESS_KEY_ID") && is_access_key("accessKey"));
        assert!(is_access_key("access_key_id") && !is_access_key("SECRET_ACCESS_KEY"));
        assert!(is_user_name("database-name") && !is_user_name("name"));
        assert!(is_typed("rootPassword") && is_typed("UNLOCK_PIN") && !is_typed("API_TOKEN"));
        assert!(is_key_name("MAPS_KEY") && !is_key_name("CACHE_KEY") && !is_key_name("KEYS_DIR"));
    }
}
