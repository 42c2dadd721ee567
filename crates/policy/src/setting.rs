//! What a rule lets its users set: the names, types and defaults that its METADATA declares, and the values given for them.

use std::borrow::Cow;

use serde::Deserialize;

use crate::given::{Content, Given};
use crate::literal::{Literal, as_debugged, record};

/// What kind of value a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A text.
    Text,
    /// A list of texts.
    List,
    /// Texts by name.
    Map,
}

impl Kind {
    fn article(self) -> &'static str {
        match self {
            Self::Boolean => "`true` or `false`",
            Self::Integer => "a whole number",
            Self::Text => "a text",
            Self::List => "a list of texts",
            Self::Map => "a mapping of texts, `name: text`",
        }
    }
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of [`Kind::Boolean`].
    Boolean(bool),
    /// Of [`Kind::Integer`].
    Integer(i64),
    /// Of [`Kind::Text`].
    Text(Cow<'static, str>),
    /// Of [`Kind::List`].
    List(Cow<'static, [Cow<'static, str>]>),
    /// Of [`Kind::Map`], in the order given.
    Map(Cow<'static, [(Cow<'static, str>, Cow<'static, str>)]>),
}

impl Value {
    /// Whether it says nothing: no text, no item, no.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Boolean(is) => !is,
            Self::Integer(_) => false,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Map(pairs) => pairs.is_empty(),
        }
    }
}

record! {
/// A setting of a rule.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name below the rule's.
    pub name: Cow<'static, str>,
    /// What it takes.
    pub kind: Kind,
    /// What holds if nobody says anything.
    pub default: Value,
    /// Markdown: what it does.
    pub description: Cow<'static, str>,
    /// Whether its rule does not run while it is empty.
    pub is_needed: bool,
    /// The only texts that it takes, in a list or a map too; any if there are none.
    pub values: Cow<'static, [Cow<'static, str>]>,
}
}

as_debugged! {
    Kind, "Kind::";
}

impl Literal for Value {
    fn write(&self, code: &mut String) {
        match self {
            Self::Boolean(is) => wrapped("Boolean", is, code),
            Self::Integer(number) => wrapped("Integer", number, code),
            Self::Text(text) => wrapped("Text", text, code),
            Self::List(items) => wrapped("List", items, code),
            Self::Map(pairs) => wrapped("Map", pairs, code),
        }
    }
}

fn wrapped(variant: &str, inner: &dyn Literal, code: &mut String) {
    code.push_str(&format!("Value::{variant}("));
    inner.write(code);
    code.push(')');
}

/// Why a value does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Where it was given.
    pub place: String,
    /// What is wrong, after the setting's name.
    pub message: String,
    /// The text that is none of the allowed ones.
    pub word: String,
}

impl Setting {
    /// The value that was given.
    ///
    /// # Errors
    /// Says what the setting takes if that is something else.
    pub fn read(&self, given: &Given) -> Result<Value, Misfit> {
        let value = match (self.kind, &given.content) {
            (Kind::Boolean, Content::Scalar(text, false)) => match text.as_str() {
                "true" => Some(Value::Boolean(true)),
                "false" => Some(Value::Boolean(false)),
                _ => None,
            },
            (Kind::Integer, Content::Scalar(text, false)) => text.parse().ok().map(Value::Integer),
            (Kind::Text, Content::Scalar(..)) => Some(Value::Text(self.word(given)?)),
            (Kind::List, Content::Empty) => Some(Value::List(Cow::Borrowed(&[]))),
            (Kind::List, Content::Scalar(..)) => Some(Value::List(vec![self.word(given)?].into())),
            (Kind::List, Content::List(items)) => {
                let words: Result<Vec<_>, Misfit> =
                    items.iter().map(|item| self.word(item)).collect();
                Some(Value::List(words?.into()))
            }
            (Kind::Map, Content::Empty) => Some(Value::Map(Cow::Borrowed(&[]))),
            (Kind::Map, Content::Map(pairs)) => {
                let pairs = pairs.iter().map(|(key, value)| {
                    let name = key.text().ok_or_else(|| self.misfit(key))?;
                    Ok((Cow::Owned(name.to_owned()), self.word(value)?))
                });
                let pairs: Result<Vec<_>, Misfit> = pairs.collect();
                Some(Value::Map(pairs?.into()))
            }
            _ => None,
        };
        value.ok_or_else(|| self.misfit(given))
    }

    fn misfit(&self, given: &Given) -> Misfit {
        Misfit {
            place: given.place.clone(),
            message: format!("takes {}, not {}", self.kind.article(), given.shown()),
            word: String::new(),
        }
    }

    /// A text of a list, a map or by itself.
    fn word(&self, given: &Given) -> Result<Cow<'static, str>, Misfit> {
        let text = given.text().ok_or_else(|| self.misfit(given))?;
        if self.values.is_empty() || self.values.iter().any(|value| value == text) {
            return Ok(Cow::Owned(text.to_owned()));
        }
        Err(Misfit {
            place: given.place.clone(),
            message: format!("takes {}, not `{text}`", self.values.join(", ")),
            word: text.to_owned(),
        })
    }
}

/// A setting as METADATA declares it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// What it takes.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// What holds if nobody says anything.
    pub default: serde_yaml::Value,
    /// Markdown: what it does.
    pub description: String,
    /// Whether the rule does not run while it is empty.
    #[serde(default)]
    pub needed: bool,
    /// The only texts that it takes.
    #[serde(default)]
    pub values: Vec<String>,
}

impl Declared {
    /// The setting of that name.
    ///
    /// # Errors
    /// Says what is wrong if the default is not of the type.
    pub fn setting(&self, name: &str) -> Result<Setting, String> {
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if name.is_empty() || !name.bytes().all(is_plain) {
            return Err(format!(
                "setting `{name}` is named otherwise than in lower case, digits and `_`"
            ));
        }
        let values: Vec<Cow<'static, str>> = self.values.iter().cloned().map(Cow::Owned).collect();
        let mut setting = Setting {
            name: Cow::Owned(name.to_owned()),
            kind: self.kind,
            default: Value::Boolean(false),
            description: Cow::Owned(self.description.clone()),
            is_needed: self.needed,
            values: values.into(),
        };
        setting.default = setting
            .read(&given(&self.default))
            .map_err(|misfit| format!("the default of setting `{name}` {}", misfit.message))?;
        if self.needed && !setting.default.is_empty() {
            return Err(format!(
                "setting `{name}` is needed, but its default is not empty"
            ));
        }
        Ok(setting)
    }
}

/// A value of YAML, without where it is.
pub fn given(value: &serde_yaml::Value) -> Given {
    use serde_yaml::Value as Yaml;
    let content = match value {
        Yaml::Bool(is) => Content::Scalar(is.to_string(), false),
        Yaml::Number(number) => Content::Scalar(number.to_string(), false),
        Yaml::String(text) => Content::Scalar(text.clone(), true),
        Yaml::Sequence(items) => Content::List(items.iter().map(given).collect()),
        Yaml::Mapping(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| (given(key), given(value)));
            Content::Map(pairs.collect())
        }
        Yaml::Null | Yaml::Tagged(_) => Content::Empty,
    };
    Given {
        place: String::new(),
        content,
    }
}
