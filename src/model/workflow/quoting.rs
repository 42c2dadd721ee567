//! In which quotes of a script, for a shell or in JavaScript, a place is.

/// What a place in a script is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    None,
    Double,
    Single,
    /// A template literal of JavaScript.
    Template,
    /// A here-document.
    Here,
}

impl Quotes {
    /// The word of the column; none for a here-document.
    pub(super) fn named(self) -> Option<&'static str> {
        match self {
            Self::None => Some("none"),
            Self::Double => Some("double"),
            Self::Single => Some("single"),
            Self::Template => Some("template"),
            Self::Here => None,
        }
    }
}

/// A scan of a script from its beginning; places are asked in their order, so that the whole is read once.
pub(super) struct Scan<'s> {
    script: &'s str,
    is_javascript: bool,
    at: usize,
    quotes: Quotes,
    /// What ends the here-documents that are open, or begin after this line.
    ends: Vec<&'s str>,
}

impl<'s> Scan<'s> {
    /// A scan of a script for a shell.
    pub(super) fn new(script: &'s str) -> Self {
        Self {
            script,
            is_javascript: false,
            at: 0,
            quotes: Quotes::None,
            ends: Vec::new(),
        }
    }

    /// A scan of a script in JavaScript.
    pub(super) fn of_javascript(script: &'s str) -> Self {
        Self {
            is_javascript: true,
            ..Self::new(script)
        }
    }

    /// The quotes at a byte of the script.
    pub(super) fn at(&mut self, place: usize) -> Quotes {
        let bytes = self.script.as_bytes();
        while self.at < place.min(bytes.len()) {
            let byte = bytes[self.at];
            if self.is_javascript {
                self.javascript(byte);
                self.at += 1;
                continue;
            }
            match (self.quotes, byte) {
                (Quotes::Here, _) => self.here(),
                (Quotes::None | Quotes::Double, b'\\') => self.at += 1,
                (Quotes::None, b'\'') => self.quotes = Quotes::Single,
                (Quotes::None, b'"') => self.quotes = Quotes::Double,
                (Quotes::Single, b'\'') | (Quotes::Double, b'"') => self.quotes = Quotes::None,
                (Quotes::None, b'#') if self.begins_word() => {
                    let rest = &bytes[self.at..];
                    self.at += rest
                        .iter()
                        .position(|byte| *byte == b'\n')
                        .unwrap_or(rest.len());
                    continue;
                }
                (Quotes::None, b'<') if bytes[self.at..].starts_with(b"<<") => self.open(),
                (Quotes::None, b'\n') if !self.ends.is_empty() => self.quotes = Quotes::Here,
                _ => {}
            }
            self.at += 1;
        }
        self.quotes
    }

    /// Reads a byte of JavaScript.
    fn javascript(&mut self, byte: u8) {
        let rest = &self.script.as_bytes()[self.at..];
        match (self.quotes, byte) {
            (Quotes::None, b'/') if rest.starts_with(b"//") => {
                let end = rest.iter().position(|byte| *byte == b'\n');
                self.at += end.unwrap_or(rest.len()) - 1;
            }
            (Quotes::None, b'/') if rest.starts_with(b"/*") => {
                let end = rest.windows(2).position(|pair| pair == b"*/");
                self.at += end.unwrap_or(rest.len() - 1);
            }
            (Quotes::None, b'\'') => self.quotes = Quotes::Single,
            (Quotes::None, b'"') => self.quotes = Quotes::Double,
            (Quotes::None, b'`') => self.quotes = Quotes::Template,
            (Quotes::None, _) => {}
            (_, b'\\') => self.at += 1,
            (Quotes::Single, b'\'' | b'\n')
            | (Quotes::Double, b'"' | b'\n')
            | (Quotes::Template, b'`') => self.quotes = Quotes::None,
            _ => {}
        }
    }

    fn begins_word(&self) -> bool {
        self.at == 0 || self.script.as_bytes()[self.at - 1].is_ascii_whitespace()
    }

    /// Notes the word behind `<<`; `<<<` is no here-document.
    fn open(&mut self) {
        let rest = &self.script[self.at + 2..];
        if rest.starts_with('<') {
            self.at += 2;
            return;
        }
        let word = rest.trim_start_matches(['-', ' ', '\'', '"', '\\']);
        let is_of_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let end = word
            .find(|letter| !is_of_word(letter))
            .unwrap_or(word.len());
        if end > 0 && self.ends.len() < 8 {
            self.ends.push(&word[..end]);
        }
        // The quote that ends the word opens nothing.
        let quote = usize::from(word[end..].starts_with(['\'', '"']));
        self.at += 1 + (rest.len() - word.len()) + end + quote;
    }

    /// Goes to the end of a line of a here-document.
    fn here(&mut self) {
        let line = self.script[self.at..].lines().next().unwrap_or_default();
        if self.ends.first().is_some_and(|end| line.trim() == *end) {
            self.ends.remove(0);
            if self.ends.is_empty() {
                self.quotes = Quotes::None;
            }
        }
        self.at += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(script: &str) -> Quotes {
        let place = script.find('@').expect("a place");
        Scan::new(script).at(place)
    }

    #[test]
    fn quotes_comments_and_here_documents_are_told_apart() {
        assert_eq!(at("echo @"), Quotes::None);
        assert_eq!(at("echo \"a @\""), Quotes::Double);
        assert_eq!(at("echo 'a \" @'"), Quotes::Single);
        assert_eq!(at("echo \"it's\" @"), Quotes::None);
        assert_eq!(at("# don't\necho @"), Quotes::None);
        assert_eq!(at("echo \\' @"), Quotes::None);
        assert_eq!(at("cat <<'EOF'\nit's @\nEOF\n"), Quotes::Here);
        assert_eq!(at("cat <<-EOF\nit's\n\tEOF\necho @"), Quotes::None);
        assert_eq!(at("jq . <<< \"$x\" @"), Quotes::None);
    }

    #[test]
    fn strings_of_javascript_are_told_apart() {
        let at = |script: &str| Scan::of_javascript(script).at(script.find('@').expect("a place"));
        assert_eq!(at("const a = @;"), Quotes::None);
        assert_eq!(at("const a = '@';"), Quotes::Single);
        assert_eq!(at("const a = `x\ny @`;"), Quotes::Template);
        assert_eq!(at("// don't\nconst a = @"), Quotes::None);
        assert_eq!(at("/* don't */ const a = \"@\""), Quotes::Double);
        assert_eq!(at("f('it\\'s'); g(@)"), Quotes::None);
    }
}
