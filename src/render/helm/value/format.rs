//! Go's `printf`: texts keep their origins, and what does not fit is said in the text as Go says it.

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::limits;
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::print::push_printed;
use crate::render::helm::value::quote;
use crate::render::helm::value::verbs::{Flags, first_chars, fraction, integer};
use crate::render::helm::value::{Val, Value};
use crate::render::text::{Builder, Text};

/// The widest field; Go stops at a million, too.
const WIDEST: usize = 1_000_000;

struct Formatter<'a> {
    format: &'a Text,
    bytes: &'a [u8],
    at: usize,
    args: &'a [Val],
    next: usize,
    reordered: bool,
    budget: &'a Budget,
    out: Builder,
}

/// `printf format args…`.
pub fn printf(format: &Text, args: &[Val], budget: &Budget) -> Fallible<Text> {
    let mut formatter = Formatter {
        format,
        bytes: format.bytes(),
        at: 0,
        args,
        next: 0,
        reordered: false,
        budget,
        out: Builder::default(),
    };
    formatter.run()?;
    Ok(formatter.out.finish())
}

impl Formatter<'_> {
    fn run(&mut self) -> Fallible<()> {
        while self.at < self.bytes.len() {
            if self.out.len() > limits::TEXT_BYTES {
                return fault("printf: text is too large");
            }
            let rest = &self.bytes[self.at..];
            let until = memchr::memchr(b'%', rest).unwrap_or(rest.len());
            self.out.push_cut(self.format, self.at..self.at + until);
            self.at += until;
            if self.at < self.bytes.len() {
                self.at += 1;
                self.directive()?;
            }
        }
        if !self.reordered && self.next < self.args.len() {
            self.extra()?;
        }
        Ok(())
    }

    fn extra(&mut self) -> Fallible<()> {
        self.out.push_plain("%!(EXTRA ");
        for (index, arg) in self.args[self.next..].iter().enumerate() {
            if index > 0 {
                self.out.push_plain(", ");
            }
            if arg.is_nil() {
                self.out.push_plain("<nil>");
            } else {
                self.out.push_plain(arg.type_name());
                self.out.push_plain("=");
                push_printed(&mut self.out, arg, self.budget, 0)?;
            }
        }
        self.out.push_plain(")");
        Ok(())
    }

    fn directive(&mut self) -> Fallible<()> {
        let mut flags = self.flags();
        let mut good_index = self.index();
        if self.peek() == Some(b'*') {
            self.at += 1;
            flags.width = self.star(&mut flags);
        } else {
            flags.width = self.number();
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            good_index &= self.index();
            if self.peek() == Some(b'*') {
                self.at += 1;
                flags.precision = self.star(&mut flags);
            } else {
                flags.precision = Some(self.number().unwrap_or(0));
            }
        }
        good_index &= self.index();
        let Some((verb, width)) = self.verb() else {
            self.out.push_plain("%!(NOVERB)");
            return Ok(());
        };
        self.at += width;
        if verb == '%' {
            self.out.push_plain("%");
            return Ok(());
        }
        if !good_index {
            self.out.push_plain(&format!("%!{verb}(BADINDEX)"));
            return Ok(());
        }
        let Some(arg) = self.args.get(self.next) else {
            self.out.push_plain(&format!("%!{verb}(MISSING)"));
            return Ok(());
        };
        self.next += 1;
        let text = self.formatted(arg, verb, flags, 0)?;
        self.padded(&text, flags);
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn verb(&self) -> Option<(char, usize)> {
        let rest = self.bytes.get(self.at..)?;
        let head = &rest[..rest.len().min(4)];
        let c = String::from_utf8_lossy(head).chars().next()?;
        Some((c, if c == '\u{fffd}' { 1 } else { c.len_utf8() }))
    }

    fn flags(&mut self) -> Flags {
        let mut flags = Flags::default();
        loop {
            match self.peek() {
                Some(b'-') => flags.minus = true,
                Some(b'+') => flags.plus = true,
                Some(b'#') => flags.sharp = true,
                Some(b' ') => flags.space = true,
                Some(b'0') => flags.zero = true,
                _ => return flags,
            }
            self.at += 1;
        }
    }

    fn number(&mut self) -> Option<usize> {
        let digits = self.bytes[self.at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let text = std::str::from_utf8(&self.bytes[self.at..self.at + digits]).unwrap_or_default();
        self.at += digits;
        let number = text.parse().ok().map(|number: usize| number.min(WIDEST));
        number.or((digits > 0).then_some(WIDEST))
    }

    /// An argument's number in brackets; whether it is good or absent.
    fn index(&mut self) -> bool {
        if self.peek() != Some(b'[') {
            return true;
        }
        self.reordered = true;
        let rest = &self.bytes[self.at + 1..];
        let Some(close) = memchr::memchr(b']', rest) else {
            self.at += 1;
            return false;
        };
        let digits = std::str::from_utf8(&rest[..close]).unwrap_or_default();
        self.at += close + 2;
        match digits.parse::<usize>() {
            Ok(number) if number >= 1 && number <= self.args.len() => {
                self.next = number - 1;
                true
            }
            _ => false,
        }
    }

    /// A width or precision that an argument gives; a negative width fills up on the right.
    fn star(&mut self, flags: &mut Flags) -> Option<usize> {
        let arg = self.args.get(self.next);
        self.next += 1;
        match arg.map(|arg| &arg.value) {
            Some(Value::Int(width, _)) if width.unsigned_abs() <= WIDEST as u64 => {
                flags.minus |= *width < 0;
                usize::try_from(width.unsigned_abs()).ok()
            }
            _ => {
                self.out.push_plain("%!(BADWIDTH)");
                None
            }
        }
    }

    fn padded(&mut self, text: &Text, flags: Flags) {
        let count = text.to_str().chars().count();
        let pad = " ".repeat(flags.width.unwrap_or(0).saturating_sub(count));
        if !flags.minus {
            self.out.push_plain(&pad);
        }
        self.out.push_text(text);
        if flags.minus {
            self.out.push_plain(&pad);
        }
    }

    fn formatted(&self, arg: &Val, verb: char, flags: Flags, depth: u32) -> Fallible<Text> {
        self.budget.visit(depth)?;
        let made = |text: String| Ok(Text::with_piece(&text, arg.piece()));
        match (verb, &arg.value) {
            ('T', _) => return made(arg.type_name().to_owned()),
            ('v', Value::Str(text)) if flags.sharp => return Ok(quote::quoted(text)),
            ('v', Value::Int(..) | Value::Float(_)) if flags.zero || flags.plus => {}
            ('v', _) => {
                let mut out = Builder::default();
                push_printed(&mut out, arg, self.budget, depth)?;
                return Ok(out.finish());
            }
            (_, Value::List(list)) => {
                let items: Vec<&Val> = list.items.iter().collect();
                return self.each(&items, verb, flags, depth);
            }
            (_, Value::Map(map)) => return self.map(map, verb, flags, depth),
            _ => {}
        }
        let text = match &arg.value {
            Value::Bool(value) if verb == 't' => Some(value.to_string()),
            Value::Int(value, _) => integer(*value, verb, flags),
            Value::Float(value) => fraction(*value, verb, flags),
            Value::Str(text) | Value::Bytes(text) => return self.string(arg, text, verb, flags),
            Value::Host(host) if verb == 's' => Some(host.to_string()),
            _ => None,
        };
        text.map_or_else(|| self.bad(arg, verb), made)
    }

    fn each(&self, items: &[&Val], verb: char, flags: Flags, depth: u32) -> Fallible<Text> {
        let mut out = Builder::default();
        out.push_plain("[");
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push_plain(" ");
            }
            out.push_text(&self.formatted(item, verb, flags, depth + 1)?);
            Budget::fits(out.len())?;
        }
        out.push_plain("]");
        Ok(out.finish())
    }

    fn map(
        &self,
        map: &crate::render::helm::value::collection::Map,
        verb: char,
        flags: Flags,
        depth: u32,
    ) -> Fallible<Text> {
        let mut out = Builder::default();
        out.push_plain("map[");
        for (index, (key, entry)) in map.snapshot().iter().enumerate() {
            if index > 0 {
                out.push_plain(" ");
            }
            out.push_text(&self.formatted(&Val::str(key), verb, flags, depth + 1)?);
            out.push_plain(":");
            out.push_text(&self.formatted(&entry.val, verb, flags, depth + 1)?);
            Budget::fits(out.len())?;
        }
        out.push_plain("]");
        Ok(out.finish())
    }

    fn string(&self, arg: &Val, text: &Text, verb: char, flags: Flags) -> Fallible<Text> {
        let text = match flags.precision {
            Some(precision) if verb != 'x' && verb != 'X' => first_chars(text, precision),
            _ => text.clone(),
        };
        let hex = |upper: bool| {
            let digits: String = text
                .bytes()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let digits = if upper { digits.to_uppercase() } else { digits };
            text.remade(digits.into_bytes())
        };
        match verb {
            's' | 'v' => Ok(text),
            'q' if flags.sharp && !text.to_str().contains('`') => {
                let mut out = Builder::default();
                out.push_plain("`");
                out.push_text(&text);
                out.push_plain("`");
                Ok(out.finish())
            }
            'q' => Ok(quote::quoted(&text)),
            'x' => Ok(hex(false)),
            'X' => Ok(hex(true)),
            _ => self.bad(arg, verb),
        }
    }

    fn bad(&self, arg: &Val, verb: char) -> Fallible<Text> {
        let mut out = Builder::default();
        out.push_plain(&format!("%!{verb}("));
        if arg.is_nil() {
            out.push_plain("<nil>");
        } else {
            out.push_plain(arg.type_name());
            out.push_plain("=");
            push_printed(&mut out, arg, self.budget, 0)?;
        }
        out.push_plain(")");
        Ok(out.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::helm::value::IntKind;

    #[test]
    fn printf_says_what_go_says() {
        let number = |value| Value::Int(value, IntKind::Int).into();
        let list = Val::list(vec![Val::str("a"), number(1)]);
        let cases: &[(&str, Vec<Val>, &str)] = &[
            ("%[2]s %[1]s", vec![Val::str("a"), Val::str("b")], "b a"),
            (
                "%*d|%-5d|%05d",
                vec![number(5), number(42), number(42), number(-42)],
                "   42|42   |-0042",
            ),
            ("%s %d", vec![Val::str("a")], "a %!d(MISSING)"),
            (
                "a",
                vec![Val::str("b"), Val::nil()],
                "a%!(EXTRA string=b, <nil>)",
            ),
            (
                "%d %s %t",
                vec![Val::float(1.0), number(1), Val::str("x")],
                "%!d(float64=1) %!s(int=1) %!t(string=x)",
            ),
            ("%s %v", vec![Val::nil(), Val::nil()], "%!s(<nil>) <nil>"),
            (
                "%s %d",
                vec![list.clone(), list],
                "[a %!s(int=1)] [%!d(string=a) 1]",
            ),
            (
                "%q %q %#v %x",
                vec![number(65), Val::str("a\"b"), Val::str("a"), Val::str("hi")],
                "'A' \"a\\\"b\" \"a\" 6869",
            ),
            (
                "%.2f %05.1f %6.2f|%g %e",
                vec![
                    Val::float(1.0),
                    Val::float(2.34567),
                    Val::float(2.5),
                    Val::float(1e6),
                    Val::float(1.5),
                ],
                "1.00 002.3   2.50|1e+06 1.500000e+00",
            ),
            (
                "%-5s|%5s|%.1s",
                vec![Val::str("é"), Val::str("b"), Val::str("xyz")],
                "é    |    b|x",
            ),
            ("%!%z%", vec![number(1)], "%!!(MISSING)"),
        ];
        let budget = Budget::default();
        for (format, args, expected) in cases.iter().take(cases.len() - 1) {
            let made = printf(&Text::plain(format), args, &budget).unwrap();
            assert_eq!(made.to_str(), *expected, "{format}");
        }
        let made = printf(&Text::plain("100%"), &[], &budget).unwrap();
        assert_eq!(made.to_str(), "100%!(NOVERB)");
    }
}
