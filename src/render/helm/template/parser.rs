//! Tokens become the templates that a file defines, the file itself being one.

use std::rc::Rc;

use crate::render::helm::fault::{Fallible, fault_at};
use crate::render::helm::limits;
use crate::render::helm::template::lexer::{self, Kind, Token};
use crate::render::helm::template::literal;
use crate::render::helm::template::tree::{Block, Branch, Node, Pipeline, Template, is_blank};
use crate::render::place::Place;
use crate::render::text::Text;

/// A file to parse.
pub struct Input<'a> {
    /// The name that its own template gets.
    pub name: &'a str,
    /// Its text; that of a made file knows its origins.
    pub text: &'a Text,
    /// Its number.
    pub file: u32,
    /// Whether a function of this name exists.
    pub is_function: &'a dyn Fn(&str) -> bool,
}

/// Parses a file: its own template first, then what it defines.
pub fn parse(input: &Input) -> Fallible<Vec<Template>> {
    let Ok(source) = std::str::from_utf8(input.text.bytes()) else {
        return fault_at("template is not UTF-8", Place::new(input.file, 0, 0));
    };
    let tokens = lexer::tokens(source, input.file)?;
    let mut parser = Parser {
        input,
        source,
        tokens,
        at: 0,
        depth: 0,
        loops: 0,
        variables: vec![Rc::from("$")],
        defined: Vec::new(),
    };
    let body = parser.file()?;
    let name = Rc::from(input.name);
    let mut templates = vec![Template { name, body }];
    templates.append(&mut parser.defined);
    Ok(templates)
}

/// How a sequence of nodes ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    File,
    End,
    Else,
}

pub(super) struct Parser<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) source: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
    loops: u32,
    pub(super) variables: Vec<Rc<str>>,
    defined: Vec<Template>,
}

impl<'a> Parser<'a> {
    fn file(&mut self) -> Fallible<Block> {
        let (body, end) = self.nodes(true)?;
        match end {
            Stop::File => Ok(body),
            Stop::End => self.fail_before("unexpected {{end}}"),
            Stop::Else => self.fail_before("unexpected {{else}}"),
        }
    }

    /// Nodes up to an `else`, an `end` or the end of the file; `define` stands only at the top.
    fn nodes(&mut self, is_top: bool) -> Fallible<(Block, Stop)> {
        let mut nodes = Block::new();
        loop {
            let Some(token) = self.next() else {
                return Ok((nodes, Stop::File));
            };
            if token.kind == Kind::Text {
                nodes.push(Node::Text(self.text(token)));
                continue;
            }
            let open = token;
            self.skip_space();
            let keyword = self.peek().filter(|token| token.kind == Kind::Word);
            match keyword.map(|token| self.of(token)) {
                Some("end") => {
                    self.at += 1;
                    self.expect_close("end")?;
                    return Ok((nodes, Stop::End));
                }
                Some("else") => {
                    self.at += 1;
                    return Ok((nodes, Stop::Else));
                }
                Some("define") if is_top => self.define()?,
                Some("define") => return self.fail("unexpected {{define}}"),
                Some(word @ ("if" | "with" | "range")) => {
                    self.at += 1;
                    nodes.push(self.control(word, open)?);
                }
                Some("template") => nodes.push(self.call(open)?),
                Some("block") => nodes.push(self.block(open)?),
                Some(word @ ("break" | "continue")) => {
                    self.at += 1;
                    if self.loops == 0 {
                        return self.fail_before(format!("{{{{{word}}}}} outside {{{{range}}}}"));
                    }
                    let is_break = word == "break";
                    self.expect_close("break or continue")?;
                    nodes.push(if is_break {
                        Node::Break
                    } else {
                        Node::Continue
                    });
                }
                _ => {
                    let pipeline = self.pipeline("command", Kind::Close)?;
                    let place = self.place_from(open);
                    nodes.push(Node::Action(pipeline, place));
                }
            }
        }
    }

    fn nest(&mut self) -> Fallible<()> {
        self.depth += 1;
        if self.depth > limits::NESTING {
            return self.fail(format!(
                "template is nested more than {} levels deep",
                limits::NESTING
            ));
        }
        Ok(())
    }

    /// A control structure after its keyword.
    fn control(&mut self, word: &str, open: Token) -> Fallible<Node> {
        self.nest()?;
        let mark = self.variables.len();
        let pipeline = self.pipeline(word, Kind::Close)?;
        let place = self.place_from(open);
        let is_range = word == "range";
        self.loops += u32::from(is_range);
        let (body, end) = self.nodes(false)?;
        let otherwise = match end {
            Stop::File => {
                let message = format!("unexpected EOF: no `end` closes this `{word}`");
                return fault_at(message, place);
            }
            Stop::End => None,
            Stop::Else => Some(self.otherwise(word)?),
        };
        self.loops -= u32::from(is_range);
        self.variables.truncate(mark);
        self.depth -= 1;
        let branch = Box::new(Branch {
            pipeline,
            sets_dot: word == "with",
            body,
            otherwise,
            place,
        });
        Ok(if is_range {
            Node::Range(branch)
        } else {
            Node::Branch(branch)
        })
    }

    /// What follows `else`: nodes up to `end`, or another `if` (`with`) that shares the `end`.
    fn otherwise(&mut self, word: &str) -> Fallible<Block> {
        self.skip_space();
        let next = self.peek().filter(|token| token.kind == Kind::Word);
        if let Some(token) = next.filter(|token| word != "range" && self.of(*token) == word) {
            self.at += 1;
            return Ok(vec![self.control(word, token)?]);
        }
        self.expect_close("else")?;
        let (nodes, end) = self.nodes(false)?;
        match end {
            Stop::End => Ok(nodes),
            Stop::Else => self.fail_before("expected end; found {{else}}"),
            Stop::File => self.fail("unexpected EOF"),
        }
    }

    fn name(&mut self, context: &str) -> Fallible<Rc<str>> {
        self.skip_space();
        let token = self
            .next()
            .filter(|token| matches!(token.kind, Kind::Quoted | Kind::Raw));
        match token {
            Some(token) => Ok(Rc::from(&*self.string(token)?.to_str())),
            None => self.fail_before(format!("unexpected token in {context} clause")),
        }
    }

    fn define(&mut self) -> Fallible<()> {
        self.at += 1;
        let name = self.name("define")?;
        self.expect_close("define clause")?;
        let variables = std::mem::replace(&mut self.variables, vec![Rc::from("$")]);
        let loops = std::mem::take(&mut self.loops);
        let (body, end) = self.nodes(false)?;
        self.variables = variables;
        self.loops = loops;
        match end {
            Stop::End => self.add(name, body),
            Stop::Else => self.fail_before("unexpected {{else}} in define clause"),
            Stop::File => self.fail("unexpected EOF"),
        }
    }

    /// Of two templates of one name in a file one must be blank.
    fn add(&mut self, name: Rc<str>, body: Block) -> Fallible<()> {
        let found = self.defined.iter().position(|other| other.name == name);
        let template = Template { name, body };
        match found {
            Some(index) if is_blank(&self.defined[index].body) => self.defined[index] = template,
            Some(_) if is_blank(&template.body) => {}
            Some(_) => {
                let message = format!("multiple definition of template {:?}", template.name);
                return self.fail_before(message);
            }
            None => self.defined.push(template),
        }
        Ok(())
    }

    fn call(&mut self, open: Token) -> Fallible<Node> {
        self.at += 1;
        let name = self.name("template")?;
        self.skip_space();
        let is_alone = self.peek().is_some_and(|token| token.kind == Kind::Close);
        let pipeline = if is_alone {
            self.at += 1;
            None
        } else {
            Some(self.pipeline("template clause", Kind::Close)?)
        };
        Ok(Node::Call(name, pipeline, self.place_from(open)))
    }

    /// `block` defines a template and calls it.
    fn block(&mut self, open: Token) -> Fallible<Node> {
        self.at += 1;
        self.nest()?;
        let name = self.name("block")?;
        let pipeline = self.pipeline("block clause", Kind::Close)?;
        let place = self.place_from(open);
        let variables = std::mem::replace(&mut self.variables, vec![Rc::from("$")]);
        let (body, end) = self.nodes(false)?;
        self.variables = variables;
        self.depth -= 1;
        if end != Stop::End {
            return self.fail("unexpected end of block clause");
        }
        self.add(name.clone(), body)?;
        Ok(Node::Call(name, Some(pipeline), place))
    }

    /// A pipeline up to `end`, which is passed.
    pub(super) fn pipeline(&mut self, context: &str, end: Kind) -> Fallible<Pipeline> {
        self.nest()?;
        self.skip_space();
        let (variables, assigns) = self.declarations(context)?;
        let mut commands = Vec::new();
        loop {
            self.skip_space();
            let Some(token) = self.peek() else {
                return self.fail("unexpected EOF");
            };
            if token.kind == end {
                self.at += 1;
                break;
            }
            commands.push(self.command(context)?);
        }
        self.check(&commands, context)?;
        self.depth -= 1;
        Ok(Pipeline {
            variables,
            assigns,
            commands,
        })
    }

    pub(super) fn string(&self, token: Token) -> Fallible<Text> {
        let inner = &self.source[token.start + 1..token.end - 1];
        let file = self.input.file;
        if token.kind == Kind::Raw {
            let inner = inner.replace('\r', "");
            let place = Place::new(file, token.start + 1, token.end - 1);
            let piece = crate::render::text::Piece::of_template(place, true, 0);
            return Ok(Text::with_piece(&inner, piece));
        }
        match literal::unquote(inner, file, token.start + 1, 0) {
            Some(text) => Ok(text),
            None => fault_at("invalid syntax", self.place(token)),
        }
    }

    /// The text of a token, with its origin.
    fn text(&self, token: Token) -> Text {
        let cut = self.input.text.cut(token.start..token.end);
        if !cut.pieces().is_empty() {
            return cut;
        }
        let piece = crate::render::text::Piece::of_template(self.place(token), true, 0);
        Text::with_piece(&cut.to_str(), piece)
    }

    pub(super) fn of(&self, token: Token) -> &'a str {
        &self.source[token.start..token.end]
    }

    pub(super) fn place(&self, token: Token) -> Place {
        Place::new(self.input.file, token.start, token.end)
    }

    /// The bytes from a token to the end of the last one that was read.
    pub(super) fn place_from(&self, first: Token) -> Place {
        let last = self
            .tokens
            .get(self.at.wrapping_sub(1))
            .copied()
            .unwrap_or(first);
        Place::new(self.input.file, first.start, last.end.max(first.end))
    }

    pub(super) fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    pub(super) fn back(&mut self, to: usize) {
        self.at = to;
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn skip_space(&mut self) {
        while self.peek().is_some_and(|token| token.kind == Kind::Space) {
            self.at += 1;
        }
    }

    fn expect_close(&mut self, context: &str) -> Fallible<()> {
        self.skip_space();
        match self.next().map(|token| token.kind) {
            Some(Kind::Close) => Ok(()),
            _ => self.fail_before(format!("unexpected token in {context}")),
        }
    }

    /// A failure at the next token.
    pub(super) fn fail<T>(&self, message: impl Into<String>) -> Fallible<T> {
        let end = self.source.len();
        let place = self.peek().map(|token| self.place(token));
        fault_at(
            message,
            place.unwrap_or(Place::new(self.input.file, end, end)),
        )
    }

    /// A failure at the token that was read last.
    pub(super) fn fail_before<T>(&self, message: impl Into<String>) -> Fallible<T> {
        let last = self.tokens.get(self.at.wrapping_sub(1));
        match last {
            Some(token) => fault_at(message, self.place(*token)),
            None => self.fail(message),
        }
    }
}
