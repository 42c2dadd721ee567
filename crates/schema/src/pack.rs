//! Turns definitions into bytes: every text, shape and type once, records of fixed size, numbers of sixteen bits.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::bytes::{FIELD, KIND, PROJECT, SECTIONS, SHAPE, SLOT, Section, TYPE, WORD};
use crate::bytes::{HAS_DEFAULT, HAS_REQUIRED, IS_NULLABLE, IS_REQUIRED};
use crate::bytes::{IS_EMBEDDED, IS_OPEN, LIST, MAP, OBJECT};
use crate::definition::{Definitions, Field, Interval, Shape, Word};

/// The definitions as bytes.
///
/// # Errors
/// If there is more of something than a number of sixteen bits counts.
pub fn pack(definitions: &Definitions) -> Result<Vec<u8>, String> {
    let mut packer = Packer::default();
    // The lists of number 0 are empty, and the text of number 0 too.
    packer.text("")?;
    packer.list(&[])?;
    packer.words(&[])?;
    let types = Types::of(definitions);
    packer.projects(definitions)?;
    packer.types(definitions, &types)?;
    packer.kinds(definitions, &types)?;
    Ok(packer.finish())
}

/// The types that something refers to, those alike as one.
struct Types {
    /// By the index in the definitions, the number in the packed table.
    numbers: Vec<u16>,
    /// By that number, an index in the definitions.
    kept: Vec<usize>,
}

impl Types {
    /// Types are alike if their fields are, with the types that these refer to; a table may refer in circles, so that alikeness is found from the coarse to the fine.
    fn of(definitions: &Definitions) -> Self {
        let mut known: FxHashMap<String, u32> = FxHashMap::default();
        let fields: Vec<Vec<(u32, Option<usize>)>> = definitions
            .types
            .iter()
            .map(|of| {
                let fields = of.fields.iter();
                let fields = fields.map(|field| {
                    let fresh = u32::try_from(known.len()).unwrap_or(u32::MAX);
                    let number = *known.entry(shown(field)).or_insert(fresh);
                    (number, object(&field.shape))
                });
                fields.collect()
            })
            .collect();
        let roots: FxHashSet<usize> = definitions.kinds.iter().map(|kind| kind.root).collect();
        let mut classes: Vec<u32> = vec![0; definitions.types.len()];
        let mut count = 0;
        loop {
            let mut known: FxHashMap<Vec<u32>, u32> = FxHashMap::default();
            let of = definitions.types.iter().zip(&fields).enumerate();
            let next = of.map(|(index, (of, fields))| {
                let mut key = vec![u32::from(of.is_open), u32::from(of.is_embedded)];
                key.push(u32::from(roots.contains(&index)));
                for (number, refers) in fields {
                    key.push(*number);
                    key.extend(refers.map(|index| classes[index]));
                }
                let fresh = u32::try_from(known.len()).unwrap_or(u32::MAX);
                *known.entry(key).or_insert(fresh)
            });
            classes = next.collect();
            let is_stable = known.len() == count;
            count = known.len();
            if is_stable {
                break;
            }
        }
        let mut kept: Vec<usize> = vec![0; count];
        for (index, class) in classes.iter().enumerate().rev() {
            kept[*class as usize] = index;
        }
        let numbers = classes.into_iter();
        let numbers = numbers.map(|class| u16::try_from(class).unwrap_or(u16::MAX));
        Self {
            numbers: numbers.collect(),
            kept,
        }
    }
}

/// The type at the end of a shape.
fn object(shape: &Shape) -> Option<usize> {
    match shape {
        Shape::Scalar(_) => None,
        Shape::List(inner) | Shape::Map(inner) => object(inner),
        Shape::Object(number) => Some(*number),
    }
}

/// A field as a text that is the same for fields alike but for the types that they refer to.
fn shown(field: &Field) -> String {
    let mut shown = format!("{}\u{0}", field.name);
    let mut shape = &field.shape;
    loop {
        match shape {
            Shape::Scalar(scalar) => shown.push_str(scalar.word()),
            Shape::Object(_) => shown.push('@'),
            Shape::List(inner) | Shape::Map(inner) => {
                shown.push(if matches!(shape, Shape::List(_)) {
                    '['
                } else {
                    '{'
                });
                shape = inner;
                continue;
            }
        }
        break;
    }
    let Field {
        is_required,
        is_nullable,
        has_default,
        there,
        words,
        keys,
        ..
    } = field;
    shown.push_str(&format!(
        "\u{0}{is_required}{is_nullable}{has_default}{there:?}{words:?}{keys:?}"
    ));
    shown
}

#[derive(Default)]
struct Packer {
    sections: [Vec<u8>; SECTIONS],
    texts: FxHashMap<String, u16>,
    shapes: FxHashMap<(u8, u16), u16>,
    slots: FxHashMap<[u16; 4], u16>,
    lists: FxHashMap<Vec<u16>, u16>,
    enumerations: FxHashMap<Vec<(u16, u8, u8)>, u16>,
}

impl Packer {
    fn section(&mut self, section: Section) -> &mut Vec<u8> {
        &mut self.sections[section as usize]
    }

    /// The number of the next record of so many bytes.
    fn next(&mut self, section: Section, size: usize) -> Result<u16, String> {
        let number = self.section(section).len() / size;
        u16::try_from(number).map_err(|_| format!("more than 65,535 records of {section:?}"))
    }

    fn push(&mut self, section: Section, number: u16) {
        self.section(section).extend(number.to_le_bytes());
    }

    fn text(&mut self, text: &str) -> Result<u16, String> {
        if let Some(number) = self.texts.get(text) {
            return Ok(*number);
        }
        let number = self.next(Section::TextEnds, 4)?;
        self.section(Section::Texts).extend(text.as_bytes());
        let end = u32::try_from(self.section(Section::Texts).len());
        let end = end.map_err(|_| "too much text")?;
        self.section(Section::TextEnds).extend(end.to_le_bytes());
        self.texts.insert(text.to_owned(), number);
        Ok(number)
    }

    /// A list of texts: its number, behind its length.
    fn list(&mut self, texts: &[String]) -> Result<u16, String> {
        let numbers: Result<Vec<u16>, String> = texts.iter().map(|text| self.text(text)).collect();
        let numbers = numbers?;
        if let Some(number) = self.lists.get(&numbers) {
            return Ok(*number);
        }
        let number = self.next(Section::Lists, 2)?;
        self.push(Section::Lists, u16::try_from(numbers.len()).unwrap_or(0));
        for text in &numbers {
            self.push(Section::Lists, *text);
        }
        self.lists.insert(numbers, number);
        Ok(number)
    }

    /// The words of an enumeration: its number, behind how many there are.
    fn words(&mut self, words: &[Word]) -> Result<u16, String> {
        let mut records = Vec::with_capacity(words.len());
        for word in words {
            records.push((self.text(&word.text)?, word.there.0, word.there.1));
        }
        if let Some(number) = self.enumerations.get(&records) {
            return Ok(*number);
        }
        let number = self.next(Section::Words, WORD)?;
        let count = u16::try_from(records.len()).unwrap_or(0);
        self.push(Section::Words, count);
        self.push(Section::Words, 0);
        for (text, first, last) in &records {
            self.push(Section::Words, *text);
            self.section(Section::Words).extend([*first, *last]);
        }
        self.enumerations.insert(records, number);
        Ok(number)
    }

    fn shape(&mut self, shape: &Shape, types: &Types) -> Result<u16, String> {
        let record = match shape {
            Shape::Scalar(scalar) => (scalar.number(), 0),
            Shape::List(inner) => (LIST, self.shape(inner, types)?),
            Shape::Map(inner) => (MAP, self.shape(inner, types)?),
            Shape::Object(index) => (OBJECT, types.numbers[*index]),
        };
        if let Some(number) = self.shapes.get(&record) {
            return Ok(*number);
        }
        let number = self.next(Section::Shapes, SHAPE)?;
        self.section(Section::Shapes).extend([record.0, 0]);
        self.push(Section::Shapes, record.1);
        self.shapes.insert(record, number);
        Ok(number)
    }

    /// What fields alike in all but name and releases share.
    fn slot(&mut self, field: &Field, types: &Types) -> Result<u16, String> {
        let flags = (u16::from(field.is_required) * IS_REQUIRED)
            | (u16::from(field.is_nullable) * IS_NULLABLE)
            | (u16::from(field.has_default) * HAS_DEFAULT);
        let record = [
            self.shape(&field.shape, types)?,
            flags,
            self.words(&field.words)?,
            self.list(&field.keys)?,
        ];
        if let Some(number) = self.slots.get(&record) {
            return Ok(*number);
        }
        let number = self.next(Section::Slots, SLOT)?;
        for part in record {
            self.push(Section::Slots, part);
        }
        self.slots.insert(record, number);
        Ok(number)
    }

    fn types(&mut self, definitions: &Definitions, types: &Types) -> Result<(), String> {
        for index in &types.kept {
            let of = &definitions.types[*index];
            let mut fields: Vec<&Field> = of.fields.iter().collect();
            fields.sort_by(|a, b| a.name.cmp(&b.name));
            let start = self.next(Section::Fields, FIELD)?;
            for field in &fields {
                let name = self.text(&field.name)?;
                let slot = self.slot(field, types)?;
                self.push(Section::Fields, name);
                self.push(Section::Fields, slot);
                let (first, last) = field.there;
                self.section(Section::Fields).extend([first, last]);
            }
            let count = u16::try_from(fields.len()).map_err(|_| "a type has too many fields")?;
            // Where an object is a field of another, it may say what it is.
            let mut roots = definitions.kinds.iter().map(|kind| kind.root);
            let is_embedded = of.is_embedded || roots.any(|root| root == *index);
            let has_required = fields.iter().any(|field| field.is_required);
            let flags = (u16::from(of.is_open) * IS_OPEN)
                | (u16::from(is_embedded) * IS_EMBEDDED)
                | (u16::from(has_required) * HAS_REQUIRED);
            // Names are for Kubernetes' own types, which code asks for.
            let is_named = of.name.contains(".v");
            let name = self.text(if is_named { &of.name } else { "" })?;
            for part in [start, count, flags, name] {
                self.push(Section::Types, part);
            }
            debug_assert_eq!(self.section(Section::Types).len() % TYPE, 0);
        }
        Ok(())
    }

    fn projects(&mut self, definitions: &Definitions) -> Result<(), String> {
        for project in &definitions.projects {
            let name = self.text(&project.name)?;
            let releases = self.list(&project.releases)?;
            self.push(Section::Projects, name);
            self.push(Section::Projects, releases);
            debug_assert_eq!(self.section(Section::Projects).len() % PROJECT, 0);
        }
        Ok(())
    }

    fn kinds(&mut self, definitions: &Definitions, types: &Types) -> Result<(), String> {
        let mut kinds: Vec<_> = definitions.kinds.iter().collect();
        kinds.sort_by(|a, b| (&a.kind, &a.group, &a.version).cmp(&(&b.kind, &b.group, &b.version)));
        for kind in kinds {
            let texts = [&kind.kind, &kind.group, &kind.version];
            for text in texts {
                let text = self.text(text)?;
                self.push(Section::Kinds, text);
            }
            self.push(Section::Kinds, types.numbers[kind.root]);
            let replacement = self.text(&kind.replacement)?;
            self.push(Section::Kinds, replacement);
            let project = u8::try_from(kind.project).map_err(|_| "too many projects")?;
            let Interval { first, last } = kind.served;
            self.section(Section::Kinds).extend([
                first,
                last,
                kind.deprecated,
                kind.removed,
                project,
                u8::from(kind.is_cluster_scoped),
            ]);
            debug_assert_eq!(self.section(Section::Kinds).len() % KIND, 0);
        }
        Ok(())
    }

    /// The offsets of the sections, the last where all end, and the sections.
    fn finish(self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut offset = (SECTIONS + 1) * 4;
        for section in &self.sections {
            bytes.extend(u32::try_from(offset).unwrap_or(u32::MAX).to_le_bytes());
            offset += section.len();
        }
        bytes.extend(u32::try_from(offset).unwrap_or(u32::MAX).to_le_bytes());
        for section in self.sections {
            bytes.extend(section);
        }
        bytes
    }
}
