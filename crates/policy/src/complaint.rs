//! The engine's complaints: several lines that draw a place, of which file, line, column and reason are read.

/// What the engine says is wrong with a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// The file; empty if it names none.
    pub(crate) path: String,
    /// Counted from 1; 0 if it names none.
    pub(crate) line: usize,
    /// As the engine counts: from 1, a tab as four.
    pub(crate) column: usize,
    /// The reason, on one line.
    pub(crate) message: String,
}

impl Complaint {
    /// Reads `--> path:line:column`, and the reason behind `error: `.
    pub(crate) fn read(text: &str) -> Self {
        let mut lines = text.lines().map(str::trim);
        let place = lines.find_map(|line| line.strip_prefix("--> "));
        let reason = text
            .lines()
            .find_map(|line| line.trim().strip_prefix("error: "));
        let joined = || text.split_whitespace().collect::<Vec<_>>().join(" ");
        let message = reason.map_or_else(joined, ToOwned::to_owned);
        let mut parts = place.unwrap_or_default().rsplitn(3, ':');
        let mut number = || parts.next().and_then(|part| part.parse().ok());
        let (column, line) = (number().unwrap_or(0), number().unwrap_or(0));
        Self {
            path: parts.next().unwrap_or_default().to_owned(),
            line,
            column,
            message,
        }
    }
}

/// The column in Unicode scalar values where the engine, for which a tab is four wide, counts `wide`.
pub(crate) fn column(line: &str, wide: usize) -> usize {
    let mut at = 1;
    for (number, letter) in line.chars().enumerate() {
        if at >= wide {
            return number + 1;
        }
        at += if letter == '\t' { 4 } else { 1 };
    }
    line.chars().count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_and_reason_are_read() {
        let text =
            "\n--> a:b/x.rego:14:26\n   |\n14 | \t\ta = = b\n   |   ^\nerror: expecting expression";
        let complaint = Complaint::read(text);
        assert_eq!((complaint.line, complaint.column), (14, 26));
        assert_eq!(complaint.path, "a:b/x.rego");
        assert_eq!(complaint.message, "expecting expression");
        assert_eq!(Complaint::read("no such\nthing").message, "no such thing");
    }

    #[test]
    fn a_tab_is_one_column() {
        assert_eq!(column("\t\tab", 9), 3);
        assert_eq!(column("ab", 2), 2);
        assert_eq!(column("ab", 40), 3);
    }
}
