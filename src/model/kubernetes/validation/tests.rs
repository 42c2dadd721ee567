//! Tests of the table of fields and of the forms of values.

use super::facts;
use super::is_placeholder;

#[test]
fn every_line_of_the_table_is_understood() {
    let mut count = 0;
    for (line, fact) in facts::lines() {
        assert!(fact.is_some(), "{line}");
        count += 1;
    }
    assert!(count > 200, "{count}");
}

#[test]
fn placeholders_are_no_names() {
    for text in [
        "REPLACE_ME",
        "<name>",
        "__NAME__",
        "%NAME%",
        "changeme-now",
        "FILLED BY X",
    ] {
        assert!(is_placeholder(text), "{text}");
    }
    for text in ["My_App", "web", "web-1", "a.b"] {
        assert!(!is_placeholder(text), "{text}");
    }
}
