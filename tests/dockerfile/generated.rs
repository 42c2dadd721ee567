//! Dockerfiles whose meaning is known before they are read.

use proptest::prelude::*;

use crate::seen::{Seen, divided};

/// A generated instruction: how it is spelled, and what a reader must see.
#[derive(Debug, Clone)]
pub struct Written {
    pub keyword: String,
    pub flags: Vec<String>,
    pub words: Vec<String>,
    pub is_exec: bool,
    /// The lines behind it, if a word announces a here-document.
    pub document: Vec<String>,
}

impl Written {
    /// What a reader must see of it if it stands at the byte `start`.
    pub fn seen(&self, start: usize) -> Seen {
        Seen {
            start,
            keyword: self.keyword.clone(),
            is_exec: self.is_exec,
            flags: self.flags.clone(),
            words: if self.is_exec {
                self.words.clone()
            } else {
                divided(&self.words.join(" "))
            },
        }
    }
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9./:_-]{0,8}[a-z0-9]",
        "[a-z]{1,4}=[a-z0-9]{1,4}",
        "\\$\\{?[A-Z]{1,4}",
        "\"[a-z $#]{0,8}\"",
        "'[a-z #]{1,6}'",
        Just("&&".to_owned()),
        Just("äöü".to_owned()),
        Just("a#b".to_owned()),
    ]
}

fn words() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(word(), 1..5)
}

/// Words in which no quotes stand: what `COPY`, `EXPOSE` and `VOLUME` divide at every blank.
fn plain_words(least: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-z0-9./_]{0,6}[a-z0-9]", least..5)
}

/// A keyword, its flags, its words, and whether they are a list.
pub fn instruction() -> impl Strategy<Value = Written> {
    let written = |keyword: &str, flags: Vec<String>, words: Vec<String>, is_exec| Written {
        keyword: keyword.to_owned(),
        flags,
        words,
        is_exec,
        document: Vec::new(),
    };
    let of = |flags: &'static [&'static str]| {
        prop::sample::subsequence(flags, 0..=flags.len())
            .prop_map(|flags| flags.into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    let items = || prop::collection::vec("[a-zA-Z0-9 $/\"\\\\\t\u{e9}-]{0,8}", 1..4);
    let commands = || {
        prop::sample::select(&["RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK CMD", "ONBUILD RUN"][..])
    };
    let pairs = || prop::collection::vec("[A-Z_]{1,6}=([a-z0-9/.]{1,6}|\"[a-z ]{0,6}\")", 1..4);
    prop_oneof![
        3 => (commands(), words()).prop_map(move |(keyword, words)| written(keyword, Vec::new(), words, false)),
        2 => (commands(), items()).prop_map(move |(keyword, items)| written(keyword, Vec::new(), items, true)),
        1 => items().prop_map(move |items| written("SHELL", Vec::new(), items, true)),
        2 => (of(&["--mount=type=cache,target=/x", "--network=none"]), words())
            .prop_map(move |(flags, words)| written("RUN", flags, words, false)),
        2 => (of(&["--from=a", "--chown=u:g"]), prop::sample::select(&["COPY", "ONBUILD COPY"][..]), plain_words(2), any::<bool>())
            .prop_map(move |(flags, keyword, words, is_exec)| written(keyword, flags, words, is_exec)),
        1 => (of(&["--checksum=x", "--chmod=644"]), plain_words(2))
            .prop_map(move |(flags, words)| written("ADD", flags, words, false)),
        1 => (of(&["--interval=5s", "--retries=3"]), words())
            .prop_map(move |(flags, words)| written("HEALTHCHECK CMD", flags, words, false)),
        1 => plain_words(1).prop_map(move |words| written("EXPOSE", Vec::new(), words, false)),
        1 => (plain_words(1), any::<bool>()).prop_map(move |(words, is_exec)| written("VOLUME", Vec::new(), words, is_exec)),
        2 => (prop::sample::select(&["ENV", "LABEL", "ARG"][..]), pairs())
            .prop_map(move |(keyword, pairs)| written(keyword, Vec::new(), pairs, false)),
        1 => (prop::sample::select(&["USER", "WORKDIR", "STOPSIGNAL"][..]), "[a-z0-9/]{1,8}")
            .prop_map(move |(keyword, word)| written(keyword, Vec::new(), vec![word], false)),
        1 => ("[a-z]{1,6}:[0-9]", prop::option::of("s[a-z0-9]{0,5}")).prop_map(move |(image, name)| {
            let name = name.into_iter().flat_map(|name| ["AS".to_owned(), name]);
            written("FROM", Vec::new(), [image].into_iter().chain(name).collect(), false)
        }),
        1 => (prop::sample::select(&["RUN", "COPY"][..]), prop::collection::vec("[ \\\\#a-z]{0,8}", 0..4)).prop_map(move |(keyword, mut document)| {
            let words = ["<<END".to_owned(), "/file".to_owned()];
            document.push("END".to_owned());
            Written { document, ..written(keyword, Vec::new(), words.into(), false) }
        }),
    ]
}

/// What may stand between two words, and the line break of the file.
pub fn blank() -> impl Strategy<Value = &'static str> {
    prop::sample::select(
        &[
            " ",
            "  ",
            "\t",
            " ",
            " ",
            " \\\n",
            " \\  \n   ",
            " \\\n# why \\\n ",
            " \\\n\n  ",
            " \\\n  # a\n#b\n\t",
        ][..],
    )
}

pub fn spelled(written: &Written, blanks: &[String], is_lower: bool) -> String {
    let mut blanks = blanks.iter().cycle();
    let mut text = if is_lower {
        written.keyword.to_lowercase()
    } else {
        written.keyword.clone()
    };
    if let Some((outer, inner)) = text.split_once(' ') {
        // Flags of a health check stand before its command, those of what is deferred behind it.
        if outer.eq_ignore_ascii_case("HEALTHCHECK") {
            text = format!("{outer} {} {inner}", written.flags.join(" "));
        } else {
            text = format!("{outer} {inner} {}", written.flags.join(" "));
        }
    } else {
        for flag in &written.flags {
            text += blanks.next().unwrap();
            text += flag;
        }
    }
    text += blanks.next().unwrap();
    if written.is_exec {
        text += &serde_json::to_string(&written.words).unwrap();
    } else {
        text += &written.words.join(blanks.next().unwrap());
    }
    text.push('\n');
    for line in &written.document {
        text += line;
        text.push('\n');
    }
    text
}
