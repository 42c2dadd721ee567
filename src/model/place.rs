//! Places of rows: a rule hands back `at` and perhaps a field below it, and this turns both into bytes of a file.

use regorus::Value;

use crate::parse::yaml::tree::NodeId;
use crate::span::Span;

/// A row's place: the file's number in the run and the place's number in the file. Opaque to rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The file's number in the run.
    pub file: u32,
    /// An index into the file's places.
    pub place: u32,
}

impl At {
    /// As rules see it.
    pub fn value(self) -> Value {
        Value::from((u64::from(self.file) << 32) | u64::from(self.place))
    }

    /// Read back from a finding; nothing if it is no number that the model gave out.
    pub fn from_value(value: &Value) -> Option<Self> {
        let number = value.as_u64().ok()?;
        Some(Self {
            file: u32::try_from(number >> 32).ok()?,
            place: u32::try_from(number & u64::from(u32::MAX)).ok()?,
        })
    }
}

/// What a place is in its file.
#[derive(Debug)]
pub enum Target {
    /// A node of the YAML tree: fields below it are found in the tree.
    Node(NodeId),
    /// A stretch of text with named parts: an instruction, a command, an expression.
    Text(Box<TextPlace>),
}

/// A place outside the YAML tree.
#[derive(Debug)]
pub struct TextPlace {
    /// Shown for the row itself.
    pub span: Span,
    /// Where it stands in terms that survive moved lines: `stage[2]/RUN[1]/apt-get[0]`.
    pub path: String,
    /// Parts by field path, `flags.from` or `words.2`.
    pub fields: Vec<(String, Span)>,
}

impl TextPlace {
    /// A place with no named parts.
    pub fn new(span: Span, path: impl Into<String>) -> Self {
        Self {
            span,
            path: path.into(),
            fields: Vec::new(),
        }
    }

    /// Names a part.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, span: Span) -> Self {
        self.fields.push((name.into(), span));
        self
    }
}
