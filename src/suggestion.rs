//! The known name that was most likely meant by an unknown one, and how that is said.

/// From which similarity on (0 to 1) a name is suggested.
const NEAR: f64 = 0.8;

/// The longest word, in bytes, that is held against the names of a schema.
const LONGEST: usize = 40;

/// How many names a word is compared with: a file may have as many names as words that are none.
pub(crate) const COMPARED: usize = 200;

/// The longest word, in bytes, that is held against names of rules, which are longer.
const LONGEST_NAME: usize = 100;

/// ` (did you mean `x`?)`, to be appended to an error message; empty if there is nothing to suggest.
pub fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"))
}

/// The most similar of the names of rules, settings, keys or tables, by Jaro-Winkler similarity; of equals the first. `None` if none is near.
pub fn similar<'n, W: AsRef<str>>(word: &str, known: &'n [W]) -> Option<&'n str> {
    if word.len() > LONGEST_NAME {
        return None;
    }
    let lower = word.to_lowercase();
    // `tool:ID` is meant only by one who writes a colon.
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
    let best = near.fold(None, |best: Option<(&str, f64)>, next| match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    });
    best.filter(|(_, similarity)| *similarity >= NEAR)
        .map(|(known, _)| known)
}

/// The name with the least edit distance to what was written, ignoring case; of equals the first. `None` if more than one edit in five letters is needed, and one more.
pub fn misspelt<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if written.len() > LONGEST {
        return None;
    }
    let written = written.to_ascii_lowercase();
    let limit = 1 + written.len() / 5;
    let pattern = Pattern::of(&written);
    let near = names.take(COMPARED);
    let near = near.filter(|name| name.len().abs_diff(written.len()) <= limit * UTF_8);
    let distances = near.map(|name| (pattern.distance(name), name));
    let (distance, name) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= limit).then_some(name)
}

/// How many bytes a letter may have.
const UTF_8: usize = 4;

/// A word that many names are compared with: where each letter stands in it, a bit a place.
struct Pattern<'w> {
    word: &'w str,
    /// By ASCII letter; nothing of a word that has others.
    places: Option<[u64; 128]>,
}

impl<'w> Pattern<'w> {
    fn of(word: &'w str) -> Self {
        let mut places = [0; 128];
        for (place, letter) in word.bytes().enumerate().take(LONGEST) {
            if letter.is_ascii() {
                places[usize::from(letter)] |= 1 << place;
            }
        }
        let is_plain = word.is_ascii() && !word.is_empty();
        Self {
            word,
            places: is_plain.then_some(places),
        }
    }

    /// The edit distance to a name: a column of the table of distances is two words of bits, what rises and what falls in it
    /// from place to place (Myers 1999).
    fn distance(&self, name: &str) -> usize {
        let Some(places) = self.places.filter(|_| name.is_ascii()) else {
            return strsim::levenshtein(self.word, name);
        };
        let last = 1u64 << (self.word.len() - 1);
        let (mut rises, mut falls, mut distance) = (u64::MAX, 0u64, self.word.len());
        for letter in name.bytes() {
            let equal = places[usize::from(letter)];
            let vertical = equal | falls;
            let horizontal = ((equal & rises).wrapping_add(rises) ^ rises) | equal;
            let mut up = falls | !(horizontal | rises);
            let mut down = rises & horizontal;
            distance += usize::from(up & last != 0);
            distance -= usize::from(down & last != 0);
            up = (up << 1) | 1;
            down <<= 1;
            rises = down | !(vertical | up);
            falls = up & vertical;
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        let known = ["select", "ignore", "image/latest-tag", "hadolint:DL3007"];
        assert_eq!(similar("selct", &known), Some("select"));
        assert_eq!(similar("latest-tags", &known), Some("image/latest-tag"));
        assert_eq!(similar("hadolint:DL307", &known), Some("hadolint:DL3007"));
        assert_eq!(similar("hadolint", &known), None);
        assert_eq!(similar("zzz", &known), None);
        assert_eq!(similar(&"image/latest-tag".repeat(9), &known), None);
        assert_eq!(did_you_mean(Some("select")), " (did you mean `select`?)");
        assert_eq!(did_you_mean(None), "");
    }

    #[test]
    fn spelling_mistakes_are_counted_in_edits() {
        let names = ["contents", "checks", "pages"];
        let near = |written: &str| misspelt(written, names.into_iter());
        assert_eq!(near("Content"), Some("contents"));
        assert_eq!(near("page"), Some("pages"));
        assert_eq!(near("chk"), None);
        assert_eq!(near(&"contents".repeat(6)), None);
    }

    #[test]
    fn distances_are_edits() {
        let words = [
            "a", "ab", "ba", "contents", "content", "cnotents", "kitten", "sitting",
        ];
        let long = [
            "abcde".repeat(8),
            "abdce".repeat(8),
            "b".repeat(70),
            "\u{e4}b".to_owned(),
        ];
        let all = words.into_iter().chain(long.iter().map(String::as_str));
        for word in all.clone().filter(|word| word.len() <= LONGEST) {
            for name in all.clone().chain([""]) {
                let expected = strsim::levenshtein(word, name);
                assert_eq!(Pattern::of(word).distance(name), expected, "{word} {name}");
            }
        }
    }
}
