//! Whether a file of the build context holds a credential: told by what is in it, not by its name.

use crate::model::credentials::is_dummy;
use crate::model::secret;

/// What a file holds that is worth guarding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held<'h> {
    /// `a private key` or `a credential`.
    pub what: &'static str,
    /// The variable or the key that a credential is the value of.
    pub name: Option<&'h str>,
}

/// What a file holds that is worth guarding, if it does.
pub(super) fn held<'h>(path: &str, head: &'h str) -> Option<Held<'h>> {
    if has_private_key(head) {
        // `insecure_key`, `snakeoil.key`: everybody has them, and they guard nothing.
        if is_dummy(path) {
            return None;
        }
        let what = "a private key";
        return Some(Held { what, name: None });
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    // What is written in a key's or a certificate's file is that and no more.
    if [".pem", ".key", ".ppk"]
        .iter()
        .any(|end| name.ends_with(end))
    {
        return None;
    }
    let what = "a credential";
    if name.ends_with("netrc") {
        let logs_in = lines(head).any(logs_in);
        return logs_in.then_some(Held { what, name: None });
    }
    let users = users(head);
    let is_of_tests = is_of_tests(head);
    lines(head).find_map(|line| {
        let (name, value) = setting(line)?;
        let is_credential = secret::kind(value).is_some()
            || !is_of_tests && value.len() > 11 && is_password(name, value, &users);
        let name = Some(name).filter(|name| !name.is_empty());
        (is_credential && !secret::is_placeholder(value)).then_some(Held { what, name })
    })
}

/// Beginnings of variables that a front end's build takes over into what everybody downloads.
const PUBLIC: &[&str] = &[
    "REACT_APP_",
    "VITE_",
    "NEXT_PUBLIC_",
    "NUXT_PUBLIC_",
    "VUE_APP_",
    "GATSBY_",
    "PUBLIC_",
];

/// Whether a file of variables gives one that is named for a credential a value, however short it is, and is not all for a front end.
pub(super) fn sets_password(head: &str) -> bool {
    let settings = || lines(head).filter_map(setting);
    let users = users(head);
    let is_public =
        |name: &str| name == "NODE_ENV" || PUBLIC.iter().any(|start| name.starts_with(start));
    let is_private = |name: &str, value: &str| {
        secret::kind(value).is_some()
            || is_password(name, value, &users) && !secret::is_well_known("", value)
    };
    !settings().all(|(name, _)| is_public(name))
        && settings().any(|(name, value)| is_private(name, value))
}

/// The lines of a file that are no comments.
fn lines(head: &str) -> impl Iterator<Item = &str> {
    let lines = head.lines().map(str::trim);
    lines.filter(|line| {
        !line.starts_with(['#', ';']) && (!line.starts_with("//") || line.contains('='))
    })
}

/// Whether the variables of a file say that a program is being tested: `NODE_ENV=test`.
fn is_of_tests(head: &str) -> bool {
    lines(head).filter_map(setting).any(|(name, value)| {
        let is_stage = matches!(
            name,
            "NODE_ENV"
                | "RAILS_ENV"
                | "RACK_ENV"
                | "APP_ENV"
                | "MIX_ENV"
                | "DJANGO_ENV"
                | "ENVIRONMENT"
        );
        is_stage && matches!(value, "test" | "testing")
    })
}

/// How many users of a file are held against its passwords.
const USERS: usize = 20;

/// The names of users that a file sets.
fn users(head: &str) -> Vec<&str> {
    let settings = lines(head).filter_map(setting);
    let users = settings.filter(|(name, value)| !value.is_empty() && secret::is_user_name(name));
    users.map(|(_, value)| value).take(USERS).collect()
}

/// Whether a value is one of a credential, and not made of the name of the user that it belongs to.
fn is_password(name: &str, value: &str, users: &[&str]) -> bool {
    // Laravel encrypts sessions and cookies with `APP_KEY`.
    let is_key = matches!(name, "auth" | "_auth" | "client-key-data" | "identitytoken")
        || name == "APP_KEY" && value.starts_with("base64:");
    (is_key || secret::is_secret_name(name))
        && secret::looks_like_password(value)
        && !users.iter().any(|user| secret::is_well_known(user, value))
}

fn has_private_key(head: &str) -> bool {
    let is_open = |line: &str| line.contains("PRIVATE KEY-----") && !line.contains("ENCRYPTED");
    head.lines()
        .any(|line| is_open(line) && line.contains("-----BEGIN"))
        || head.starts_with("PuTTY-User-Key-File-") && head.contains("Encryption: none")
}

/// The name and the value of `NAME=value`, `name: value` or `"name": "value"`.
fn setting(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (name, value) = line.split_once('=').or_else(|| line.split_once(": "))?;
    let value = value.split(" #").next().unwrap_or_default();
    let value = value.trim().trim_end_matches(',').trim_matches(['"', '\'']);
    let name = name.trim().trim_matches('"');
    let name = name.rsplit([':', '/']).next().unwrap_or(name);
    Some((name, value))
}

/// `password …` of a `.netrc`.
fn logs_in(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.any(|word| word == "password") && words.next().is_some_and(secret::looks_like_password)
}

#[cfg(test)]
mod tests {
    use super::{held, sets_password};

    #[test]
    fn what_is_in_a_file_tells() {
        let key = format!("-----BEGIN {} KEY-----\nMIIE", "RSA PRIVATE");
        assert!(held("id_rsa", &key).is_some());
        assert!(held("keys/insecure_key", &key).is_none());
        let named = held(".env", "PORT=80\nexport DB_PASSWORD=kX93hd82Jsn2k\n");
        assert_eq!(named.and_then(|held| held.name), Some("DB_PASSWORD"));
        for harmless in [
            "DB_USER=harbourdbuser\nDB_PASSWORD=harbourdbpass\n",
            "user: kelp_admin\npassword: kelp_admin_pwd\n",
            "NODE_ENV=test\nJWT_KEY_SECRET=kX93hd82Jsn2k\n",
        ] {
            assert_eq!(held(".env", harmless), None, "{harmless}");
        }
        assert!(sets_password("DB_PASSWORD=kelp7\n"));
        assert!(!sets_password("PORT=80\nDB_PASSWORD=\nAPP_NAME=kelp\n"));
        assert!(held("ca.pem", "-----BEGIN CERTIFICATE-----\nMIIE").is_none());
        assert!(held(".env", "PORT=80\nDB_PASSWORD=kX93hd82Jsn2k\n").is_some());
        let laravel = "APP_KEY=base64:Zk3vQ8Lh/Nw5TxYb2JcFm7DsPg9u1RaE0oKiHyXtVnM=\n";
        assert!(held(".env", laravel).is_some());
        assert!(held(".env", "PORT=80\nDB_PASSWORD=changeme\nAPI_KEY=\n").is_none());
        assert!(
            held(
                ".npmrc",
                "//r.example.org/:_authToken=${NPM_TOKEN}\nalways-auth=true"
            )
            .is_none()
        );
        assert!(held(".npmrc", "//r.corp.org/:_authToken=8f3b2c1d9e7a4b6c5d0e").is_some());
        assert!(held(".netrc", "machine a.org login b password s3cr3tPhrase9").is_some());
        assert!(
            held(
                ".docker/config.json",
                "{\"auths\": {\n\"auth\": \"dXNlcjpwYXNzd29yZDEy\"\n}}"
            )
            .is_some()
        );
    }
}
