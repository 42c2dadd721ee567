//! A value as someone gave it, before anyone knows what it should be.

/// A value, with where it was given, for a complaint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// `hullmark.yml:3:5`, or nothing.
    pub place: String,
    /// The value.
    pub content: Content,
}

/// The value of a [`Given`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Nothing, or `null`.
    #[default]
    Empty,
    /// A scalar: its text, and whether it is in quotes.
    Scalar(String, bool),
    /// A list.
    List(Vec<Given>),
    /// Keys and values in order.
    Map(Vec<(Given, Given)>),
}

impl Given {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// What it is, in a complaint.
    pub fn shown(&self) -> String {
        match &self.content {
            Content::Empty => "empty".to_owned(),
            Content::Scalar(text, true) => format!("`{text}` in quotes"),
            Content::Scalar(text, false) => format!("`{text}`"),
            Content::List(_) => "a list".to_owned(),
            Content::Map(_) => "a mapping".to_owned(),
        }
    }
}
