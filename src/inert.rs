//! Text on its way out of the program: what could steer a terminal, or be a command to the runner of a job, becomes a visible sign.

use std::borrow::Cow;
use std::io::{self, Write};

/// How many characters of a message are shown at most.
const LONGEST: usize = 2_000;

/// The same text with every character that steers a terminal replaced by one visible character; tabs stay.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| visible(c) != c) {
        Cow::Owned(text.chars().map(visible).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// A text of several lines, each of them as [`clean`] shows it.
pub fn clean_lines(text: &str) -> String {
    let lines: Vec<Cow<'_, str>> = text.lines().map(clean).collect();
    lines.join("\n")
}

/// One line of a person's log: as [`clean`] shows it, cut if it is very long, and without what is a command to a runner anywhere in a line.
pub fn line(text: &str) -> String {
    let cut = clipped(text, LONGEST);
    let mut mark = Mark::None;
    let shown = clean(&cut);
    let signs = shown.chars().map(|c| {
        let is_bracket = c == '[' && mark.is_open();
        mark = mark.then(c);
        if is_bracket { '\u{FF3B}' } else { c }
    });
    signs.collect()
}

/// The beginning of a text of more than `most` characters, and a mark that it goes on.
pub fn clipped(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// How a character is shown. Control characters have pictures of their own; those that Unicode gives no shape, because they format,
/// turn the reading direction or hide (as in "Trojan Source" attacks), have none. U+FE0F stays: it makes an emoji of the sign before it.
pub fn visible(c: char) -> char {
    match c {
        '\t' => c,
        ' '..='~' => c,
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        '\u{FE0F}' => c,
        _ if is_invisible(c) => '\u{FFFD}',
        _ => c,
    }
}

/// Whether a character is a control, of general category Cf, a line or paragraph separator, or has the property `Default_Ignorable_Code_Point`.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9F}'
        | '\u{AD}'
        | '\u{34F}'
        | '\u{600}'..='\u{605}'
        | '\u{61C}'
        | '\u{6DD}'
        | '\u{70F}'
        | '\u{890}'..='\u{891}'
        | '\u{8E2}'
        | '\u{115F}'..='\u{1160}'
        | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{110BD}'
        | '\u{110CD}'
        | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// What a stream of text is, and so how a character is made harmless in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Lines for a person. Escape sequences stay if the program colors its text; what comes of files has lost its own by [`clean`].
    Lines {
        /// Whether the program's own escape sequences are among them.
        has_escapes: bool,
    },
    /// Workflow commands of GitHub, one a line, which the program writes on purpose.
    Commands,
    /// Logging commands of Azure Pipelines, likewise.
    Azure,
    /// XML, in which a character of a text may be written by its number.
    Xml,
    /// JSON, in which a character of a text may be written by its number.
    Json,
}

/// Passes text on with everything in it harmless. All that the program writes of files passes through here, whatever wrote it.
#[derive(Debug)]
pub struct Inert<W: Write> {
    out: W,
    medium: Medium,
    /// The bytes of a character whose others are still to come.
    held: Vec<u8>,
    /// What came last of a command that may be anywhere in a line.
    mark: Mark,
    /// How many characters of the line came before.
    column: usize,
    begin: Begin,
    /// Whether an escape sequence has begun and not ended.
    is_escape: bool,
}

/// The beginning of `##[` of GitHub's runner, `##vso[` of Azure's, `##teamcity[`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    None,
    /// `#`
    Hash,
    /// `##`
    Hashes,
    /// `##` and letters
    Word,
}

impl Mark {
    fn then(self, c: char) -> Self {
        match (self, c) {
            (Self::None | Self::Word, '#') => Self::Hash,
            (Self::Hash | Self::Hashes, '#') => Self::Hashes,
            (Self::Hashes | Self::Word, c) if c.is_ascii_alphabetic() => Self::Word,
            _ => Self::None,
        }
    }

    /// The same after a text in which there is no `#`.
    fn after(self, text: &str) -> Self {
        if text.is_empty() {
            self
        } else if text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            self.then('a')
        } else {
            Self::None
        }
    }

    /// Whether a bracket makes a command of it.
    fn is_open(self) -> bool {
        matches!(self, Self::Hashes | Self::Word)
    }
}

/// Where the bracket of a command is that the program writes for Azure: `##vso[`.
const OWN: usize = 5;

/// What came of a line so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begin {
    /// Blanks at most.
    Blank,
    /// Blanks and a colon: with another one it is a workflow command.
    Colon,
    /// Something else.
    Text,
}

impl<W: Write> Inert<W> {
    /// A writer in front of `out`.
    pub fn new(out: W, medium: Medium) -> Self {
        Self {
            out,
            medium,
            held: Vec::new(),
            mark: Mark::None,
            column: 0,
            begin: Begin::Blank,
            is_escape: false,
        }
    }

    /// What it writes to.
    pub fn into_inner(self) -> W {
        self.out
    }

    fn pass(&mut self, text: &str) -> io::Result<()> {
        let mut shown = String::with_capacity(text.len() + 16);
        let mut text = text;
        if self.medium == Medium::Json {
            // Most of a long report is what needs no look at each character.
            let is_plain =
                |byte: u8| matches!(byte, b' '..=b'~' | b'\n') && !matches!(byte, b'#' | b'[');
            while let Some(end) = text.bytes().position(|byte| !is_plain(byte)) {
                let (plain, rest) = text.split_at(end);
                let next = rest.chars().next().map_or(0, char::len_utf8);
                shown.push_str(plain);
                self.mark = self.mark.after(plain);
                self.each(&rest[..next], &mut shown);
                text = &rest[next..];
            }
            self.mark = self.mark.after(text);
            shown.push_str(text);
        } else {
            self.each(text, &mut shown);
        }
        self.out.write_all(shown.as_bytes())
    }

    fn each(&mut self, text: &str, shown: &mut String) {
        for c in text.chars() {
            let is_own = self.medium == Medium::Azure && self.column == OWN;
            let is_bracket = c == '[' && self.mark.is_open() && !is_own;
            let is_command = c == ':' && self.begin == Begin::Colon;
            match self.medium {
                Medium::Json if is_bracket || visible(c) != c => escape(c, shown),
                Medium::Json => shown.push(c),
                Medium::Xml if is_bracket || is_command => {
                    shown.push_str(&format!("&#{};", u32::from(c)));
                }
                _ if is_bracket => shown.push('\u{FF3B}'),
                Medium::Lines { .. } | Medium::Azure if is_command => shown.push('\u{FF1A}'),
                Medium::Lines { has_escapes: true } if c == '\u{1B}' => shown.push(c),
                _ if c == '\n' => shown.push(c),
                _ => shown.push(visible(c)),
            }
            self.mark = self.mark.then(c);
            self.column = if c == '\n' { 0 } else { self.column + 1 };
            self.follow(c);
        }
    }

    /// Notes what a character is to its line; an escape sequence is nothing.
    fn follow(&mut self, c: char) {
        if self.is_escape {
            self.is_escape = !c.is_ascii_alphabetic() && c != '\\' && c != '\n';
        } else if c == '\u{1B}' {
            self.is_escape = true;
        } else {
            self.begin = match (self.begin, c) {
                (_, '\n') => Begin::Blank,
                (Begin::Blank, ':') => Begin::Colon,
                (Begin::Blank, c) if c.is_whitespace() => Begin::Blank,
                _ => Begin::Text,
            };
        }
    }
}

impl<W: Write> Write for Inert<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.held);
        all.extend_from_slice(bytes);
        let mut chunks = all.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.pass(chunk.valid())?;
            let rest = chunk.invalid();
            let may_go_on = chunks.peek().is_none() && is_beginning(rest);
            if may_go_on {
                self.held = rest.to_vec();
            } else if !rest.is_empty() {
                self.pass("\u{FFFD}")?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Whether bytes may be the beginning of a character.
fn is_beginning(bytes: &[u8]) -> bool {
    let length = match bytes.first() {
        Some(0xC2..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..=0xF4) => 4,
        _ => 0,
    };
    bytes.len() < length
}

/// Adds a character of a JSON text by its number. Line ends and tabs are between texts there, and stay.
fn escape(c: char, shown: &mut String) {
    if c == '\n' {
        shown.push(c);
        return;
    }
    let mut units = [0; 2];
    for unit in c.encode_utf16(&mut units) {
        shown.push_str(&format!("\\u{unit:04x}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text becomes if it is written in pieces of that many bytes.
    fn passed(text: &str, medium: Medium, size: usize) -> String {
        let mut out = Vec::new();
        let mut inert = Inert::new(&mut out, medium);
        for piece in text.as_bytes().chunks(size) {
            inert.write_all(piece).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn escape_sequences_and_direction_marks_are_shown() {
        assert_eq!(clean("a\u{1B}[31m\tb"), "a\u{241B}[31m\tb");
        assert_eq!(clean("x\u{202E}y\0"), "x\u{FFFD}y\u{2400}");
        assert_eq!(
            clean("\u{61C}\u{180E}\u{AD}\u{E0041}"),
            "\u{FFFD}".repeat(4)
        );
        assert_eq!(clean_lines("a\nb\u{202E}"), "a\nb\u{FFFD}");
        assert!(matches!(clean("plain ä \u{1F600}"), Cow::Borrowed(_)));
        assert_eq!(line("a\n::b::##[c]"), "a\u{240A}::b::##\u{FF3B}c]");
        assert_eq!(clipped("äöü", 2), "äö…");
    }

    #[test]
    fn nothing_is_a_command_in_whatever_pieces_it_is_written() {
        let plain = Medium::Lines { has_escapes: false };
        let colored = Medium::Lines { has_escapes: true };
        for size in 1..8 {
            assert_eq!(
                passed("a ::b\n  ::c\n##[d]\n\u{61C}\u{1B}[1m", plain, size),
                "a ::b\n  :\u{FF1A}c\n##\u{FF3B}d]\n\u{FFFD}\u{241B}[1m"
            );
            assert_eq!(
                passed("\u{1B}[0m ::c", colored, size),
                "\u{1B}[0m :\u{FF1A}c"
            );
            assert_eq!(passed("::e::%0A\n", Medium::Commands, size), "::e::%0A\n");
            assert_eq!(
                passed(
                    "##vso[t]##vso[x]\n ##vso[y]##teamcity[z]",
                    Medium::Azure,
                    size
                ),
                "##vso[t]##vso\u{FF3B}x]\n ##vso\u{FF3B}y]##teamcity\u{FF3B}z]"
            );
            assert_eq!(
                passed("<a>\n::x ##vso[y]\u{202E}\r</a>", Medium::Xml, size),
                "<a>\n:&#58;x ##vso&#91;y]\u{FFFD}\u{240D}</a>"
            );
            assert_eq!(passed("##1[a] ##a1[", plain, size), "##1[a] ##a1[");
            let json = serde_json::json!({"a": "##[b]##vso[c]::\u{202E}\u{E0041}\u{7F}é😀"});
            let shown = passed(&json.to_string(), Medium::Json, size);
            assert!(
                !shown.contains("##[") && !shown.contains("##vso[") && !shown.contains('\u{202E}'),
                "{shown}"
            );
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&shown).unwrap(),
                json
            );
        }
    }
}
