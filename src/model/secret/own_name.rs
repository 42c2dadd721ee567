//! Values that say what belongs there instead of a credential: the name of the key itself, or another name of one.

use super::names::words;

/// The last two words of a name that only a program reads: nobody types in a `client secret` that he chose himself.
const LAST_WORDS: &[(&str, &str)] = &[
    ("ACCESS", "KEY"),
    ("ACCESS", "TOKEN"),
    ("API", "KEY"),
    ("API", "SECRET"),
    ("API", "TOKEN"),
    ("APP", "SECRET"),
    ("AUTH", "TOKEN"),
    ("CLIENT", "SECRET"),
    ("CONSUMER", "KEY"),
    ("CONSUMER", "SECRET"),
    ("ENCRYPTION", "KEY"),
    ("PRIVATE", "KEY"),
    ("SECRET", "KEY"),
    ("SIGNING", "KEY"),
];

/// Whether a value is spelled as the name of a key of a program that takes a credential: `srApiSecret`, `secretKey`.
pub fn is_name_of_one(value: &str) -> bool {
    value.starts_with(|letter: char| letter.is_ascii_lowercase())
        && value.contains(|letter: char| letter.is_ascii_uppercase())
        && value.bytes().all(|byte| byte.is_ascii_alphabetic())
        && last_pair(value).is_some()
}

/// Whether a value says again what its key says, whatever is written before it: `Acme-clientsecret` of `clientSecret`.
pub fn repeats(name: &str, value: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphabetic() || b"-_. ".contains(&byte);
    let Some((first, last)) = last_pair(name).filter(|_| value.bytes().all(is_sign)) else {
        return false;
    };
    let letters: String = value.chars().filter(char::is_ascii_alphabetic).collect();
    letters
        .to_ascii_uppercase()
        .ends_with(&format!("{first}{last}"))
}

fn last_pair(name: &str) -> Option<(&'static str, &'static str)> {
    let all = words(name);
    let words: Vec<&str> = all.split('_').filter(|word| !word.is_empty()).collect();
    let joined = words.join("");
    let mut pairs = LAST_WORDS.iter().copied();
    pairs.find(|(first, last)| {
        words.ends_with(&[*first, *last])
            || joined
                .strip_suffix(last)
                .is_some_and(|before| before == *first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_credentials_are_none() {
        for value in ["srApiSecret", "accessKey", "consumerSecret"] {
            assert!(is_name_of_one(value), "{value}");
        }
        for value in [
            "srApiSecret7",
            "password",
            "Wq7rTn2Kd",
            "myPassword",
            "monkey",
        ] {
            assert!(!is_name_of_one(value), "{value}");
        }
        for (name, value) in [
            ("clientSecret", "Acme-clientsecret"),
            ("oauth.client-secret", "my-client-secret"),
            ("consumerSecret", "consumer_secret"),
        ] {
            assert!(repeats(name, value), "{name}={value}");
        }
        for (name, value) in [
            ("password", "password"),
            ("clientSecret", "kelp-harbour"),
            ("clientSecret", "clientSecret7"),
        ] {
            assert!(!repeats(name, value), "{name}={value}");
        }
    }
}
