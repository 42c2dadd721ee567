//! The words of a pipeline: operands, fields, declarations.

use std::rc::Rc;

use crate::render::helm::fault::Fallible;
use crate::render::helm::template::lexer::{Kind, Token};
use crate::render::helm::template::literal;
use crate::render::helm::template::parser::Parser;
use crate::render::helm::template::tree::{Command, Number, Word, WordKind};

impl Parser<'_> {
    /// `$x :=`, `$x =` and, in `range`, `$k, $v :=` before the commands.
    pub(super) fn declarations(&mut self, context: &str) -> Fallible<(Vec<Rc<str>>, bool)> {
        let mut variables: Vec<Rc<str>> = Vec::new();
        loop {
            self.skip_space();
            let before = self.position();
            let Some(token) = self.peek().filter(|token| token.kind == Kind::Variable) else {
                return Ok((variables, false));
            };
            let name: Rc<str> = Rc::from(self.of(token));
            self.next();
            self.skip_space();
            let next = self.peek();
            match next.map(|token| (token.kind, self.of(token))) {
                Some((kind @ (Kind::Assign | Kind::Declare), _)) => {
                    self.next();
                    variables.push(name.clone());
                    let assigns = kind == Kind::Assign;
                    if !assigns {
                        self.variables.extend(variables.iter().cloned());
                    }
                    return Ok((variables, assigns));
                }
                Some((Kind::Char, ",")) => {
                    self.next();
                    variables.push(name);
                    if context != "range" || variables.len() > 1 {
                        return self.fail_before(format!("too many declarations in {context}"));
                    }
                    self.skip_space();
                    let is_variable = self.peek().is_some_and(|token| {
                        matches!(token.kind, Kind::Variable | Kind::Close | Kind::RightParen)
                    });
                    if !is_variable {
                        return self.fail("range can only initialize variables");
                    }
                }
                _ => {
                    self.back(before);
                    return Ok((variables, false));
                }
            }
        }
    }

    /// Operands up to a pipe, which is passed, or the end of the pipeline.
    pub(super) fn command(&mut self, context: &str) -> Fallible<Command> {
        let mut words = Vec::new();
        self.skip_space();
        let first = self.peek();
        loop {
            self.skip_space();
            if let Some(word) = self.operand()? {
                words.push(word);
            }
            let place = first
                .map(|first| self.place_from(first))
                .unwrap_or_default();
            match self.peek().map(|token| token.kind) {
                Some(Kind::Space) => {}
                Some(kind @ (Kind::Close | Kind::RightParen | Kind::Pipe)) => {
                    if kind == Kind::Pipe {
                        self.next();
                    }
                    if words.is_empty() {
                        return self.fail_before("empty command");
                    }
                    return Ok(Command { words, place });
                }
                Some(_) => {
                    return self.unexpected(if words.is_empty() { context } else { "operand" });
                }
                None => return self.fail("unclosed action"),
            }
        }
    }

    fn unexpected<T>(&self, context: &str) -> Fallible<T> {
        let shown = self.peek().map_or("EOF", |token| self.of(token));
        self.fail(format!("unexpected {shown:?} in {context}"))
    }

    /// A term and the fields after it.
    fn operand(&mut self) -> Fallible<Option<Word>> {
        let Some(first) = self.peek() else {
            return Ok(None);
        };
        let Some(kind) = self.term()? else {
            return Ok(None);
        };
        let mut word = Word {
            kind,
            place: self.place_from(first),
        };
        let mut fields: Vec<Rc<str>> = Vec::new();
        while let Some(token) = self.peek().filter(|token| token.kind == Kind::Field) {
            fields.push(Rc::from(&self.of(token)[1..]));
            self.next();
        }
        if fields.is_empty() {
            return Ok(Some(word));
        }
        word.kind = match word.kind {
            WordKind::Field(mut path) => {
                path.append(&mut fields);
                WordKind::Field(path)
            }
            WordKind::Variable(name, mut path) => {
                path.append(&mut fields);
                WordKind::Variable(name, path)
            }
            kind @ (WordKind::Pipe(_) | WordKind::Function(_)) => {
                let place = word.place;
                WordKind::Chain(Box::new(Word { kind, place }), fields)
            }
            _ => return self.fail_before("unexpected . after term"),
        };
        word.place = self.place_from(first);
        Ok(Some(word))
    }

    fn term(&mut self) -> Fallible<Option<WordKind>> {
        let Some(token) = self.peek() else {
            return Ok(None);
        };
        let text = self.of(token).to_owned();
        let kind = match token.kind {
            Kind::Word => return self.word(&text).map(Some),
            Kind::Dot => WordKind::Dot,
            Kind::Field => WordKind::Field(vec![Rc::from(&text[1..])]),
            Kind::Variable => {
                let known = self.variables.iter().any(|name| **name == *text);
                if !known {
                    return self.fail(format!("undefined variable {text:?}"));
                }
                WordKind::Variable(Rc::from(text), Vec::new())
            }
            Kind::Number => match literal::number(&text) {
                Some(number) => WordKind::Number(number),
                None => return self.fail(format!("bad number syntax: {text:?}")),
            },
            Kind::Character => WordKind::Number(self.character(token)?),
            Kind::Quoted | Kind::Raw => WordKind::Text(self.string(token)?),
            Kind::LeftParen => {
                self.next();
                let pipeline = self.pipeline("parenthesized pipeline", Kind::RightParen)?;
                return Ok(Some(WordKind::Pipe(Box::new(pipeline))));
            }
            _ => return Ok(None),
        };
        self.next();
        Ok(Some(kind))
    }

    fn word(&mut self, text: &str) -> Fallible<WordKind> {
        let kind = match text {
            "true" => WordKind::Bool(true),
            "false" => WordKind::Bool(false),
            "nil" => WordKind::Nil,
            "block" | "break" | "continue" | "define" | "else" | "end" | "if" | "range"
            | "template" | "with" => return self.fail(format!("unexpected <{text}>")),
            _ if (self.input.is_function)(text) => WordKind::Function(Rc::from(text)),
            _ => return self.fail(format!("function {text:?} not defined")),
        };
        self.next();
        Ok(kind)
    }

    fn character(&self, token: Token) -> Fallible<Number> {
        match literal::character(&self.source[token.start + 1..token.end - 1]) {
            #[expect(clippy::cast_precision_loss, reason = "a character's number is small")]
            Some(code) => Ok(Number {
                int: Some(code),
                float: code as f64,
                is_float: false,
            }),
            None => self.fail("malformed character constant"),
        }
    }

    /// A pipeline has commands, and only functions and fields take what the one before gives.
    pub(super) fn check(&self, commands: &[Command], context: &str) -> Fallible<()> {
        if commands.is_empty() {
            return self.fail_before(format!("missing value for {context}"));
        }
        for (index, command) in commands.iter().enumerate().skip(1) {
            let first = command.words.first().map(|word| &word.kind);
            if let Some(
                WordKind::Bool(_)
                | WordKind::Dot
                | WordKind::Nil
                | WordKind::Number(_)
                | WordKind::Text(_),
            ) = first
            {
                let stage = index + 1;
                return self
                    .fail_before(format!("non executable command in pipeline stage {stage}"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::render::helm::template::parser::{Input, parse};
    use crate::render::text::Text;

    fn outcome(text: &str) -> String {
        let text = Text::plain(text);
        let input = Input {
            name: "t",
            text: &text,
            file: 1,
            is_function: &|name| ["upper", "include", "eq", "print"].contains(&name),
        };
        match parse(&input) {
            Ok(templates) => templates
                .iter()
                .map(|template| &*template.name)
                .collect::<Vec<_>>()
                .join(" "),
            Err(fault) => fault.message,
        }
    }

    #[test]
    fn templates_parse_or_say_why_not() {
        for (text, expected) in [
            ("{{ \"a\" | upper | }}", "t"),
            (
                "{{ define \"x\" }}{{ end }}{{ block \"b\" . }}{{ end }}",
                "t x b",
            ),
            (
                "{{ $x := 1 }}{{ if $x }}{{ $y := 2 }}{{ $y }}{{ end }}{{ $x = 3 }}",
                "t",
            ),
            (
                "{{ if true }}{{ $y := 2 }}{{ end }}{{ $y }}",
                "undefined variable \"$y\"",
            ),
            (
                "{{ range $k, $v := .a }}{{ break }}{{ $k }}{{ else }}{{ end }}",
                "t",
            ),
            ("{{ with .a }}{{ else with .b }}{{ else }}{{ end }}", "t"),
            ("{{ (upper .a).b.c }} {{ $.x.y }} {{ .a.b }}", "t"),
            (
                "{{ if true }}a",
                "unexpected EOF: no `end` closes this `if`",
            ),
            ("a {{ end }}", "unexpected {{end}}"),
            ("{{ nope }}", "function \"nope\" not defined"),
            (
                "{{ \"a\" | 3 }}",
                "non executable command in pipeline stage 2",
            ),
            ("{{ }}", "missing value for command"),
            ("{{ /* c */ }}", "unexpected \"/\" in command"),
            ("{{ break }}", "{{break}} outside {{range}}"),
            (
                "{{ if true }}{{ define \"x\" }}{{ end }}{{ end }}",
                "unexpected {{define}}",
            ),
            (
                "{{ define \"x\" }}a{{ end }}{{ define \"x\" }}b{{ end }}",
                "multiple definition of template \"x\"",
            ),
            (
                "{{ define \"x\" }} {{ end }}{{ define \"x\" }}b{{ end }}",
                "t x",
            ),
            ("{{ $a, $b := 1 }}", "too many declarations in command"),
            ("{{ true.a }}", "unexpected . after term"),
            ("{{ | upper }}", "empty command"),
        ] {
            assert_eq!(outcome(text), expected, "{text}");
        }
    }

    #[test]
    fn nesting_has_a_limit() {
        let deep = |count: usize| format!("{{{{ {}1{} }}}}", "(".repeat(count), ")".repeat(count));
        assert_eq!(outcome(&deep(100)), "t");
        assert!(outcome(&deep(100_000)).contains("nested"));
        let ifs = "{{ if true }}".repeat(100_000);
        assert!(outcome(&ifs).contains("nested"));
    }
}
