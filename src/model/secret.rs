//! Credentials in text: by the form of the value first, by a name only beside a value that looks like one.

mod base64;
mod demonstration;
mod names;
mod others;
mod own_name;
mod placeholders;
mod tokens;
mod values;

pub(super) use base64::decoded;
pub(super) use demonstration::{Weakness, is_published, is_well_known, weakness};
pub(super) use names::{is_demonstration, is_key_name, is_secret_name, is_user_name};
pub(super) use placeholders::is_placeholder;
pub(super) use tokens::{kind, tokens};
pub(super) use values::looks_like_password;

use values::is_random;

/// Whether a name and its value are those of a credential; `credentialsSecret: tracing-creds` names an object that holds one.
pub(super) fn is_credential(name: &str, value: &str) -> bool {
    looks_secret(name, Some(value)) && looks_like_password(value) && !is_other(name, value)
}

/// Whether a value beside a secret's name is something else: the text of a label, the name of an object, a number.
pub(super) fn is_other(name: &str, value: &str) -> bool {
    let plain = placeholders::bare(value);
    // What an access key is called is the name of an account: `AWS_ACCESS_KEY_ID=admin` beside its secret.
    names::is_access_key(name) && weakness(value).is_some()
        || values::is_label(name, value)
        || values::names_object(name, value)
        || own_name::repeats(name, plain)
        || others::is_duration(name, plain)
        || others::is_number(name, plain)
}

/// Whether a name is one that credentials have; `MAPS_KEY` is, if its value is a random text.
pub(super) fn looks_secret(name: &str, value: Option<&str>) -> bool {
    is_secret_name(name)
        || (is_key_name(name) || names::has_secret_section(name))
            && value.is_some_and(|value| is_random(value) || is_published(value))
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
    fn a_name_and_its_value_tell_together() {
        for (name, value) in [
            ("MYSQL_ROOT_PASSWORD", "Wq7-rTn2Kd"),
            ("DB_PASSWORD2", "kelp-harbour-71"),
            ("APP_PASSWORD", "Kelp harbour 71"),
            ("MAPS_KEY", "vQ3kZr8LhNw5TxYb2JcFm7Ds!Pg9"),
            ("db.password", "password"),
            ("Secrets__0__Value", "Wq7rTn2KdZr8kVt2pQx5"),
            ("Jwt__Key", "Wq7rTn2KdZr8kVt2pQx5"),
            ("Smtp__Password", "kelp-harbour-71"),
        ] {
            assert!(is_credential(name, value), "{name}={value}");
        }
        for (name, value) in [
            ("credentialsSecret", "tracing-creds"),
            ("policy-secrets-namespace", "policy-secrets"),
            ("imagePullSecret", "registry"),
            ("dynamic.linux-amd64.aws-secret", "aws-account"),
            ("login.password", "Password"),
            ("CACHE_KEY", "v1-linux-node"),
            ("GPG_KEY", "0D96DF4D4110E5C43FBFB17F2D347EA6AA65421D"),
            (
                "SERVICE_ACCOUNT_KEY",
                "please_set_this_key_before_you_build",
            ),
            ("DB_PASSWORD", "Enter your password here"),
            ("refresh_token_lifespan", "3600s"),
            ("access_token", "minutes=5"),
            ("EndpointApiKey__Data__0__Controller", "DataScience"),
            ("credentials-binding", "latest"),
            ("DOCKERHUB_PASS", "from_file"),
            ("OPENAI_API_KEY", "sk-111111111111"),
            ("apiKey", "ollama"),
            ("secretKey", "secretKey"),
        ] {
            assert!(!is_credential(name, value), "{name}={value}");
        }
    }
}
