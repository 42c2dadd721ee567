//! The settings of rules as the engine sees them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use regorus::Value;

use crate::rules::{Rule, Settings, setting};

/// `input.settings` of the rules that take any: by their ids, what users gave and the defaults of the rest.
pub(super) fn settings<'a>(
    rules: impl Iterator<Item = &'a Rule>,
    given: &Settings,
) -> Option<Value> {
    let rules = rules.filter(|rule| !rule.settings.is_empty());
    let settings: BTreeMap<Value, Value> = rules
        .map(|rule| {
            let given = given.get(rule.id.as_ref());
            let settings = rule.settings.iter().map(|setting| {
                let value = given.and_then(|given| given.get(setting.name.as_ref()));
                let value = value.unwrap_or(&setting.default);
                (Value::from(setting.name.as_ref()), plain(value))
            });
            (Value::from(rule.id.as_ref()), object(settings.collect()))
        })
        .collect();
    (!settings.is_empty()).then(|| object(settings))
}

fn plain(value: &setting::Value) -> Value {
    let text = |text: &Cow<'static, str>| Value::from(text.as_ref());
    match value {
        setting::Value::Boolean(is) => Value::from(*is),
        setting::Value::Integer(number) => Value::from(*number),
        setting::Value::Text(one) => text(one),
        setting::Value::List(items) => Value::from(items.iter().map(text).collect::<Vec<_>>()),
        setting::Value::Map(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| (text(key), text(value)));
            object(pairs.collect())
        }
    }
}

fn object(pairs: BTreeMap<Value, Value>) -> Value {
    Value::from(pairs)
}
