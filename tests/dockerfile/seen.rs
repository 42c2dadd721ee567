//! What parsers can agree on of a Dockerfile, and what we see of it.

use hullmark::parse::dockerfile;
use hullmark::parse::problem::Problem;

/// What parsers can agree on: where an instruction begins, its keyword, its form, its flags and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The byte where its keyword stands.
    pub start: usize,
    /// Upper case; what `ONBUILD` defers and what `HEALTHCHECK` runs stands in it too.
    pub keyword: String,
    pub is_exec: bool,
    /// `--name=value`, without quotes.
    pub flags: Vec<String>,
    /// The strings of the exec form, else what blanks divide.
    pub words: Vec<String>,
}

pub fn divided(text: &str) -> Vec<String> {
    text.split_ascii_whitespace().map(str::to_owned).collect()
}

pub fn flag(name: &str, value: Option<&str>) -> String {
    let value = value.map(|value| format!("={value}")).unwrap_or_default();
    format!("--{name}{value}").replace(['"', '\''], "")
}

/// A file as we read it; nothing if a part of it is refused.
pub fn ours(text: &str) -> Option<Vec<Seen>> {
    let mut problems = Vec::new();
    let file = dockerfile::parse(text, &mut problems);
    is_read(&problems).then(|| file.instructions.iter().map(one).collect())
}

fn one(instruction: &dockerfile::Instruction) -> Seen {
    let flags = instruction.flags.iter();
    let flags: Vec<String> = flags
        .map(|part| flag(&part.name, part.value.as_deref()))
        .collect();
    if let Some(inner) = &instruction.inner {
        let inner = one(inner);
        return Seen {
            start: instruction.keyword_span.range().start,
            keyword: format!("{} {}", instruction.keyword, inner.keyword),
            flags: flags.into_iter().chain(inner.flags).collect(),
            ..inner
        };
    }
    let words = instruction.words.iter().map(|word| word.text.clone());
    Seen {
        start: instruction.keyword_span.range().start,
        keyword: instruction.keyword.clone(),
        is_exec: instruction.is_exec,
        flags,
        words: match &*instruction.keyword {
            _ if instruction.is_exec => words.collect(),
            "FROM" => with_plain_as(divided(&instruction.body.text)),
            _ => divided(&instruction.body.text),
        },
    }
}

/// `AS` in any case is one word.
fn with_plain_as(mut words: Vec<String>) -> Vec<String> {
    if let Some(word) = words.get_mut(1) {
        word.make_ascii_uppercase();
    }
    words
}

/// A file as we read it, as far as `dockerfile-parser` can say it too.
pub fn ours_loosely(text: &str) -> Option<Vec<Seen>> {
    let mut problems = Vec::new();
    let file = dockerfile::parse(text, &mut problems);
    let seen = file.instructions.iter().map(|instruction| {
        let is_command = matches!(&*instruction.keyword, "RUN" | "CMD" | "ENTRYPOINT");
        if is_command && instruction.is_exec && instruction.flags.is_empty() {
            return one(instruction);
        }
        let one = one(instruction);
        let text = if instruction.keyword == "FROM" {
            one.words
        } else {
            vec![instruction.body.text.clone()]
        };
        let own_flags = instruction
            .flags
            .iter()
            .map(|part| flag(&part.name, part.value.as_deref()));
        let words: Vec<String> = own_flags.chain(text).collect();
        Seen {
            start: instruction.keyword_span.range().start,
            keyword: instruction.keyword.clone(),
            is_exec: false,
            flags: Vec::new(),
            words: divided(&words.join(" ")),
        }
    });
    let seen = seen.collect();
    is_read(&problems).then_some(seen)
}

/// Whether nothing stood in the way; blanks behind a continuation mark are a matter of style.
fn is_read(problems: &[Problem]) -> bool {
    let mut rules = problems.iter().map(|problem| problem.kind);
    rules.all(|kind| kind == hullmark_tables::faults::BLANK_AFTER_CONTINUATION)
}

/// Leaves out what `dockerfile-parser` drops or adds itself: quotes and escapes of values, and which sign stands between a name and its value.
pub fn loosened(mut file: Vec<Seen>) -> Vec<Seen> {
    for seen in &mut file {
        if seen.is_exec {
            continue;
        }
        let mut text = seen.words.join(" ").replace(['"', '\'', '\\'], "");
        if matches!(&*seen.keyword, "ENV" | "LABEL") {
            text = text.replace('=', " ");
        }
        seen.words = divided(&text);
    }
    file
}

/// Takes off what `parse-dockerfile` does not tell.
pub fn without_forms(mut file: Vec<Seen>) -> Vec<Seen> {
    for seen in &mut file {
        match &*seen.keyword {
            "RUN" | "ONBUILD RUN"
                if !seen.is_exec
                    && seen
                        .words
                        .first()
                        .is_some_and(|word| word.starts_with("<<")) =>
            {
                seen.words.remove(0);
            }
            "COPY" | "ADD" | "ONBUILD COPY" | "ONBUILD ADD" => {
                seen.is_exec = false;
                for word in seen.words.iter_mut().filter(|word| word.starts_with("<<")) {
                    word.truncate(2);
                }
            }
            _ => {}
        }
    }
    file
}
