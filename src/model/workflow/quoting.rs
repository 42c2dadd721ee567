//! In which quotes of a script, for a shell or in JavaScript, a place is.

/// What a place in a script is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    None,
    Double,
    Single,
    /// A template literal of JavaScript.
    Template,
    /// A here-document that the shell expands.
    Here,
    /// A here-document with a quoted delimiter.
    RawHere,
}

impl Quotes {
    /// The word of the column.
    pub(super) fn named(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Double => "double",
            Self::Single => "single",
            Self::Template => "template",
            Self::Here => "here",
            Self::RawHere => "raw-here",
        }
    }
}

/// How deep quotes and substitutions are followed into each other.
const DEPTH: usize = 64;

/// A scan of a script from its beginning; places are asked in their order, so that the whole is read once.
pub(super) struct Scan<'s> {
    script: &'s str,
    is_javascript: bool,
    at: usize,
    /// What the place is in by itself.
    quotes: Quotes,
    /// The double quotes and the parentheses of substitutions around it, which take turns: `"$(f "$x")"`.
    around: Vec<Around>,
    /// What ends the here-documents that are open, or begin after this line, and whether it is quoted.
    ends: Vec<(&'s str, bool)>,
    /// Up to which byte there is no `}}`, and no `))`: a line may open as many of them as it has bytes.
    closed_from: [usize; 2],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Double,
    Parenthesis,
}

impl<'s> Scan<'s> {
    /// A scan of a script for a shell.
    pub(super) fn new(script: &'s str) -> Self {
        Self {
            script,
            is_javascript: false,
            at: 0,
            quotes: Quotes::None,
            around: Vec::new(),
            ends: Vec::new(),
            closed_from: [0; 2],
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
            } else if matches!(self.quotes, Quotes::Here | Quotes::RawHere) {
                self.here();
            } else {
                self.shell(byte);
            }
            self.at += 1;
        }
        if self.quotes == Quotes::None && self.is_in_double() {
            Quotes::Double
        } else {
            self.quotes
        }
    }

    fn is_in_double(&self) -> bool {
        self.around.last() == Some(&Around::Double)
    }

    /// Reads a byte of a shell's script.
    fn shell(&mut self, byte: u8) {
        let rest = &self.script.as_bytes()[self.at..];
        let is_in_double = self.is_in_double();
        match byte {
            b'\'' if self.quotes == Quotes::Single => self.quotes = Quotes::None,
            _ if self.quotes == Quotes::Single => {}
            b'\\' => self.at += 1,
            b'$' if rest.starts_with(b"${{") => self.skip(b'}'),
            b'$' if rest.starts_with(b"$((") => self.skip(b')'),
            b'$' if rest.starts_with(b"$(") => {
                self.enter(Around::Parenthesis);
                self.at += 1;
            }
            b'"' if is_in_double => {
                self.around.pop();
            }
            b'"' => self.enter(Around::Double),
            _ if is_in_double => {}
            b'\'' => self.quotes = Quotes::Single,
            b'(' if !self.around.is_empty() => self.enter(Around::Parenthesis),
            b')' => {
                self.around.pop();
            }
            b'#' if self.begins_word() => {
                let end = rest.iter().position(|byte| *byte == b'\n');
                self.at += end.unwrap_or(rest.len()) - 1;
            }
            b'<' if rest.starts_with(b"<<") => self.open(),
            b'\n' => self.begin_here(),
            _ => {}
        }
    }

    fn enter(&mut self, around: Around) {
        if self.around.len() < DEPTH {
            self.around.push(around);
        }
    }

    /// Goes to the last byte of what ends with this byte, twice, on this line.
    fn skip(&mut self, end: u8) {
        let closed_from = &mut self.closed_from[usize::from(end == b')')];
        if self.at < *closed_from {
            self.at += 1;
            return;
        }
        let rest = &self.script.as_bytes()[self.at..];
        let mut pairs = rest.windows(2);
        let stop = pairs.position(|pair| pair[0] == b'\n' || pair == [end, end]);
        if let Some(stop) = stop.filter(|stop| rest[*stop] == end) {
            self.at += stop + 1;
        } else {
            *closed_from = self.at + stop.unwrap_or(rest.len());
            self.at += 1;
        }
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

    /// Notes the word behind `<<`; `<<<` is no here-document, and a number is shifted.
    fn open(&mut self) {
        let rest = &self.script[self.at + 2..];
        if rest.starts_with('<') {
            self.at += 2;
            return;
        }
        let word = rest.trim_start_matches(['-', '~', ' ', '\t', '\\']);
        let is_escaped = rest[..rest.len() - word.len()].contains('\\');
        let quote = word.chars().next().filter(|first| "'\"".contains(*first));
        let (word, end) = match quote {
            Some(quote) => (&word[1..], word[1..].find(quote)),
            None => (
                word,
                word.find(|letter: char| letter.is_whitespace() || ";&|<>()'\"".contains(letter)),
            ),
        };
        let end = end.unwrap_or(word.len());
        let name = &word[..end];
        let is_word = quote.is_some()
            || name
                .starts_with(|first: char| first.is_ascii_alphabetic() || "_!-.".contains(first));
        if !name.is_empty() && !name.contains('\n') && is_word && self.ends.len() < 8 {
            self.ends.push((name, is_escaped || quote.is_some()));
        }
        // The quote that ends the word opens nothing.
        self.at += 1 + (rest.len() - word.len()) + end + usize::from(quote.is_some());
    }

    /// At the end of a line the first here-document of it begins.
    fn begin_here(&mut self) {
        self.quotes = match self.ends.first() {
            Some((_, true)) => Quotes::RawHere,
            Some((_, false)) => Quotes::Here,
            None => Quotes::None,
        };
    }

    /// Goes to the end of a line of a here-document.
    fn here(&mut self) {
        let line = self.script[self.at..].lines().next().unwrap_or_default();
        if self
            .ends
            .first()
            .is_some_and(|(end, _)| line.trim() == *end)
        {
            self.ends.remove(0);
            self.begin_here();
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
        assert_eq!(at("cat <<'EOF'\nit's @\nEOF\n"), Quotes::RawHere);
        assert_eq!(at("cat <<\\END > x\n@\n"), Quotes::RawHere);
        assert_eq!(at("cat <<-EOF | jq .\nit's \"@\"\nEOF\n"), Quotes::Here);
        assert_eq!(at("f <<A <<'B'\na\nA\n@\nB\n"), Quotes::RawHere);
        assert_eq!(at("echo $((1 << x))\necho '@'"), Quotes::Single);
        assert_eq!(at("x=\"$(f \"@\")\""), Quotes::Double);
        assert_eq!(at("x=\"$(f \"a\" @)\""), Quotes::None);
        assert_eq!(at("x=\"$(f '@')\""), Quotes::Single);
        assert_eq!(at("x=\"${{ a('b', 'c') }}\" '@'"), Quotes::Single);
        assert_eq!(at("cat <<-EOF\nit's\n\tEOF\necho @"), Quotes::None);
        assert_eq!(at("jq . <<< \"$x\" @"), Quotes::None);
        assert_eq!(at("echo $((1 + $((2 '\n'@'"), Quotes::None);
        assert_eq!(at("echo $((1\necho $((2)) '@'"), Quotes::Single);
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
