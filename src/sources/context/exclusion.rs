//! Patterns of a `.dockerignore`, as Docker documents them: rooted at the context, `**` for any folders, `!` for exceptions, and the last one that
//! matches decides. `.gitignore` means other things by the same signs.

use std::cell::Cell;

/// How many patterns of a file are read; what is written by people stays far below.
const PATTERNS: usize = 2_000;

/// The longest pattern or path that is matched.
const LONGEST: usize = 1_024;

/// How many steps all matching of one file's paths may take. A file that people write takes a thousandth.
const STEPS: usize = 20_000_000;

/// What is left of the steps that matching may take.
#[derive(Debug)]
pub struct Steps(Cell<usize>);

impl Default for Steps {
    fn default() -> Self {
        Self(Cell::new(STEPS))
    }
}

impl Steps {
    /// Whether there are none left: what was asked since matches nothing.
    pub fn are_over(&self) -> bool {
        self.0.get() == 0
    }

    fn take(&self, count: usize) -> bool {
        self.0.set(self.0.get().saturating_sub(count));
        !self.are_over()
    }
}

/// The patterns of a file, in its order.
#[derive(Clone, Debug, Default)]
pub struct Exclusions(Vec<Exclusion>);

/// One line.
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// As written, less blanks.
    pub text: String,
    /// Counted from 1.
    pub line: usize,
    is_exception: bool,
    tokens: Vec<Token>,
}

/// A sign of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Letter(char),
    /// `?`
    One,
    /// `*`
    Some,
    /// `**` and what follows it: no folder or several. [`Token::Folder`] follows.
    Folders,
    /// Inside a folder that [`Token::Folders`] matches.
    Folder,
    /// `**` at the end: everything.
    Rest,
    /// `[a-z]`
    Class {
        is_not: bool,
        ranges: Vec<(char, char)>,
    },
}

impl Exclusions {
    /// Reads the text of a `.dockerignore`.
    pub fn read(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let lines = text.lines().enumerate();
        let patterns = lines
            .filter(|(_, line)| !line.starts_with('#') && line.len() <= LONGEST)
            .filter_map(|(number, line)| Exclusion::read(line.trim(), number + 1));
        Self(patterns.take(PATTERNS).collect())
    }

    /// The pattern by which a path of the context is left out, itself or by a folder above it.
    pub fn leave_out(&self, path: &str, steps: &Steps) -> Option<&Exclusion> {
        if path.is_empty() || path.len() > LONGEST {
            return None;
        }
        let mut found = None;
        for pattern in &self.0 {
            if pattern.is_exception == found.is_some() && pattern.holds(path, steps) {
                found = (!pattern.is_exception).then_some(pattern);
            }
        }
        found
    }

    /// Whether an exception may bring back something below a folder that is left out.
    pub fn may_bring_back_below(&self, folder: &str, steps: &Steps) -> bool {
        let mut exceptions = self.0.iter().filter(|pattern| pattern.is_exception);
        exceptions.any(|pattern| pattern.may_hold_below(folder, steps))
    }
}

impl Exclusion {
    fn read(line: &str, number: usize) -> Option<Self> {
        let (is_exception, pattern) = match line.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, line),
        };
        let pattern = Some(super::clean(pattern))
            .filter(|path| !path.is_empty() && !pattern.starts_with(".."))?;
        Some(Self {
            text: line.to_owned(),
            line: number,
            is_exception,
            tokens: tokens(&pattern),
        })
    }

    /// Whether the pattern means the path or a folder above it.
    fn holds(&self, path: &str, steps: &Steps) -> bool {
        let mut states = States::of(&self.tokens);
        for letter in path.chars() {
            // What the pattern means up to here is a folder of the path.
            if letter == '/' && states.are_done() {
                return true;
            }
            if !states.step(letter, steps) {
                return false;
            }
        }
        states.are_done()
    }

    /// Whether the pattern could mean something below a folder.
    fn may_hold_below(&self, folder: &str, steps: &Steps) -> bool {
        let mut states = States::of(&self.tokens);
        for letter in folder.chars().chain(['/']) {
            if letter == '/' && states.are_done() {
                return true;
            }
            if !states.step(letter, steps) {
                return false;
            }
        }
        true
    }
}

/// The places of a pattern at which a match may stand. All are followed at once, so that no pattern takes longer than its length times the path's.
struct States<'t> {
    tokens: &'t [Token],
    /// A bit for each place.
    now: Vec<u64>,
    next: Vec<u64>,
}

impl<'t> States<'t> {
    /// At the beginning of a path.
    fn of(tokens: &'t [Token]) -> Self {
        let words = tokens.len() / u64::BITS as usize + 1;
        let mut states = Self {
            tokens,
            now: vec![0; words],
            next: vec![0; words],
        };
        states.add(0);
        std::mem::swap(&mut states.now, &mut states.next);
        states
    }

    /// Adds a place to the next ones, and those that are reached from it without a letter.
    fn add(&mut self, place: usize) {
        let (word, bit) = bit(place);
        if self.next[word] & bit != 0 {
            return;
        }
        self.next[word] |= bit;
        match self.tokens.get(place) {
            Some(Token::Some | Token::Rest) => self.add(place + 1),
            Some(Token::Folders) => {
                self.add(place + 1);
                self.add(place + 2);
            }
            _ => {}
        }
    }

    /// Goes on by a letter; whether a match is still possible.
    fn step(&mut self, letter: char, steps: &Steps) -> bool {
        self.next.fill(0);
        let mut taken = self.now.len();
        for word in 0..self.now.len() {
            let mut bits = self.now[word];
            taken += bits.count_ones() as usize;
            while bits != 0 {
                let place = word * u64::BITS as usize + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                self.follow(place, letter);
            }
        }
        std::mem::swap(&mut self.now, &mut self.next);
        steps.take(taken) && self.now.iter().any(|word| *word != 0)
    }

    fn follow(&mut self, place: usize, letter: char) {
        let Some(token) = self.tokens.get(place) else {
            return;
        };
        match token {
            Token::Letter(wanted) if *wanted == letter => self.add(place + 1),
            Token::One if letter != '/' => self.add(place + 1),
            Token::Some if letter != '/' => self.add(place),
            Token::Class { is_not, ranges } if letter != '/' => {
                let is_in = |(first, last): &(char, char)| (*first..=*last).contains(&letter);
                if ranges.iter().any(is_in) != *is_not {
                    self.add(place + 1);
                }
            }
            Token::Rest => self.add(place),
            Token::Folder => {
                self.add(place);
                if letter == '/' {
                    self.add(place + 1);
                }
            }
            _ => {}
        }
    }

    fn are_done(&self) -> bool {
        let (word, bit) = bit(self.tokens.len());
        self.now[word] & bit != 0
    }
}

/// The word that holds the bit of a place, and the bit.
fn bit(place: usize) -> (usize, u64) {
    let bits = u64::BITS as usize;
    (place / bits, 1 << (place % bits))
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '*' if letters.peek() == Some(&'*') => {
                while letters.next_if_eq(&'*').is_some() {}
                letters.next_if_eq(&'/');
                if letters.peek().is_none() {
                    tokens.push(Token::Rest);
                } else {
                    tokens.extend([Token::Folders, Token::Folder]);
                }
            }
            '*' => tokens.push(Token::Some),
            '?' => tokens.push(Token::One),
            '\\' => tokens.push(Token::Letter(letters.next().unwrap_or('\\'))),
            '[' => match class(&mut letters) {
                Some(class) => tokens.push(class),
                None => tokens.push(Token::Letter('[')),
            },
            letter => tokens.push(Token::Letter(letter)),
        }
    }
    tokens
}

/// The class that begins behind `[`; nothing, and no letter taken, if nothing closes it.
fn class(letters: &mut std::iter::Peekable<std::str::Chars>) -> Option<Token> {
    let mut ahead = letters.clone();
    let is_not = ahead.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        let first = match ahead.next()? {
            ']' if !ranges.is_empty() => break,
            '\\' => ahead.next()?,
            letter => letter,
        };
        let mut last = first;
        let mut beyond = ahead.clone();
        if beyond.next() == Some('-') && beyond.peek().is_some_and(|letter| *letter != ']') {
            last = beyond.next()?;
            ahead = beyond;
        }
        ranges.push((first, last));
    }
    *letters = ahead;
    Some(Token::Class { is_not, ranges })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_out(text: &str, path: &str) -> bool {
        Exclusions::read(text)
            .leave_out(path, &Steps::default())
            .is_some()
    }

    #[test]
    fn patterns_count_from_the_context() {
        assert!(left_out("temp", "temp"));
        assert!(left_out("temp", "temp/a/b"));
        assert!(!left_out("temp", "a/temp"));
        assert!(left_out("/temp/", "temp/a"));
        assert!(left_out("./temp//a/../b", "temp/b"));
        assert!(left_out("*/temp*", "a/temporary.txt"));
        assert!(!left_out("*/temp*", "a/b/temporary.txt"));
        assert!(left_out("*/*/temp*", "a/b/temporary.txt"));
        assert!(left_out("temp?", "tempa"));
        assert!(!left_out("temp?", "temp"));
        assert!(left_out("*.md", "README.md"));
        assert!(!left_out("*.md", "docs/README.md"));
    }

    #[test]
    fn two_stars_mean_any_folders() {
        assert!(left_out("**/*.go", "a.go"));
        assert!(left_out("**/*.go", "a/b/c.go"));
        assert!(left_out("**", "a/b"));
        assert!(left_out("a/**", "a/b/c"));
        assert!(!left_out("a/**", "a"));
        assert!(left_out("a/**/c", "a/c"));
        assert!(left_out("a/**/c", "a/b/b/c/d"));
        assert!(!left_out("a/**/c", "a/bc"));
        assert!(left_out("**/node_modules", "web/node_modules/x"));
    }

    #[test]
    fn the_last_match_decides() {
        let text = "*.md\n!README*.md\nREADME-secret.md";
        assert!(left_out(text, "a.md"));
        assert!(!left_out(text, "README-x.md"));
        assert!(left_out(text, "README-secret.md"));
        let other = "*.md\nREADME-secret.md\n!README*.md";
        assert!(!left_out(other, "README-secret.md"));
        assert!(!left_out("*\n!src", "src/main.rs"));
        assert!(left_out("*\n!src", "target"));
        assert!(!left_out("**\n!Dockerfile", "Dockerfile"));
        assert!(!left_out("!a", "a"));
    }

    #[test]
    fn what_is_no_pattern_is_passed_over() {
        let text = "\u{feff}# a\n\n  \n!\n.\n/\nb  \n #c";
        assert!(!left_out(text, "a"));
        assert!(left_out(text, "b"));
        assert!(left_out(text, "#c"));
        assert_eq!(
            Exclusions::read(text)
                .leave_out("b", &Steps::default())
                .unwrap()
                .line,
            7
        );
    }

    #[test]
    fn classes_and_escapes() {
        assert!(left_out("[a-c].txt", "b.txt"));
        assert!(!left_out("[^a-c].txt", "b.txt"));
        assert!(left_out("\\*", "*"));
        assert!(!left_out("\\*", "a"));
        assert!(left_out("a[", "a["));
        assert!(!left_out("[", "a"));
        assert!(left_out("a.b", "a.b") && !left_out("a.b", "axb"));
    }

    #[test]
    fn a_folder_with_an_exception_below_it_is_not_gone() {
        let patterns = Exclusions::read("dir\n!dir/keep\n!**/*.json");
        assert!(patterns.may_bring_back_below("dir", &Steps::default()));
        assert!(Exclusions::read("*\n!src").may_bring_back_below("src", &Steps::default()));
        assert!(Exclusions::read("*\n!src").may_bring_back_below("src/app", &Steps::default()));
        assert!(!Exclusions::read("*\n!src/app").may_bring_back_below("docs", &Steps::default()));
    }

    #[test]
    fn a_hostile_pattern_costs_little() {
        let text = format!("{}b", "**/*a".repeat(200));
        assert!(!left_out(&text, &"a/".repeat(500)));
        let many = format!("{text}\n").repeat(2_000);
        let (patterns, steps) = (Exclusions::read(&many), Steps::default());
        for _ in 0..5_000 {
            assert!(patterns.leave_out(&"a/".repeat(500), &steps).is_none());
        }
        assert!(steps.are_over());
    }
}
