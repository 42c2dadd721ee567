//! Whom programs such as `sudo` and `gosu` run another program as.

use crate::parse::shell::word::Word;

/// The user that the wrapper `name` runs its program as, by the words between the two; `None` if the words ask for a group or a login
/// shell, or if the program changes no user.
pub(super) fn run_as<'w>(name: &str, words: &'w [Word]) -> Option<&'w str> {
    match name {
        "sudo" | "doas" => sudo(words),
        "gosu" | "su-exec" => words
            .iter()
            .map(|word| word.text.as_str())
            .find(|text| !text.starts_with('-')),
        _ => None,
    }
}

/// `sudo -E -u app`, `sudo --user=app`, `sudo -uapp`; root if nothing else is said.
fn sudo(words: &[Word]) -> Option<&str> {
    let mut user = "root";
    let mut texts = words.iter().map(|word| word.text.as_str());
    while let Some(text) = texts.next() {
        match text {
            "-g" | "--group" | "-i" | "--login" => return None,
            "-u" | "--user" => user = texts.next()?,
            _ if text.starts_with("--group=") => return None,
            _ if text.starts_with("--") => {
                user = text.strip_prefix("--user=").unwrap_or(user);
            }
            _ => {
                let letters = text.strip_prefix('-').unwrap_or_default();
                match letters.find(['u', 'g', 'i', 'C', 'p', 'h', 'T', 'D', 'R', 'r', 't']) {
                    Some(at) if letters[at..].starts_with('u') => match &letters[at + 1..] {
                        "" => user = texts.next()?,
                        name => user = name,
                    },
                    Some(at) if letters[at..].starts_with(['g', 'i']) => return None,
                    Some(at) if at + 1 == letters.len() => {
                        texts.next();
                    }
                    _ => {}
                }
            }
        }
    }
    Some(user.split(':').next().unwrap_or(user))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::shell::{Start, parse};
    use crate::span::LocatedText;

    #[track_caller]
    fn is_run_as(text: &str, expected: Option<&str>) {
        let script = parse(&LocatedText::verbatim(text, 0), Start::default());
        let command = &script.commands[0];
        let words = &command.words[1..command.program];
        assert_eq!(run_as(&command.wrappers[0], words), expected, "{text}");
    }

    #[test]
    fn options_name_the_user() {
        is_run_as("sudo make", Some("root"));
        is_run_as("sudo -E -H A=b make", Some("root"));
        is_run_as("sudo -u app make", Some("app"));
        is_run_as("sudo -Eu app make", Some("app"));
        is_run_as("sudo -uapp make", Some("app"));
        is_run_as("sudo --user=app -n make", Some("app"));
        is_run_as("sudo --user ${NAME} make", Some("${NAME}"));
        is_run_as("sudo -p '' make", Some("root"));
        is_run_as("doas -u app make", Some("app"));
        is_run_as("gosu app:app make", Some("app:app"));
        is_run_as("sudo -g staff make", None);
        is_run_as("sudo -iu app make", None);
        is_run_as("nohup make", None);
    }
}
