//! Kinds and their types as owned data: what a text table or a custom resource definition says.

/// All that is said of some kinds.
#[derive(Clone, Debug, Default)]
pub struct Definitions {
    /// Who releases the kinds; the first is Kubernetes itself in the embedded table.
    pub projects: Vec<Project>,
    /// The kinds, each in one version of its group.
    pub kinds: Vec<Kind>,
    /// The types that kinds and fields refer to by index.
    pub types: Vec<Type>,
}

/// Who releases kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// Its name, such as `cert-manager`; empty for Kubernetes.
    pub name: String,
    /// Its releases that were looked at, oldest first; intervals count them from 0. Empty for Kubernetes, whose
    /// intervals are minor versions.
    pub releases: Vec<String>,
}

/// From the first to the last release in which something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The first release; 0 for always.
    pub first: u8,
    /// The last release; [`Interval::OPEN`] for something that is still there.
    pub last: u8,
}

impl Interval {
    /// The end of what is still there.
    pub const OPEN: u8 = u8::MAX;
    /// What is there in every release.
    pub const ALWAYS: Self = Self {
        first: 0,
        last: Self::OPEN,
    };
}

/// A kind in one version of its group.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The index of its project.
    pub project: usize,
    /// The group; empty for the core group.
    pub group: String,
    /// The version, such as `v1beta1`.
    pub version: String,
    /// The kind.
    pub kind: String,
    /// The index of the type of the object.
    pub root: usize,
    /// The releases that serve it.
    pub served: Interval,
    /// The release since which it is deprecated; 0 for never.
    pub deprecated: u8,
    /// The release that no longer serves it; 0 for none that is known.
    pub removed: u8,
    /// The version to write instead, as `apps/v1` or `apps/v1/Deployment`; empty if none is known.
    pub replacement: String,
    /// Whether its objects are in no namespace.
    pub is_cluster_scoped: bool,
}

/// What a mapping may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Type {
    /// Its name in its table; it means nothing elsewhere.
    pub name: String,
    /// Whether fields that are not declared are kept.
    pub is_open: bool,
    /// Whether it is an object of its own, with `apiVersion`, `kind` and `metadata`.
    pub is_embedded: bool,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of a mapping.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub shape: Shape,
    /// Whether it must be there.
    pub is_required: bool,
    /// Whether `null` is a value of it.
    pub is_nullable: bool,
    /// Whether the server fills it in.
    pub has_default: bool,
    /// The releases that have it.
    pub there: (u8, u8),
    /// The only texts that it, or each item of it, may be; empty for any.
    pub words: Vec<Word>,
    /// The fields that tell the items of a list apart; empty for none.
    pub keys: Vec<String>,
}

/// A text that a field may be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    /// The text.
    pub text: String,
    /// The releases that know it.
    pub there: (u8, u8),
}

/// What a value must be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A scalar.
    Scalar(Scalar),
    /// A list of such.
    List(Box<Shape>),
    /// A mapping with any keys to such.
    Map(Box<Shape>),
    /// A mapping of the type with this index.
    Object(usize),
}

/// What a scalar must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// Anything, not only a scalar.
    Any,
    /// A text.
    Text,
    /// True or false.
    Bool,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// A number.
    Number,
    /// A whole number or a text.
    IntOrText,
    /// A quantity, such as `100Mi`: a number or a text.
    Quantity,
    /// A time as RFC 3339 writes it.
    Time,
    /// Bytes as text in base64.
    Bytes,
}

impl Scalar {
    /// Each with its word in text tables and its number in packed ones.
    pub(crate) const WORDS: [(&'static str, Self); 11] = [
        ("any", Self::Any),
        ("str", Self::Text),
        ("bool", Self::Bool),
        ("i32", Self::Int32),
        ("i64", Self::Int64),
        ("num", Self::Number),
        ("intstr", Self::IntOrText),
        ("quantity", Self::Quantity),
        ("time", Self::Time),
        ("bytes", Self::Bytes),
        ("microtime", Self::Time),
    ];

    /// Its number in a packed table.
    pub(crate) fn number(self) -> u8 {
        let place = Self::WORDS.iter().position(|(_, scalar)| *scalar == self);
        place
            .and_then(|place| u8::try_from(place).ok())
            .unwrap_or(0)
    }

    /// Its word in a text table.
    pub fn word(self) -> &'static str {
        Self::WORDS[usize::from(self.number())].0
    }
}
