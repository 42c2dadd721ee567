//! What reports in XML have in common.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::inert::{clean, clean_lines};

/// A document while it is written: elements in lines of their own, nothing kept of what is written.
pub(super) struct Document<'w> {
    writer: Writer<&'w mut dyn Write>,
}

impl<'w> Document<'w> {
    /// A document that begins with its declaration.
    pub(super) fn begin(out: &'w mut dyn Write) -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { writer })
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer
            .write_event(Event::Start(element(name, attributes)))
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer
            .write_event(Event::Empty(element(name, attributes)))
    }

    /// An element with a text.
    pub(super) fn text(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        text: &str,
    ) -> io::Result<()> {
        self.open(name, attributes)?;
        let text = clean_lines(text);
        self.writer
            .write_event(Event::Text(BytesText::new(&text)))?;
        self.close(name)
    }

    /// Ends the document.
    pub(super) fn end(self) -> io::Result<()> {
        writeln!(self.writer.into_inner())
    }
}

/// What an attribute holds is one line; characters that no document may have are shown by others.
fn element<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
    let mut element = BytesStart::new(name);
    for (name, value) in attributes {
        let value: Cow<str> = clean(value);
        element.push_attribute((*name, &*value));
    }
    element
}
