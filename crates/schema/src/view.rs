//! A packed table as kinds, types and fields, read in place: every value here is a reference and a few numbers.

use std::cmp::Ordering;

use crate::bytes::{FIELD, KIND, PROJECT, Packed, SHAPE, SLOT, Section, TYPE, WORD};
use crate::bytes::{HAS_DEFAULT, HAS_REQUIRED, IS_EMBEDDED, IS_NULLABLE, IS_OPEN, IS_REQUIRED};
use crate::bytes::{LIST, MAP, OBJECT};
use crate::definition::{Interval, Scalar};

/// A packed table.
#[derive(Clone, Copy)]
pub struct Schemas<'b> {
    packed: Packed<'b>,
}

impl<'b> Schemas<'b> {
    /// The table in these bytes, which [`crate::pack::pack`] made.
    pub const fn new(bytes: &'b [u8]) -> Self {
        Self {
            packed: Packed(bytes),
        }
    }

    /// A kind in one version of its group, of the first project that has it.
    pub fn kind(self, group: &str, version: &str, kind: &str) -> Option<Kind<'b>> {
        self.kinds_of(group, version, kind).next()
    }

    /// The same of all projects that have it.
    pub fn kinds_of(
        self,
        group: &str,
        version: &str,
        kind: &str,
    ) -> impl Iterator<Item = Kind<'b>> {
        self.kinds_named(kind)
            .filter(move |known| known.group() == group && known.version() == version)
    }

    /// The kinds of a name, of all groups and versions.
    pub fn kinds_named(self, name: &str) -> impl Iterator<Item = Kind<'b>> + use<'b> {
        let count = self.packed.count(Section::Kinds, KIND);
        let first = self.first_kind(count, |kind| kind < name.as_bytes());
        let last = self.first_kind(count, |kind| kind <= name.as_bytes());
        (first..last).map(move |number| self.at(number))
    }

    /// The first kind whose name is not before.
    fn first_kind(self, count: usize, is_before: impl Fn(&[u8]) -> bool) -> usize {
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = usize::midpoint(low, high);
            if is_before(self.at(middle).raw_kind()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// All kinds, by name, group and version.
    pub fn kinds(self) -> impl Iterator<Item = Kind<'b>> {
        (0..self.packed.count(Section::Kinds, KIND)).map(move |number| self.at(number))
    }

    fn at(self, number: usize) -> Kind<'b> {
        Kind {
            packed: self.packed,
            at: number * KIND,
        }
    }
}

/// A kind in one version of its group.
#[derive(Clone, Copy)]
pub struct Kind<'b> {
    packed: Packed<'b>,
    at: usize,
}

impl<'b> Kind<'b> {
    fn text(self, offset: usize) -> &'b str {
        let number = self.packed.short(Section::Kinds, self.at + offset);
        self.packed.text(number)
    }

    fn raw_kind(self) -> &'b [u8] {
        self.packed.raw(self.packed.short(Section::Kinds, self.at))
    }

    fn byte(self, offset: usize) -> u8 {
        self.packed.byte(Section::Kinds, self.at + offset)
    }

    /// The kind, such as `Deployment`.
    pub fn kind(self) -> &'b str {
        self.text(0)
    }

    /// The group; empty for the core group.
    pub fn group(self) -> &'b str {
        self.text(2)
    }

    /// The version, such as `v1`.
    pub fn version(self) -> &'b str {
        self.text(4)
    }

    /// The group and version, as `apps/v1`.
    pub fn api_version(self) -> String {
        match self.group() {
            "" => self.version().to_owned(),
            group => format!("{group}/{}", self.version()),
        }
    }

    /// The type of the object.
    pub fn root(self) -> Type<'b> {
        let number = self.packed.short(Section::Kinds, self.at + 6);
        Type::numbered(self.packed, number)
    }

    /// The version to write instead, as `apps/v1` or `apps/v1/Deployment`; empty if none is known.
    pub fn replacement(self) -> &'b str {
        self.text(8)
    }

    /// The releases that serve it.
    pub fn served(self) -> Interval {
        Interval {
            first: self.byte(10),
            last: self.byte(11),
        }
    }

    /// The release since which it is deprecated; 0 for never.
    pub fn deprecated(self) -> u8 {
        self.byte(12)
    }

    /// The release that no longer serves it; 0 for none that is known.
    pub fn removed(self) -> u8 {
        self.byte(13)
    }

    /// Who releases it.
    pub fn project(self) -> Project<'b> {
        Project {
            packed: self.packed,
            at: usize::from(self.byte(14)) * PROJECT,
        }
    }

    /// Whether its objects are in no namespace.
    pub fn is_cluster_scoped(self) -> bool {
        self.byte(15) != 0
    }
}

/// Who releases kinds.
#[derive(Clone, Copy)]
pub struct Project<'b> {
    packed: Packed<'b>,
    at: usize,
}

impl<'b> Project<'b> {
    /// Its name; empty for Kubernetes itself.
    pub fn name(self) -> &'b str {
        let number = self.packed.short(Section::Projects, self.at);
        self.packed.text(number)
    }

    /// Its releases that the table knows, oldest first; none for Kubernetes.
    pub fn releases(self) -> impl Iterator<Item = &'b str> {
        let number = self.packed.short(Section::Projects, self.at + 2);
        self.packed.list(number)
    }
}

/// What a mapping may hold.
#[derive(Clone, Copy)]
pub struct Type<'b> {
    packed: Packed<'b>,
    at: usize,
}

impl<'b> Type<'b> {
    fn numbered(packed: Packed<'b>, number: u16) -> Self {
        Self {
            packed,
            at: usize::from(number) * TYPE,
        }
    }

    fn short(self, offset: usize) -> u16 {
        self.packed.short(Section::Types, self.at + offset)
    }

    /// Its number in the table: of types alike the same.
    pub fn number(self) -> usize {
        self.at / TYPE
    }

    /// The name of one of Kubernetes' own types, such as `core.v1.PodSpec`; empty for others.
    pub fn name(self) -> &'b str {
        self.packed.text(self.short(6))
    }

    /// Whether fields that are not declared are kept.
    pub fn is_open(self) -> bool {
        self.short(4) & IS_OPEN != 0
    }

    /// Whether it is an object of its own, with `apiVersion`, `kind` and `metadata`.
    pub fn is_embedded(self) -> bool {
        self.short(4) & IS_EMBEDDED != 0
    }

    /// Whether some field of it must be there.
    pub fn has_required(self) -> bool {
        self.short(4) & HAS_REQUIRED != 0
    }

    /// Its fields, by name.
    pub fn fields(self) -> impl Iterator<Item = Field<'b>> {
        (0..usize::from(self.short(2))).map(move |place| self.at(place))
    }

    fn at(self, place: usize) -> Field<'b> {
        Field {
            packed: self.packed,
            at: (usize::from(self.short(0)) + place) * FIELD,
        }
    }

    /// The field of a name, of any release.
    pub fn field(self, name: &str) -> Option<Field<'b>> {
        let (mut low, mut high) = (0, usize::from(self.short(2)));
        while low < high {
            let middle = usize::midpoint(low, high);
            let field = self.at(middle);
            match field.raw_name().cmp(name.as_bytes()) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(field),
            }
        }
        None
    }
}

/// A field of a mapping.
#[derive(Clone, Copy)]
pub struct Field<'b> {
    packed: Packed<'b>,
    at: usize,
}

impl<'b> Field<'b> {
    fn raw_name(self) -> &'b [u8] {
        self.packed.raw(self.packed.short(Section::Fields, self.at))
    }

    fn slot(self, offset: usize) -> u16 {
        let slot = self.packed.short(Section::Fields, self.at + 2);
        let at = usize::from(slot) * SLOT;
        self.packed.short(Section::Slots, at + offset)
    }

    /// Its name.
    pub fn name(self) -> &'b str {
        self.packed
            .text(self.packed.short(Section::Fields, self.at))
    }

    /// What it takes.
    pub fn shape(self) -> Shape<'b> {
        Shape::numbered(self.packed, self.slot(0))
    }

    /// Whether it must be there.
    pub fn is_required(self) -> bool {
        self.slot(2) & IS_REQUIRED != 0
    }

    /// Whether `null` is a value of it.
    pub fn is_nullable(self) -> bool {
        self.slot(2) & IS_NULLABLE != 0
    }

    /// Whether the server fills it in.
    pub fn has_default(self) -> bool {
        self.slot(2) & HAS_DEFAULT != 0
    }

    /// The releases that have it.
    pub fn there(self) -> Interval {
        Interval {
            first: self.packed.byte(Section::Fields, self.at + 4),
            last: self.packed.byte(Section::Fields, self.at + 5),
        }
    }

    /// The only texts that it, or each item of it, may be; `None` if any.
    pub fn words(self) -> Option<Enumeration<'b>> {
        let number = self.slot(4);
        (number != 0).then_some(Enumeration {
            packed: self.packed,
            at: usize::from(number) * WORD,
        })
    }

    /// The fields that tell the items of a list apart; `set` alone for a list of texts without a duplicate.
    pub fn keys(self) -> impl Iterator<Item = &'b str> {
        self.packed.list(self.slot(6))
    }
}

/// The only texts that a field may be.
#[derive(Clone, Copy)]
pub struct Enumeration<'b> {
    packed: Packed<'b>,
    at: usize,
}

impl<'b> Enumeration<'b> {
    /// The texts, each with the releases that know it.
    pub fn words(self) -> impl Iterator<Item = (&'b str, Interval)> {
        let count = usize::from(self.packed.short(Section::Words, self.at));
        (1..=count).map(move |place| {
            let at = self.at + place * WORD;
            let there = Interval {
                first: self.packed.byte(Section::Words, at + 2),
                last: self.packed.byte(Section::Words, at + 3),
            };
            (
                self.packed.text(self.packed.short(Section::Words, at)),
                there,
            )
        })
    }
}

/// What a value must be.
#[derive(Clone, Copy)]
pub enum Shape<'b> {
    /// A scalar, or anything.
    Scalar(Scalar),
    /// A list of what [`List::items`] says.
    List(Inner<'b>),
    /// A mapping with any keys.
    Map(Inner<'b>),
    /// A mapping of a type.
    Object(Type<'b>),
}

/// What the items of a list or the values of a mapping must be.
#[derive(Clone, Copy)]
pub struct Inner<'b> {
    packed: Packed<'b>,
    number: u16,
}

impl<'b> Inner<'b> {
    /// What each of them must be.
    pub fn shape(self) -> Shape<'b> {
        Shape::numbered(self.packed, self.number)
    }
}

impl<'b> Shape<'b> {
    fn numbered(packed: Packed<'b>, number: u16) -> Self {
        let at = usize::from(number) * SHAPE;
        let inner = packed.short(Section::Shapes, at + 2);
        let inner_shape = Inner {
            packed,
            number: inner,
        };
        match packed.byte(Section::Shapes, at) {
            LIST => Self::List(inner_shape),
            MAP => Self::Map(inner_shape),
            OBJECT => Self::Object(Type::numbered(packed, inner)),
            scalar => {
                let word = Scalar::WORDS.get(usize::from(scalar));
                Self::Scalar(word.map_or(Scalar::Any, |(_, scalar)| *scalar))
            }
        }
    }

    /// The type of the mapping at its end: of the items of a list, the values of a mapping.
    pub fn object(self) -> Option<Type<'b>> {
        match self {
            Self::Scalar(_) => None,
            Self::List(inner) | Self::Map(inner) => inner.shape().object(),
            Self::Object(of) => Some(of),
        }
    }
}
