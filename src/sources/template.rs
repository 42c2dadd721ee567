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

/// Whether something is to be filled in before the file is a Dockerfile: an action of a template is where an instruction begins, or in its first argument.
/// `{{` further on, on continued lines and in here-documents is text: a format that Docker takes, or a file that is written.
pub(super) fn is_dockerfile_template(bytes: &[u8]) -> bool {
    let opens = |at: usize| matches!(bytes.get(at + 1), Some(b'{' | b'%'));
    if !memchr_iter(b'{', bytes).any(opens) {
        return false;
    }
    // What is in quotes is text, and so is what a label says.
    let has_action = |word: Option<&[u8]>| {
        word.is_some_and(|word| {
            let action = word
                .windows(2)
                .position(|pair| matches!(pair, b"{{" | b"{%"));
            action.is_some_and(|at| !word[..at].iter().any(|byte| b"\"'[".contains(byte)))
        })
    };
    let mut document: Option<&[u8]> = None;
    let mut is_continued = false;
    for line in bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
        if let Some(end) = document {
            document = document.filter(|_| line != end);
            continue;
        }
        if line.is_empty() || line.starts_with(b"#") {
            continue;
        }
        let mut words = line.split(u8::is_ascii_whitespace);
        if !is_continued {
            let first = words.next();
            let is_keyword = first.is_some_and(|word| {
                word.iter().all(u8::is_ascii_alphabetic) && !word.eq_ignore_ascii_case(b"label")
            });
            let mut arguments = words.filter(|word| !word.is_empty());
            if has_action(first) || is_keyword && has_action(arguments.next()) {
                return true;
            }
        }
        document = here_document(line);
        is_continued = document.is_none() && line.ends_with(b"\\");
    }
    false
}

/// The line that ends the here-document which begins in `line`.
fn here_document(line: &[u8]) -> Option<&[u8]> {
    let at = line.windows(2).position(|pair| pair == b"<<")?;
    let rest = &line[at + 2..];
    let rest = rest.strip_prefix(b"-").unwrap_or(rest);
    let rest = rest
        .strip_prefix(b"\"")
        .or_else(|| rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let end = rest
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    let word = &rest[..end.unwrap_or(rest.len())];
    word.first()
        .is_some_and(|byte| !byte.is_ascii_digit())
        .then_some(word)
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
fn is_in_chart(path: &Path, files: &dyn FileSystem) -> bool {
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
            "FROM a\nRUN b \\\n  c\nWORKDIR  {{appDir}}\n",
            "FROM a:{{ tag }}\n",
            "RUN version={{ARGS[\"v\"]}} \\\n  && b\n",
            "FROM a\nCOPY <<EOF /x\n{{ y }}\nEOF\nUSER {{ user }}\n",
        ] {
            assert!(is_dockerfile_template(text.as_bytes()), "{text}");
        }
        for text in [
            "FROM a\n# {{ x }}\nRUN docker inspect -f '{{ .Id }}' b\n",
            "FROM a\nRUN docker inspect -f \\\n  {{.Id}} b\n",
            "FROM a\nCOPY <<-\"EOF\" /x\n{{ range .Items }}\nRUN {{ y }}\n\tEOF\nRUN a {{ b\n",
            "FROM a\nRUN { { x; }; }\n",
            "FROM a\nRUN echo $((1 << 3))\nLABEL a={{x}}\nENV a=\"{{ b }}\"\n",
        ] {
            assert!(!is_dockerfile_template(text.as_bytes()), "{text}");
        }
    }
}
