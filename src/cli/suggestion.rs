//! What may have been meant by a word that is not known.

/// ` (did you mean …?)` with the nearest of the words, or nothing if none is near.
pub(super) fn suggested<W: AsRef<str>>(word: &str, known: &[W]) -> String {
    let lower = word.to_lowercase();
    // A peer's id is meant only by one who writes its peer's name.
    let known = known.iter().map(AsRef::as_ref);
    let known = known.filter(|known| word.contains(':') || !known.contains(':'));
    let near = known.map(|known| {
        let whole = strsim::jaro_winkler(&lower, &known.to_lowercase());
        // A rule is often named without its domain.
        let name = known
            .split_once('/')
            .map_or(0.0, |(_, name)| strsim::jaro_winkler(&lower, name));
        (known, whole.max(name))
    });
    // Of several that are as near, the first stays.
    let best = near.fold(None, |best: Option<(&str, f64)>, next| match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    });
    match best {
        Some((known, near)) if near >= 0.8 => format!(" (did you mean `{known}`?)"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::suggested;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let known = ["select", "ignore", "image/latest-tag"];
        assert_eq!(suggested("selct", &known), " (did you mean `select`?)");
        assert_eq!(
            suggested("latest-tags", &known),
            " (did you mean `image/latest-tag`?)"
        );
        assert_eq!(suggested("zzz", &known), "");
    }
}
