//! Constraints on versions, such as `>=1.21-0 <2 || ^3`.

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::semver::{Version, are_identifiers, order_of_pre};
use crate::render::helm::value::Val;

/// The table.
pub const FUNCTIONS: &[Function] = &[function("semverCompare", "ss", compare)];

fn compare(call: &mut Call) -> Fallible<Val> {
    let (wanted, text) = (call.str(0), call.str(1));
    let Some(constraints) = Constraints::parse(&wanted) else {
        return fault(format!("improper constraint: {wanted}"));
    };
    match Version::parse(&text) {
        Some(version) => Ok(Val::bool(constraints.allow(&version))),
        None => fault("invalid semantic version"),
    }
}

/// Alternatives, each of constraints that must all hold.
#[derive(Debug)]
pub struct Constraints(Vec<Vec<Constraint>>);

#[derive(Debug)]
struct Constraint {
    operator: Operator,
    version: Version,
    /// How many of its numbers are given.
    given: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    Not,
    Greater,
    Less,
    AtLeast,
    AtMost,
    Tilde,
    Caret,
}

const OPERATORS: &[(&str, Operator)] = &[
    (">=", Operator::AtLeast),
    ("=>", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("=<", Operator::AtMost),
    ("!=", Operator::Not),
    ("~>", Operator::Tilde),
    ("=", Operator::Equal),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("~", Operator::Tilde),
    ("^", Operator::Caret),
];

impl Constraints {
    /// Reads constraints; nothing if they are none.
    pub fn parse(text: &str) -> Option<Self> {
        let alternatives = text.split("||").map(alternative);
        alternatives.collect::<Option<Vec<_>>>().map(Self)
    }

    /// Whether a version is allowed.
    pub fn allow(&self, version: &Version) -> bool {
        self.0.iter().any(|all| {
            let takes_pre = all.iter().any(|one| !one.version.pre.is_empty());
            all.iter().all(|one| one.allows(version, takes_pre))
        })
    }
}

/// Constraints with blanks or commas between them; `1.2 - 1.4` is a range.
fn alternative(text: &str) -> Option<Vec<Constraint>> {
    let mut all = Vec::new();
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (mut one, after) = constraint(rest)?;
        let trimmed = after.trim_start();
        let is_range = after.len() != trimmed.len() && trimmed.starts_with("- ");
        rest = trimmed;
        let mut before = after.len();
        if is_range {
            one.operator = Operator::AtLeast;
            let (mut end, after) = constraint(trimmed[2..].trim_start())?;
            end.operator = Operator::AtMost;
            all.push(one);
            one = end;
            rest = after.trim_start();
            before = after.len();
        }
        all.push(one);
        if !(rest.is_empty() || rest.len() < before || rest.starts_with(',')) {
            return None;
        }
        if let Some(after) = rest.strip_prefix(',') {
            rest = after.trim_start();
            if rest.is_empty() {
                return None;
            }
        }
    }
    Some(all)
}

/// An operator and a version, and the text after them.
fn constraint(text: &str) -> Option<(Constraint, &str)> {
    let found = OPERATORS.iter().find(|(word, _)| text.starts_with(word));
    let (operator, rest) = match found {
        Some((word, operator)) => (*operator, text[word.len()..].trim_start()),
        None => (Operator::Equal, text),
    };
    let rest = rest.strip_prefix('v').unwrap_or(rest);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "*.-+".contains(c)));
    let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
    let (word, _) = word.split_once('+').unwrap_or((word, ""));
    let (numbers, pre) = match word.split_once('-') {
        Some((numbers, pre)) if are_identifiers(pre) => (numbers, pre),
        Some(_) => return None,
        None => (word, ""),
    };
    let mut version = Version {
        pre: pre.to_owned(),
        ..Version::default()
    };
    let mut given = 0;
    let mut open = false;
    for (index, number) in numbers.split('.').enumerate() {
        if index > 2 {
            return None;
        }
        if matches!(number, "x" | "X" | "*") {
            open = true;
            continue;
        }
        let value = number
            .parse::<u64>()
            .ok()
            .filter(|_| number.bytes().all(|byte| byte.is_ascii_digit()))?;
        if !open {
            *[&mut version.major, &mut version.minor, &mut version.patch][index] = value;
            given = index + 1;
        }
    }
    let made = Constraint {
        operator,
        version,
        given,
    };
    Some((made, after))
}

impl Constraint {
    fn allows(&self, version: &Version, takes_pre: bool) -> bool {
        if !version.pre.is_empty() && self.version.pre.is_empty() && !takes_pre {
            return false;
        }
        let order = version.order(&self.version);
        match self.operator {
            Operator::Equal if self.given < 3 => self.tilde(version),
            Operator::Equal => order.is_eq(),
            Operator::Not => self.differs(version),
            Operator::Greater => self.greater(version),
            Operator::Less => order.is_lt(),
            Operator::AtLeast => order.is_ge(),
            Operator::AtMost => self.at_most(version),
            Operator::Tilde => self.tilde(version),
            Operator::Caret => self.caret(version),
        }
    }

    fn differs(&self, version: &Version) -> bool {
        if self.given == 3 {
            return version.order(&self.version).is_ne();
        }
        if self.version.major != version.major {
            return true;
        }
        match self.given {
            1 => false,
            2 if self.version.minor != version.minor => true,
            2 => order_of_pre(&version.pre, &self.version.pre).is_ne(),
            _ => version.order(&self.version).is_ne(),
        }
    }

    fn greater(&self, version: &Version) -> bool {
        if self.given == 3 || version.major != self.version.major {
            return version.order(&self.version).is_gt();
        }
        match self.given {
            1 => false,
            2 => version.minor > self.version.minor,
            _ => version.order(&self.version).is_gt(),
        }
    }

    fn at_most(&self, version: &Version) -> bool {
        if self.given == 3 {
            return version.order(&self.version).is_le();
        }
        if version.major != self.version.major {
            return version.major < self.version.major;
        }
        version.minor <= self.version.minor || self.given == 1
    }

    fn tilde(&self, version: &Version) -> bool {
        if version.order(&self.version).is_lt() {
            return false;
        }
        let is_zero = (self.version.major, self.version.minor, self.version.patch) == (0, 0, 0);
        if is_zero && matches!(self.given, 0 | 3) {
            return true;
        }
        version.major == self.version.major
            && (version.minor == self.version.minor || self.given == 1)
    }

    fn caret(&self, version: &Version) -> bool {
        if version.order(&self.version).is_lt() {
            return false;
        }
        let wanted = &self.version;
        if wanted.major > 0 || self.given == 1 {
            return wanted.major == version.major;
        }
        if version.major > 0 {
            return false;
        }
        if wanted.minor > 0 || self.given == 2 {
            return version.minor == wanted.minor;
        }
        version.minor == 0 && version.patch == wanted.patch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_allow_what_helm_allows() {
        for (wanted, version, allowed) in [
            (">=1.21", "1.22.3", true),
            (">=1.21", "v1.22.3-gke.100", false),
            (">=1.21-0", "v1.22.3-gke.100", true),
            ("^1.2", "1.3.0", true),
            ("~1.2", "1.3.0", false),
            ("<1.25.0-0", "1.25.0", false),
            (">=1.2 <2", "1.5", true),
            (">=1.2, <2", "2.5", false),
            ("1.x", "1.9.9", true),
            (">1 || <0.5", "0.1.0", true),
            ("1.2.3", "v1.2.3+build", true),
            ("*", "1.0.0-rc1", false),
            ("1.2 - 1.4", "1.4.9", true),
            ("=1.2", "1.2.7", true),
            ("^0.2.3", "0.3.0", false),
            ("<=1.2", "1.2.9", true),
            (">1.2", "1.2.9", false),
            ("^0", "0.5.0", true),
            ("^0.0.3", "0.0.4", false),
            ("!=1.2", "1.2.4", false),
        ] {
            let constraints = Constraints::parse(wanted).unwrap();
            let version = Version::parse(version).unwrap();
            assert_eq!(constraints.allow(&version), allowed, "{wanted} {version}");
        }
        for wanted in [
            "abc", ">=", "1.2.3.4", ">=1,", "==1", "", "1 ||", ">1.2.3<2",
        ] {
            assert!(Constraints::parse(wanted).is_none(), "{wanted}");
        }
        for version in ["abc", "1.2.3.4", "", "1.2.3-", "1..2"] {
            assert_eq!(Version::parse(version), None, "{version}");
        }
    }
}
