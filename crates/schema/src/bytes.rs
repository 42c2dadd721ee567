//! The layout of a packed table: sections of records of fixed size, in little-endian numbers.

/// The sections of a packed table, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// All texts, one after the other.
    Texts,
    /// Where each text ends.
    TextEnds,
    /// Lists of texts: their length, and the numbers of the texts.
    Lists,
    /// Enumerations: a record with the length, and a record for each word.
    Words,
    /// What values must be.
    Shapes,
    /// A shape, flags, words and keys.
    Slots,
    /// The fields of types, sorted by name in each.
    Fields,
    /// Types.
    Types,
    /// Projects.
    Projects,
    /// Kinds, sorted by kind, group and version.
    Kinds,
}

/// How many sections there are.
pub(crate) const SECTIONS: usize = 10;

/// The sizes of records.
pub(crate) const WORD: usize = 4;
pub(crate) const SHAPE: usize = 4;
pub(crate) const SLOT: usize = 8;
pub(crate) const FIELD: usize = 6;
pub(crate) const TYPE: usize = 8;
pub(crate) const PROJECT: usize = 4;
pub(crate) const KIND: usize = 16;

/// Numbers of shapes that are no scalars.
pub(crate) const LIST: u8 = 64;
pub(crate) const MAP: u8 = 65;
pub(crate) const OBJECT: u8 = 66;

/// Flags of slots.
pub(crate) const IS_REQUIRED: u16 = 1;
pub(crate) const IS_NULLABLE: u16 = 2;
pub(crate) const HAS_DEFAULT: u16 = 4;

/// Flags of types.
pub(crate) const IS_OPEN: u16 = 1;
pub(crate) const IS_EMBEDDED: u16 = 2;
pub(crate) const HAS_REQUIRED: u16 = 4;

/// A packed table; what is not in it reads as zero.
#[derive(Clone, Copy)]
pub(crate) struct Packed<'b>(pub(crate) &'b [u8]);

impl<'b> Packed<'b> {
    fn long(self, at: usize) -> usize {
        let bytes = self.0.get(at..at + 4).and_then(|four| four.try_into().ok());
        bytes.map_or(0, |four| u32::from_le_bytes(four) as usize)
    }

    fn start(self, section: Section) -> usize {
        self.long(section as usize * 4)
    }

    fn end(self, section: Section) -> usize {
        self.long((section as usize + 1) * 4)
    }

    /// How many records of a size a section has.
    pub(crate) fn count(self, section: Section, size: usize) -> usize {
        self.end(section).saturating_sub(self.start(section)) / size
    }

    /// A number of sixteen bits.
    pub(crate) fn short(self, section: Section, at: usize) -> u16 {
        let at = self.start(section) + at;
        let bytes = self.0.get(at..at + 2).and_then(|two| two.try_into().ok());
        bytes.map_or(0, u16::from_le_bytes)
    }

    /// A number of eight bits.
    pub(crate) fn byte(self, section: Section, at: usize) -> u8 {
        self.0.get(self.start(section) + at).copied().unwrap_or(0)
    }

    /// A text by its number.
    pub(crate) fn text(self, number: u16) -> &'b str {
        let ends = self.start(Section::TextEnds) + usize::from(number) * 4;
        let texts = self.start(Section::Texts);
        let start = match number {
            0 => 0,
            _ => self.long(ends - 4),
        };
        let bytes = self.0.get(texts + start..texts + self.long(ends));
        bytes
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }

    /// The bytes of a text, to compare with.
    pub(crate) fn raw(self, number: u16) -> &'b [u8] {
        let ends = self.start(Section::TextEnds) + usize::from(number) * 4;
        let texts = self.start(Section::Texts);
        let start = match number {
            0 => 0,
            _ => self.long(ends - 4),
        };
        self.0
            .get(texts + start..texts + self.long(ends))
            .unwrap_or_default()
    }

    /// A list of texts by its number.
    pub(crate) fn list(self, number: u16) -> impl Iterator<Item = &'b str> {
        let at = usize::from(number) * 2;
        let count = usize::from(self.short(Section::Lists, at));
        (1..=count).map(move |place| self.text(self.short(Section::Lists, at + place * 2)))
    }
}
