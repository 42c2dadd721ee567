//! The syntax tree of a template: each node knows its bytes.

use std::rc::Rc;

use crate::render::place::Place;
use crate::render::text::Text;

/// A template by name.
#[derive(Debug)]
pub struct Template {
    /// The name: that of a `define`, or the path of the file.
    pub name: Rc<str>,
    /// What it does.
    pub body: Block,
}

/// A sequence of nodes.
pub type Block = Vec<Node>;

/// A part of a template.
#[derive(Debug)]
pub enum Node {
    /// Text as it is, with its place.
    Text(Text),
    /// `{{ pipeline }}`.
    Action(Pipeline, Place),
    /// `{{ if }}` and `{{ with }}`.
    Branch(Box<Branch>),
    /// `{{ range }}`.
    Range(Box<Branch>),
    /// `{{ template "name" pipeline }}`.
    Call(Rc<str>, Option<Pipeline>, Place),
    /// `{{ break }}`.
    Break,
    /// `{{ continue }}`.
    Continue,
}

/// A control structure.
#[derive(Debug)]
pub struct Branch {
    /// The condition, or what is ranged over.
    pub pipeline: Pipeline,
    /// Whether the dot becomes the value: `with`.
    pub sets_dot: bool,
    /// What happens if it is true, or for each element.
    pub body: Block,
    /// What happens otherwise.
    pub otherwise: Option<Block>,
    /// The opening action.
    pub place: Place,
}

/// Commands joined by `|`.
#[derive(Debug)]
pub struct Pipeline {
    /// The variables it declares or sets.
    pub variables: Vec<Rc<str>>,
    /// Whether they are set (`=`) and not declared (`:=`).
    pub assigns: bool,
    /// The commands.
    pub commands: Vec<Command>,
}

/// An operand and its arguments.
#[derive(Debug)]
pub struct Command {
    /// The words; the first may be a function.
    pub words: Vec<Word>,
    /// The bytes.
    pub place: Place,
}

/// An operand with its bytes.
#[derive(Debug)]
pub struct Word {
    /// What it is.
    pub kind: WordKind,
    /// The bytes.
    pub place: Place,
}

/// What an operand is.
#[derive(Debug)]
pub enum WordKind {
    /// `.`.
    Dot,
    /// `nil`.
    Nil,
    /// `true`, `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Text),
    /// The name of a function.
    Function(Rc<str>),
    /// `.a.b`.
    Field(Vec<Rc<str>>),
    /// `$x.a.b`, the name with its `$`.
    Variable(Rc<str>, Vec<Rc<str>>),
    /// `(pipeline)`.
    Pipe(Box<Pipeline>),
    /// `(pipeline).a.b`.
    Chain(Box<Word>, Vec<Rc<str>>),
}

/// A number as written: its type depends on where it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its value as an integer, if it is one.
    pub int: Option<i64>,
    /// Its value with a fraction.
    pub float: f64,
    /// Whether it is written with a point or an exponent.
    pub is_float: bool,
}

/// Whether a template leaves nothing but white space; such a one replaces no other.
pub fn is_blank(block: &[Node]) -> bool {
    block.iter().all(|node| match node {
        Node::Text(text) => text.to_str().trim().is_empty(),
        _ => false,
    })
}
