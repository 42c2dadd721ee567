//! Compound commands: groups, subshells, `if`, `case`, `(( ))`, `coproc`, and functions.

use std::ops::Range;

use super::cursor::Parser;
use crate::parse::shell::tree::{Branch, Fault, Node, NodeKind};
use crate::parse::shell::word::Word;

/// The words that begin a compound command.
const HEADS: &[&str] = &[
    "{", "if", "while", "until", "for", "select", "case", "[[", "coproc", "function",
];

/// What ends an item of a `case`.
const ITEM_ENDS: &[&str] = &[";;&", ";;", ";&", "esac"];

impl Parser<'_> {
    /// The word or sign at hand, if it begins a compound command.
    pub(super) fn head(&self) -> Option<&'static str> {
        match self.rest() {
            [b'(', b'(', ..] => Some("(("),
            [b'(', ..] => Some("("),
            [b'{' | b'i' | b'w' | b'u' | b'f' | b's' | b'c' | b'[', ..] => {
                HEADS.iter().find(|head| self.is_at(head)).copied()
            }
            _ => None,
        }
    }

    /// The compound command that `head` begins, which is at hand, and its redirections.
    pub(super) fn compound(&mut self, head: &'static str) -> Node {
        let start = self.at;
        if self.levels == 0 {
            self.problem(Fault::TooDeep, start..start);
            self.at = self.end;
            return Node::new(NodeKind::Group(Vec::new()), start..start);
        }
        self.levels -= 1;
        let kind = self.compound_kind(head);
        self.levels += 1;
        let mut node = Node::new(kind, start..self.at);
        loop {
            let at = self.at;
            self.skip_blanks();
            if !self.redirect(&mut node.redirects, &mut Vec::new()) {
                self.at = at;
                return node;
            }
        }
    }

    fn compound_kind(&mut self, head: &'static str) -> NodeKind {
        if head == "((" {
            if let Some(close) = self.closing_arithmetic(self.at + 2) {
                self.at = close + 2;
                return NodeKind::Arithmetic;
            }
            self.at += 1;
            return self.closed(&[")"], Self::subshell);
        }
        self.at += head.len();
        match head {
            "{" => self.closed(&["}"], Self::group),
            "(" => self.closed(&[")"], Self::subshell),
            "if" => self.closed(&["fi"], Self::branches),
            "while" | "until" => self.closed(&["done"], Self::repetition),
            "for" => self.closed(&["done"], |parser| parser.iteration(false)),
            "select" => self.closed(&["done"], |parser| parser.iteration(true)),
            "case" => self.closed(&["esac"], Self::choice),
            "[[" => self.test_command(),
            _ => self.coprocess(),
        }
    }

    /// Reads what ends with `closer`; a list inside that meets it leaves it, and it is gone past then.
    fn closed(
        &mut self,
        closer: &'static [&'static str],
        read: impl FnOnce(&mut Self) -> (NodeKind, bool),
    ) -> NodeKind {
        self.open.push(closer);
        let (kind, is_closed) = read(self);
        self.open.pop();
        if !is_closed && self.closer() == closer.first().copied() {
            self.at += closer[0].len();
        }
        kind
    }

    fn group(&mut self) -> (NodeKind, bool) {
        let (list, end) = self.list(&["}"]);
        (NodeKind::Group(list), !end.is_empty())
    }

    fn subshell(&mut self) -> (NodeKind, bool) {
        let (list, end) = self.list(&[")"]);
        (NodeKind::Subshell(list), !end.is_empty())
    }

    fn branches(&mut self) -> (NodeKind, bool) {
        let mut branches = Vec::new();
        loop {
            let (condition, then) = self.list(&["then"]);
            let (body, end) = match then {
                "" => (Vec::new(), ""),
                _ => self.list(&["elif", "else", "fi"]),
            };
            branches.push(Branch {
                condition: Some(condition),
                body,
            });
            match end {
                "elif" => {}
                "else" => {
                    let (body, end) = self.list(&["fi"]);
                    branches.push(Branch {
                        condition: None,
                        body,
                    });
                    return (NodeKind::If(branches), !end.is_empty());
                }
                _ => return (NodeKind::If(branches), !end.is_empty()),
            }
        }
    }

    /// `case WORD in PATTERN | PATTERN) …;; … esac`
    fn choice(&mut self) -> (NodeKind, bool) {
        self.skip_blanks();
        let subject = self.scan();
        let mut items = Vec::new();
        self.skip_lines();
        if subject.range.is_empty() || !self.eat("in") {
            self.unexpected();
            return (NodeKind::Case(subject, items), false);
        }
        loop {
            self.skip_lines();
            if self.rest().is_empty() {
                self.ended();
                return (NodeKind::Case(subject, items), false);
            }
            if self.eat("esac") {
                return (NodeKind::Case(subject, items), true);
            }
            self.patterns();
            let (body, end) = self.maybe_list(ITEM_ENDS);
            items.push(body);
            if matches!(end, "" | "esac") {
                return (NodeKind::Case(subject, items), !end.is_empty());
            }
        }
    }

    /// Goes past the patterns of an item and the parenthesis behind them; nothing expands in these.
    fn patterns(&mut self) {
        if self.rest().first() == Some(&b'(') {
            self.at += 1;
        }
        loop {
            self.skip_blanks();
            let is_word = !self.scan().range.is_empty();
            self.skip_blanks();
            match self.rest() {
                [b'|', next, ..] if is_word && !matches!(next, b'|' | b'&') => self.at += 1,
                [b')', ..] if is_word => {
                    self.at += 1;
                    return;
                }
                _ => return self.unexpected(),
            }
        }
    }

    /// `coproc [NAME] COMMAND`
    fn coprocess(&mut self) -> NodeKind {
        self.skip_lines();
        let start = self.at;
        if self.head().is_none() {
            let word = self.scan().range;
            // The parenthesis of `A=(b)` is an array's.
            let is_assignment = self.written(&word).ends_with('=');
            self.skip_lines();
            if is_assignment || !matches!(self.head(), Some("{" | "(" | "((")) {
                self.at = start;
            }
        }
        if let Some(command) = self.command() {
            return NodeKind::Coprocess(Box::new(command));
        }
        self.unexpected();
        NodeKind::Group(Vec::new())
    }

    /// A function behind the word `function`, which is at hand.
    pub(super) fn function_after_word(&mut self) -> Node {
        self.at += "function".len();
        self.skip_blanks();
        let name = self.scan().range;
        if name.is_empty() {
            self.unexpected();
        }
        self.skip_blanks();
        if self.rest().first() == Some(&b'(') {
            let at = self.at;
            self.at += 1;
            self.skip_blanks();
            if self.rest().first() == Some(&b')') {
                self.at += 1;
            } else {
                self.at = at;
            }
        }
        self.function(name)
    }

    /// The word as a function's name, if `()` follows it; goes past that.
    pub(super) fn function_name(&mut self, word: &Word) -> Option<Range<usize>> {
        let range = word.range.clone();
        if self.written(&range).ends_with('=') {
            return None;
        }
        let at = self.at;
        self.at += 1;
        self.skip_blanks();
        if self.rest().first() == Some(&b')') {
            self.at += 1;
            return Some(range);
        }
        self.unexpected();
        self.at = at;
        None
    }

    /// A function of which the head is read.
    pub(super) fn function(&mut self, name: Range<usize>) -> Node {
        self.skip_lines();
        let head = self
            .head()
            .filter(|head| !matches!(*head, "[[" | "function"));
        let body = head.map(|head| Box::new(self.compound(head)));
        if body.is_none() {
            self.unexpected();
        }
        let range = name.start..self.at;
        Node::new(NodeKind::Function(name, body), range)
    }
}
