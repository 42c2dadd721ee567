//! What the joining of continued lines makes part of an instruction by mistake: another instruction, or commands behind a comment.

use crate::parse::dockerfile::keywords::{BLANKS, KEYWORDS};
use crate::parse::dockerfile::lines::Logical;
use crate::parse::dockerfile::{Instruction, Slip};

/// The continuation mark behind which another instruction begins.
pub(super) fn swallowed(line: &Logical, instruction: &Instruction) -> Option<Slip> {
    if line.joints.is_empty() {
        return None;
    }
    let text = &line.text.text;
    let mut quotes = Quotes::default();
    let mut read = 0;
    for (number, joint) in line.joints.iter().enumerate() {
        quotes.read(&text[read..joint.at]);
        read = joint.at;
        let end = line
            .joints
            .get(number + 1)
            .map_or(text.len(), |next| next.at);
        let before = text[..joint.at].trim_end();
        let goes_on = number + 1 < line.joints.len();
        let Some(keyword) = keyword(&text[joint.at..end], before, goes_on) else {
            continue;
        };
        let is_expected = match instruction.keyword.as_str() {
            // `HEALTHCHECK --interval=5s \` and its `CMD`; `ONBUILD \` and what it defers.
            "ONBUILD" => before.len() == "ONBUILD".len(),
            "HEALTHCHECK" => keyword == "CMD" && !before.contains(" CMD"),
            _ => before.len() == instruction.keyword.len(),
        };
        if !quotes.is_open() && !is_expected {
            return Some(Slip {
                span: joint.mark,
                text: keyword.to_owned(),
            });
        }
    }
    None
}

/// Keywords that nothing else begins with where a line is indented: no word of SQL, no argument of a program.
const UNMISTAKABLE: &[&str] = &["RUN", "COPY", "WORKDIR", "ENTRYPOINT", "EXPOSE"];

/// The keyword that a line begins with, if it is written as an instruction is: in capitals, with an argument behind it, and not indented, or where
/// what is before it could end there. The argument may be on the next line, if the line goes on there.
fn keyword<'l>(line: &'l str, before: &str, goes_on: bool) -> Option<&'l str> {
    let indented = line.trim_start();
    let is_indented = indented.len() < line.len();
    let is_open = before.ends_with(['&', '|', ';', '(', '{', ',', '=']);
    let line = indented;
    let end = line.find(BLANKS)?;
    let (word, rest) = line.split_at(end);
    let rest = rest.trim_start();
    let has_argument =
        (goes_on || !rest.is_empty()) && !rest.starts_with(['=', '|', '&', ';', ')']);
    let is_told = !is_indented || (!is_open && UNMISTAKABLE.contains(&word));
    (KEYWORDS.contains(&word) && has_argument && is_told).then_some(word)
}

/// The comment at the end of a continued line of a script: all lines behind it are part of it.
pub(super) fn swallowing_comment(line: &Logical, instruction: &Instruction) -> Option<Slip> {
    let last = line.joints.last()?;
    let is_script = matches!(instruction.keyword.as_str(), "RUN" | "CMD" | "ENTRYPOINT");
    let text = &line.text.text;
    if !is_script || instruction.is_exec || text.contains("<<") {
        return None;
    }
    let mut quotes = Quotes::default();
    let start = quotes.read(&text[..last.at])?;
    let end = line.joints.iter().find(|joint| joint.at > start)?.at;
    if text[end..].trim().is_empty() {
        return None;
    }
    let comment = text[start..end].trim_end();
    Some(Slip {
        span: line.text.span(start..start + comment.len()),
        text: comment.to_owned(),
    })
}

/// The quotes and substitutions that are open at a point of a script.
#[derive(Debug, Default)]
struct Quotes {
    open: Vec<char>,
    is_escaped: bool,
}

impl Quotes {
    /// Reads on; tells the byte of the first comment.
    fn read(&mut self, text: &str) -> Option<usize> {
        let mut before = ' ';
        let mut comment = None;
        for (offset, letter) in text.char_indices() {
            let last = std::mem::replace(&mut before, letter);
            if std::mem::take(&mut self.is_escaped) {
                continue;
            }
            match (letter, self.open.last()) {
                ('\'', Some('\'')) | ('"', Some('"')) | ('`', Some('`')) | (')', Some('(')) => {
                    self.open.pop();
                }
                (_, Some('\'')) => {}
                ('\\', _) => self.is_escaped = true,
                ('(', _) if last == '$' => self.open.push('('),
                ('(', Some('(')) => self.open.push('('),
                ('"' | '`', _) => self.open.push(letter),
                ('\'', Some('"')) => {}
                ('\'', _) => self.open.push(letter),
                ('#', None) if last.is_whitespace() || ";&|(".contains(last) => {
                    comment = comment.or(Some(offset));
                }
                _ => {}
            }
        }
        comment
    }

    fn is_open(&self) -> bool {
        !self.open.is_empty()
    }
}
