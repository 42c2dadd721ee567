//! Placeholders that a build replaces before a file is YAML: `%NAME%`, `@name@`, and `__NAME__` on a line of its own.

use memchr::{memchr2_iter, memmem};

/// Whether a file may hold one: a cheap test that passes most files over.
pub(super) fn may_occur(bytes: &[u8]) -> bool {
    let begins_word = |at: usize| at == 0 || bytes[at - 1].is_ascii_whitespace();
    let is_of_name = |at: usize| bytes.get(at).copied().is_some_and(is_of_name);
    let mut marks = memchr2_iter(b'%', b'@', bytes);
    marks.any(|at| begins_word(at) && is_of_name(at + 1))
        || memmem::find_iter(bytes, b"__").any(|at| begins_word(at) && is_of_name(at + 2))
}

/// Whether a placeholder in a line outside block scalars makes it no YAML: one where a plain scalar would begin, which cannot begin so, or
/// one that is all there is where a mapping goes on, as `follows_mapping` says. Elsewhere a placeholder is a value like others.
pub(super) fn breaks(line: &[u8], follows_mapping: bool) -> bool {
    if follows_mapping && is_whole(line, b"__") {
        return true;
    }
    let mut rest = line;
    while let Some(item) = rest.strip_prefix(b"- ") {
        rest = item.trim_ascii_start();
    }
    let value = memmem::find(rest, b": ").map(|at| rest[at + 2..].trim_ascii_start());
    [Some(rest), value]
        .into_iter()
        .flatten()
        .any(|scalar| begins(scalar, b"%") || begins(scalar, b"@"))
}

/// Whether a scalar begins with a name between marks.
fn begins(scalar: &[u8], mark: &[u8]) -> bool {
    let Some(rest) = scalar.strip_prefix(mark) else {
        return false;
    };
    let name = rest.iter().take_while(|byte| is_of_name(**byte)).count();
    name > 0 && rest[name..].starts_with(mark)
}

/// Whether a line is a name between marks.
fn is_whole(line: &[u8], mark: &[u8]) -> bool {
    let name = line.strip_prefix(mark);
    let name = name.and_then(|rest| rest.strip_suffix(mark));
    name.is_some_and(|name| !name.is_empty() && name.iter().all(|byte| is_of_name(*byte)))
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)
}
