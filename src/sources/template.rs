//! Tells YAML that is still to be filled in from YAML: Helm, Go and Jinja templates are not judged yet.

use std::path::Path;

use memchr::memchr_iter;

/// Whether something is to be filled in before the file is YAML: Helm, Go or Jinja templates. `{{` in quotes or in a block scalar is only text, unless the
/// file is part of a Helm chart.
pub(super) fn is_template(path: &Path, bytes: &[u8]) -> bool {
    let opens = |at: usize| matches!(bytes.get(at + 1), Some(b'{' | b'%'));
    if !memchr_iter(b'{', bytes).any(opens) {
        return false;
    }
    let mut block: Option<usize> = None;
    for line in bytes.split(|byte| *byte == b'\n') {
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        let rest = line[indent..].trim_ascii_end();
        if rest.is_empty() || block.is_some_and(|block| indent > block) {
            continue;
        }
        block = None;
        if is_template_line(rest) {
            return true;
        }
        let header = rest.split(|byte| *byte == b' ').next_back();
        if header.is_some_and(is_block_header) {
            block = Some(indent);
        }
    }
    is_in_chart(path)
}

/// Whether a line outside block scalars is a template's action, begins with one as its key, or has one where an unquoted value begins. Braces elsewhere may be
/// text in quotes that run over several lines.
fn is_template_line(line: &[u8]) -> bool {
    let mut rest = line;
    while let Some(item) = rest.strip_prefix(b"- ") {
        rest = item.trim_ascii_start();
    }
    let has = |pair: &[u8]| rest.windows(pair.len()).any(|window| window == pair);
    if rest.starts_with(b"{{") || rest.starts_with(b"{%") {
        return rest.ends_with(b"}}") || rest.ends_with(b"%}") || has(b"}}:");
    }
    let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-./\"'".contains(byte);
    let key = rest.iter().take_while(|byte| is_key(byte)).count();
    key > 0 && rest[key..].starts_with(b": {{")
}

/// `|`, `>` and their forms `|-`, `>2+`.
fn is_block_header(word: &[u8]) -> bool {
    matches!(word, [b'|' | b'>', rest @ ..] if rest.len() <= 2 && rest.iter().all(|byte| b"+-123456789".contains(byte)))
}

/// Whether the file lies in the `templates` folder of a Helm chart.
fn is_in_chart(path: &Path) -> bool {
    path.ancestors()
        .filter(|folder| folder.ends_with("templates"))
        .filter_map(Path::parent)
        .any(|chart| chart.join("Chart.yaml").is_file())
}
