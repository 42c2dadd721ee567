//! Templates: the texts of METADATA in which `{name}` stands for a value of a finding.
//!
//! A placeholder is an identifier in braces, nothing else: `${{ secrets.NAME }}`, `{0}`, `{}` and `${name:-}` are text. In
//! `${name}` the dollar sign is text and `{name}` a placeholder if findings have that name; if not, it is the shell's own
//! notation and text. `\{name}` is the text `{name}`.

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// What is shown as it is.
    Text(&'t str),
    /// What a value of the finding replaces.
    Placeholder {
        /// The name of the value.
        name: &'t str,
        /// Whether a dollar sign precedes it, so that it may be the shell's notation.
        follows_dollar: bool,
    },
}

/// The pieces of a template, in order.
pub fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    Parts {
        rest: template,
        follows_dollar: false,
    }
}

/// Whether a template shows the same text for every finding.
pub fn is_constant(template: &str) -> bool {
    !template.contains("\\{") && parts(template).all(|part| matches!(part, Part::Text(_)))
}

struct Parts<'t> {
    rest: &'t str,
    follows_dollar: bool,
}

impl<'t> Iterator for Parts<'t> {
    type Item = Part<'t>;

    fn next(&mut self) -> Option<Part<'t>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some((name, rest)) = placeholder(self.rest) {
            self.rest = rest;
            let follows_dollar = std::mem::take(&mut self.follows_dollar);
            return Some(Part::Placeholder {
                name,
                follows_dollar,
            });
        }
        // An escaped brace begins a text, and no placeholder.
        let escaped = self.rest.strip_prefix('\\');
        if let Some(rest) = escaped.filter(|rest| rest.starts_with('{')) {
            self.rest = rest;
        }
        let start = usize::from(self.rest.starts_with('{'));
        let ends = |at: &usize| {
            let rest = &self.rest[*at..];
            rest.starts_with("\\{") || placeholder(rest).is_some()
        };
        let mut stops = self.rest.match_indices(['{', '\\']).map(|(at, _)| at);
        let end = stops.find(|at| *at >= start && ends(at));
        let (text, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        self.follows_dollar = text.ends_with('$');
        Some(Part::Text(text))
    }
}

/// The name of the placeholder with which a text begins, and what follows it.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix('{')?.split_once('}')?;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_name = name.bytes().all(is_part) && !name.starts_with(|c: char| c.is_ascii_digit());
    (is_name && !name.is_empty()).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The template with `<name>` for each placeholder.
    fn marked(template: &str) -> String {
        let parts = parts(template).map(|part| match part {
            Part::Text(text) => text.to_owned(),
            Part::Placeholder {
                name,
                follows_dollar,
            } => format!("<{name}{}>", if follows_dollar { "?" } else { "" }),
        });
        parts.collect()
    }

    #[test]
    fn identifiers_in_braces_are_placeholders() {
        for (template, expected) in [
            ("", ""),
            ("{a}", "<a>"),
            ("`{a}{b_2}` c", "`<a><b_2>` c"),
            ("${a}={a}$", "$<a?>=<a>$"),
            ("${{a}}", "${<a>}"),
        ] {
            assert_eq!(marked(template), expected);
            assert_eq!(is_constant(template), expected == template);
        }
    }

    #[test]
    fn other_braces_are_text() {
        for template in [
            "${{ secrets.NAME }}",
            "permissions: {}",
            "a {0} b {10..15}",
            "${name:-} ${name[0]} ${name+x}",
            "{ a }",
            "{a",
            "a } {",
            "\\n \\",
        ] {
            assert_eq!(marked(template), template);
            assert!(is_constant(template), "{template}");
        }
    }

    #[test]
    fn an_escaped_brace_is_text() {
        assert_eq!(marked("\\{a} {b}"), "{a} <b>");
        assert_eq!(marked("x\\{a}\\{b}"), "x{a}{b}");
        assert!(!is_constant("\\{a}"));
    }
}
