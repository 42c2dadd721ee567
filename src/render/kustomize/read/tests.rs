//! What the reader takes and refuses.

use super::*;

fn one(text: &str) -> Arc<Node> {
    read(text, 1, None).unwrap().remove(0).root
}

#[test]
fn aliases_and_merge_keys_are_written_out() {
    let root = one("x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\nz: *x\n");
    assert_eq!(root.at_path(&["y", "a"]).unwrap().as_str(), Some("1"));
    assert_eq!(root.at_path(&["y", "b"]).unwrap().as_str(), Some("3"));
    assert_eq!(
        root.at_path(&["z", "b"]).unwrap().at.span,
        Span::new(16, 17)
    );
}

#[test]
fn what_a_resource_must_not_have_is_told() {
    for (text, want) in [
        ("a: 1\na: 2\n", "duplicate key"),
        ("1: x\n", "no text"),
        ("a: {b: 1, b: 2}\n", "duplicate key"),
    ] {
        let odd = read(text, 1, None).unwrap().remove(0).odd_key.unwrap();
        assert!(odd.message.contains(want), "{text}: {odd}");
    }
    assert!(read("a: *b\n", 1, None).is_err());
    assert!(read("a: [b\n", 1, None).is_err());
    let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        text + &format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1)
    });
    assert!(
        read(&bomb, 1, None)
            .unwrap_err()
            .message
            .contains("too many")
    );
}
