//! Distinguishes templates from finished files: Helm, Go and Jinja templates are not checked yet.

use std::path::Path;

use memchr::{memchr_iter, memmem};

use crate::sources::{FileSystem, placeholder};

/// Whether something is to be filled in before the file is YAML: Helm, Go or Jinja templates. `{{` in quotes or in a block scalar is only text, unless the
/// file is part of a Helm chart.
pub(super) fn is_template(path: &Path, bytes: &[u8], files: &dyn FileSystem) -> bool {
    let opens = |at: usize| matches!(bytes.get(at + 1), Some(b'{' | b'%'));
    let has_action = memchr_iter(b'{', bytes).any(opens);
    let has_tag = memmem::find(bytes, b"<%").is_some();
    if !has_action && !has_tag && !placeholder::may_occur(bytes) {
        return false;
    }
    // How far the last key is indented, and whether its value begins below it.
    let mut key = (0, true);
    let mut block: Option<usize> = None;
    for line in bytes.split(|byte| *byte == b'\n') {
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        let rest = line[indent..].trim_ascii_end();
        if rest.is_empty() || block.is_some_and(|block| indent > block) {
            continue;
        }
        block = None;
        let is_action = has_action && is_template_line(rest);
        if is_action || is_tag_line(rest) || placeholder::breaks(rest, key.1 || indent <= key.0) {
            return true;
        }
        if rest.ends_with(b":") || rest.starts_with(b"---") || !value(rest).is_empty() {
            key = (indent, value(rest).is_empty());
        }
        let header = rest.split(|byte| *byte == b' ').next_back();
        if header.is_some_and(is_block_header) {
            block = Some(indent);
        }
    }
    has_action && is_in_chart(path, files)
}

/// Whether something is to be filled in before the file is a Dockerfile: an action of a template is where an instruction begins, or is the image of FROM.
/// The builder refuses both. Everywhere else it takes `{{` as written, so that the file is judged as it is built.
pub(super) fn is_dockerfile_template(bytes: &[u8]) -> bool {
    let opens = |at: usize| matches!(bytes.get(at + 1), Some(b'{' | b'%'));
    if !memchr_iter(b'{', bytes).any(opens) {
        return false;
    }
    let mut documents: Vec<&[u8]> = Vec::new();
    let mut is_continued = false;
    let (mut has_argument, mut is_refused) = (false, false);
    for line in bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
        if let Some(end) = documents.first() {
            if line == *end {
                documents.remove(0);
            }
            continue;
        }
        if line.is_empty() || line.starts_with(b"#") {
            continue;
        }
        if !is_continued {
            if is_action(line) {
                return true;
            }
            has_argument |= has_action_as_argument(line);
            is_refused |= !is_instruction(line);
        }
        documents = here_documents(line);
        // A directive may make a backtick of it.
        is_continued = documents.is_empty() && line.ends_with(b"\\") || line.ends_with(b"`");
    }
    has_argument && is_refused
}

/// The instructions of the Dockerfile reference.
pub const INSTRUCTIONS: &[&str] = &[
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// Whether a line begins with an instruction; the builder refuses others.
fn is_instruction(line: &[u8]) -> bool {
    let mut words = line.split(u8::is_ascii_whitespace);
    let word = words.next().unwrap_or_default();
    let mut known = INSTRUCTIONS.iter();
    known.any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
}

/// Whether the first argument of an instruction holds an action outside quotes.
fn has_action_as_argument(line: &[u8]) -> bool {
    let mut words = line.split(u8::is_ascii_whitespace).skip(1);
    let argument = words.find(|word| !word.is_empty()).unwrap_or_default();
    let mut pairs = argument.windows(2);
    let action = pairs.position(|pair| matches!(pair, b"{{" | b"{%"));
    action.is_some_and(|at| !argument[..at].iter().any(|byte| b"\"'[".contains(byte)))
}

/// Whether a line that begins an instruction begins with an action, or is FROM with an image that holds one. What a variable's
/// expansion holds is text.
fn is_action(line: &[u8]) -> bool {
    let action = |word: &[u8]| {
        word.windows(2)
            .position(|pair| matches!(pair, b"{{" | b"{%"))
    };
    let mut words = line.split(u8::is_ascii_whitespace);
    let first = words.next().unwrap_or_default();
    if action(first).is_some() {
        return true;
    }
    let is_flag = |word: &&[u8]| word.is_empty() || word.starts_with(b"--");
    let image = words.find(|word| !is_flag(word)).unwrap_or_default();
    first.eq_ignore_ascii_case(b"FROM")
        && action(image).is_some_and(|at| !image[..at].contains(&b'$'))
}

/// The lines that end the here-documents which begin in `line`, in their order.
fn here_documents(line: &[u8]) -> Vec<&[u8]> {
    let words = line.split(u8::is_ascii_whitespace);
    let ends = words.filter_map(|word| {
        let digits = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = word[digits..].strip_prefix(b"<<")?;
        let end = end.strip_prefix(b"-").unwrap_or(end);
        let quoted = [b'"', b'\''].into_iter().find_map(|quote| {
            let quote = std::slice::from_ref(&quote);
            end.strip_prefix(quote)?.strip_suffix(quote)
        });
        let end = quoted.unwrap_or(end);
        (!end.is_empty() && !end.contains(&b'<')).then_some(end)
    });
    ends.collect()
}

/// Whether a line outside block scalars is a template's action, begins with one as its key, or has one where an unquoted value begins. Braces elsewhere may be
/// text in quotes that run over several lines.
fn is_template_line(line: &[u8]) -> bool {
    let rest = item(line);
    let has = |pair: &[u8]| rest.windows(pair.len()).any(|window| window == pair);
    if rest.starts_with(b"{{") || rest.starts_with(b"{%") {
        return rest.ends_with(b"}}") || rest.ends_with(b"%}") || has(b"}}:");
    }
    value(rest).starts_with(b"{{")
}

/// What follows the dashes of a line.
fn item(line: &[u8]) -> &[u8] {
    let mut rest = line;
    while let Some(item) = rest.strip_prefix(b"- ") {
        rest = item.trim_ascii_start();
    }
    rest
}

/// What follows the key of a line and one space; empty if it has no key.
fn value(line: &[u8]) -> &[u8] {
    let rest = item(line);
    let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-./\"'".contains(byte);
    let key = rest.iter().take_while(|byte| is_key(byte)).count();
    rest[key..]
        .strip_prefix(b": ")
        .filter(|_| key > 0)
        .unwrap_or_default()
}

/// Whether a line is a tag of an `ERB` template, or begins its value with one.
fn is_tag_line(line: &[u8]) -> bool {
    line.starts_with(b"<%") || value(line).starts_with(b"<%")
}

/// `|`, `>` and their forms `|-`, `>2+`.
fn is_block_header(word: &[u8]) -> bool {
    matches!(word, [b'|' | b'>', rest @ ..] if rest.len() <= 2 && rest.iter().all(|byte| b"+-123456789".contains(byte)))
}

/// Whether the file lies in the `templates` folder of a Helm chart.
pub(super) fn is_in_chart(path: &Path, files: &dyn FileSystem) -> bool {
    path.ancestors()
        .filter(|folder| folder.ends_with("templates"))
        .filter_map(Path::parent)
        .any(|chart| files.is_file(&chart.join("Chart.yaml")))
}

#[cfg(test)]
mod tests {
    use super::is_dockerfile_template;

    #[test]
    fn templates_of_dockerfiles_are_distinguished_from_files_with_braces() {
        for text in [
            "{{\n set x to 1 ^\n}}FROM $REPO\n",
            "FROM {{ env.from }}\n",
            "FROM a\n{% if x %}\nRUN b\n{% endif %}\n",
            "FROM a:{{ tag }}\n",
            "FROM a\nRUN {{ b(\n    \"c\") }}\n",
            "FROM --platform=x a:{{ tag }}\nCOPY <<EOF /x\n{{ y }}\nEOF\n{{ z }}\n",
        ] {
            assert!(is_dockerfile_template(text.as_bytes()), "{text}");
        }
        for text in [
            "FROM a\n# {{ x }}\nRUN docker inspect -f '{{ .Id }}' b\n",
            "FROM a\nRUN docker inspect -f \\\n  {{.Id}} b\n",
            "FROM a\nCOPY <<-\"EOF\" /x\n{{ range .Items }}\nRUN {{ y }}\n\tEOF\nRUN a {{ b\n",
            "FROM a\nRUN { { x; }; }\n",
            "FROM a\nRUN b \\\n  {{ c }}\nWORKDIR  {{appDir}}\n",
            "# escape=`\nFROM a\nRUN b `\n{{ c }}\n",
            "FROM a${X:+{{}}\nRUN version={{ARGS}} && b\nUSER {{user}}\n",
            "FROM a\nCOPY <<. <<\"B\" /x/\n{{ y }}\n.\n{{ z }}\nB\nRUN c\n",
            "FROM a\nRUN echo $((1 << 3))\nLABEL a={{x}}\nENV a=\"{{ b }}\"\n",
        ] {
            assert!(!is_dockerfile_template(text.as_bytes()), "{text}");
        }
    }
}
