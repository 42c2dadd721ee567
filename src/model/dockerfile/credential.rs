//! Whether a file of the build context holds a credential: told by what is in it, not by its name.

use crate::model::secret;

/// What a file holds that is worth guarding, if it does.
pub(super) fn held(path: &str, head: &str) -> Option<&'static str> {
    if has_private_key(head) {
        return Some("a private key");
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    // What is written in a key's or a certificate's file is that and no more.
    if [".pem", ".key", ".ppk"]
        .iter()
        .any(|end| name.ends_with(end))
    {
        return None;
    }
    let is_login = name.ends_with("netrc");
    head.lines().find_map(|line| {
        let line = line.trim();
        if line.starts_with(['#', ';']) || line.starts_with("//") && !line.contains('=') {
            return None;
        }
        let is_credential = if is_login { logs_in(line) } else { sets(line) };
        is_credential.then_some("a credential")
    })
}

fn has_private_key(head: &str) -> bool {
    let is_open = |line: &str| line.contains("PRIVATE KEY-----") && !line.contains("ENCRYPTED");
    head.lines()
        .any(|line| is_open(line) && line.contains("-----BEGIN"))
        || head.starts_with("PuTTY-User-Key-File-") && head.contains("Encryption: none")
}

/// `NAME=value`, `name: value` or `"name": "value"` with a name and a value of a credential, or a value that is one by its own form.
fn sets(line: &str) -> bool {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let Some((name, value)) = line.split_once('=').or_else(|| line.split_once(": ")) else {
        return false;
    };
    let value = value.split(" #").next().unwrap_or_default();
    let value = value.trim().trim_end_matches(',').trim_matches(['"', '\'']);
    let name = name.trim().trim_matches('"');
    let name = name.rsplit([':', '/']).next().unwrap_or(name);
    if secret::is_placeholder(value) {
        return false;
    }
    let is_key = matches!(name, "auth" | "_auth" | "client-key-data" | "identitytoken");
    secret::kind(value).is_some()
        || ((is_key || secret::is_secret_name(name))
            && value.len() > 11
            && secret::looks_like_password(value))
}

/// `password …` of a `.netrc`.
fn logs_in(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.any(|word| word == "password") && words.next().is_some_and(secret::looks_like_password)
}

#[cfg(test)]
mod tests {
    use super::held;

    #[test]
    fn what_is_in_a_file_tells() {
        let key = format!("-----BEGIN {} KEY-----\nMIIE", "RSA PRIVATE");
        assert!(held("id_rsa", &key).is_some());
        assert!(held("ca.pem", "-----BEGIN CERTIFICATE-----\nMIIE").is_none());
        assert!(held(".env", "PORT=80\nDB_PASSWORD=kX93hd82Jsn2k\n").is_some());
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
