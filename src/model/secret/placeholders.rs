//! Values that stand for one that is to be filled in: a placeholder, a request to change it, the name of what is to be there.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::model::secret::names::is_secret_name;
use crate::model::secret::others::is_published_key;
use crate::model::secret::own_name::is_name_of_one;
use crate::model::words::in_values;

/// What only a value that is to be filled in holds.
static FILLERS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    in_values([
        "changeme",
        "change-me",
        "change_me",
        "changethis",
        "change-this",
        "change_this",
        "changeit",
        "changein",
        "change-in-",
        "change_in_",
        "example",
        "placeholder",
        "your-",
        "your_",
        "yourpass",
        "yoursecret",
        "yourtoken",
        "yourkey",
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
        "not_set",
        "setthis",
        "set-this",
        "set_this",
        "noauth",
        "no-auth",
        "no_auth",
        "no-key",
        "no_key",
        "notneeded",
        "not-needed",
        "not_needed",
        "notrequired",
        "not-required",
        "not_required",
        "setme",
        "set-me",
        "set_me",
        "please",
        "-here",
        "_here",
        "put-",
        "put_",
        "fill-",
        "fill_",
        "filled",
        "enter-",
        "enter_",
        "tobe",
        "to-be-",
        "to_be_",
        "not-used",
        "not_used",
        "unused",
        "provided",
        "from_file",
        "from-file",
        "from_env",
        "from-env",
        "from_vault",
        "from-vault",
        "from_secret",
        "from-secret",
        "see-vault",
        "see_vault",
        "in-vault",
        "in_vault",
        "override",
        "insecure",
        "totallysecret",
        "totally-secret",
        "totally_secret",
        "notmypassword",
        "not-my-password",
        "not_my_password",
        "vault:",
        "op://",
        "ref+",
        "keyvault",
    ])
});

/// Small words of which sentences are made, and no password.
const GRAMMAR: &[&str] = &[
    "please", "enter", "set", "your", "you", "the", "this", "that", "a", "an", "is", "are", "must",
    "be", "to", "for", "of", "in", "with", "and", "or", "not", "before", "after", "here", "use",
    "used", "from", "by", "as", "it", "on", "will", "should", "can", "no", "if",
];

/// Whether a value stands for one that is to be filled in, or is filled in at run time.
pub fn is_placeholder(value: &str) -> bool {
    let value = bare(value);
    let encloses = |open: &str, close: &str| {
        value.len() > open.len() + close.len() - 1
            && value.starts_with(open)
            && value.ends_with(close)
    };
    if is_published_key(value) {
        return true;
    }
    let is_name = |sign: char| sign.is_ascii_alphabetic() || "_{(".contains(sign);
    let mut variables = value.match_indices('$');
    let open = variables
        .any(|(at, _)| at + 1 < value.len() && value[at + 1..].starts_with(is_name))
        || value.contains("{{")
        || value.contains('<')
        || value.contains("%s")
        || value.contains("%(")
        || value.starts_with('[')
        || [
            ("%", "%"),
            ("{", "}"),
            ("__", "__"),
            ("@", "@"),
            ("#", "#"),
            ("((", "))"),
            ("ENC[", "]"),
        ]
        .iter()
        .any(|(open, close)| encloses(open, close));
    // `SECRET`, `MY_API_KEY`: the name of what is to be there.
    let names_itself = value
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || b"_-".contains(&byte))
        && (is_secret_name(value) || value.contains('_'));
    // `os.environ/KEY`, `env:KEY`: where it is read from.
    let is_reference = [
        "os.environ/",
        "os.environ[",
        "process.env.",
        "env:",
        "env/",
        "env.",
    ]
    .iter()
    .any(|start| value.starts_with(start));
    value.is_empty()
        || open
        || names_itself
        || is_name_of_one(value)
        || is_reference
        || FILLERS.is_match(value)
        || is_sentence(value)
        || is_filling(value)
        || has_marker(value)
        || is_request(value)
        || is_disguised(value)
        || is_counting(value)
}

/// Whether the words of a value are those of a sentence: `please_set_this_key`.
fn is_sentence(value: &str) -> bool {
    !value.contains(|sign: char| sign.is_ascii_digit()) && has_small_words(value)
}

/// Whether three words or more have one of [`GRAMMAR`] among them.
pub(super) fn has_small_words(value: &str) -> bool {
    let words = value.split([' ', '_', '-']);
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    words.len() > 2 && words.iter().any(|word| GRAMMAR.contains(&word.as_str()))
}

/// What is said in digits and signs for letters.
static DISGUISED: LazyLock<AhoCorasick> = LazyLock::new(|| {
    in_values([
        "pleasechange",
        "changethis",
        "changeme",
        "notasecret",
        "notasecure",
        "notavery",
        "notsosecret",
        "notsecure",
        "replaceme",
        "replacethis",
        "placeholder",
    ])
});

/// Whether a value says that it is none, with digits for letters: `Ple4seCh4ngeThis`.
fn is_disguised(value: &str) -> bool {
    const LONGEST: usize = 80;
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || value.len() > LONGEST {
        return false;
    }
    let plain: String = value
        .chars()
        .filter(|sign| !"-_. ".contains(*sign))
        .map(|sign| match sign {
            '4' | '@' => 'a',
            '3' => 'e',
            '1' | '!' => 'i',
            '0' => 'o',
            '5' | '$' => 's',
            '7' => 't',
            sign => sign,
        })
        .collect();
    DISGUISED.is_match(&plain)
}

/// Whether a value counts in each of its parts: `TEST-123456789-1234-1234-1234-123456789012`.
fn is_counting(value: &str) -> bool {
    const COUNT: &str = "12345678901234567890";
    const PARTS: usize = 4;
    let parts = value.split('-');
    let (numbers, words): (Vec<&str>, Vec<&str>) =
        parts.partition(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    numbers.len() >= PARTS
        && words.len() < 2
        && numbers.iter().all(|number| COUNT.starts_with(number))
}

/// Whether a short value asks to be changed, whatever is between the words: `change12_me`, `ChangeIt!`, `set.me`.
fn is_request(value: &str) -> bool {
    const LONGEST: usize = 20;
    let letters: String = value
        .chars()
        .take(LONGEST + 1)
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    value.len() <= LONGEST
        && matches!(
            letters.as_str(),
            "changeme" | "changeit" | "changethis" | "setme" | "setthis" | "replaceme" | "fillme"
        )
}

/// Whether a value is one sign over and over, but for few at its ends: `xxxxxx`, `f0000000000000000000`.
fn is_filling(value: &str) -> bool {
    // `sk-1111111111`: behind what its kind begins with.
    let after = value.split_once('-').map(|(_, rest)| rest);
    let is_one =
        after.is_some_and(|rest| rest.len() > 7 && rest.chars().all(|sign| rest.starts_with(sign)));
    let joined = value.replace('-', "");
    let value = joined.as_str();
    let trimmed = value.trim_matches(|sign: char| sign.is_ascii_hexdigit() && sign != '0');
    let is_zeros = value.len() > 15 && trimmed.len() + 4 > value.len();
    is_one
        || value.chars().all(|letter| value.starts_with(letter))
        || is_zeros && trimmed.bytes().all(|byte| byte == b'0')
}

/// Whether a value is the beginning of its kind and the name of what is to be there: `nvapi-NVKEY`, `sk-API_KEY`.
fn has_marker(value: &str) -> bool {
    value.split_once('-').is_some_and(|(start, rest)| {
        let is_start = !start.is_empty() && start.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_name = rest.len() > 2
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || b"_-".contains(&byte));
        is_start && is_name && (rest.ends_with("KEY") || is_secret_name(rest))
    })
}

/// The value without what encloses it.
pub(super) fn bare(value: &str) -> &str {
    value.trim().trim_matches(['"', '\''])
}
