//! The parser on what real Dockerfiles hold, and on what breaks others.

use super::*;

fn read(text: &str) -> (Dockerfile, Vec<Problem>) {
    let mut problems = Vec::new();
    let file = parse(text, &mut problems);
    (file, problems)
}

fn keywords(file: &Dockerfile) -> Vec<&str> {
    file.instructions
        .iter()
        .map(|instruction| instruction.keyword.as_str())
        .collect()
}

#[test]
fn continued_lines_are_joined_over_comments_and_blank_lines() {
    let text = "FROM a\nRUN apt-get update && \\\n# why\n\n    apt-get install -y \\  \n    curl\nUSER app\n";
    let (file, problems) = read(text);
    let rules: Vec<&str> = problems.iter().map(|problem| problem.kind.rule).collect();
    assert_eq!(rules, ["dockerfile/blank-after-continuation"]);
    assert_eq!(keywords(&file), ["FROM", "RUN", "USER"]);
    let run = &file.instructions[1];
    let curl = run.words.last().unwrap();
    assert_eq!((curl.text.as_str(), curl.span.of(text)), ("curl", "curl"));
    assert_eq!(file.comments.len(), 1);
    assert_eq!(run.span.of(text).lines().count(), 5);
}

#[test]
fn here_documents_end_where_they_say() {
    let text = "FROM a\nRUN cat <<EOF >> /f && cat <<'B'\none $X\nEOF\n\ttwo\nB\nCOPY <<-E1 <<E2 /d/\n\tx\n\tE1\ny\nE2\nUSER app\n";
    let (file, problems) = read(text);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(keywords(&file), ["FROM", "RUN", "COPY", "USER"]);
    let run = &file.instructions[1];
    assert_eq!(run.heredocs[0].text.text, "one $X\n");
    assert!(run.heredocs[0].expands && !run.heredocs[1].expands);
    let copy = &file.instructions[2];
    assert_eq!(
        (
            copy.heredocs[0].text.text.as_str(),
            copy.heredocs[1].text.text.as_str()
        ),
        ("x\n", "y\n")
    );
    assert_eq!(copy.heredocs[0].text.span(0..1).of(text), "x");
}

#[test]
fn here_documents_are_announced_as_the_builder_sees_it() {
    let names = |line: &str| -> Vec<(String, bool)> {
        let (file, _) = read(&format!("FROM a\n{line}\n"));
        let instruction = &file.instructions[1];
        let holder = instruction.inner.as_deref().unwrap_or(instruction);
        let heredocs = holder.heredocs.iter();
        heredocs
            .map(|heredoc| (heredoc.name.clone(), heredoc.expands))
            .collect()
    };
    for (line, name, expands) in [
        ("RUN 3<<E", "E", true),
        ("RUN <<  E  > foo", "E", true),
        ("RUN << -E", "-E", true),
        ("RUN <<-E", "E", true),
        ("RUN <<$E", "$E", true),
        ("RUN <<'one two'", "one two", false),
        ("RUN <<eo'f'", "eof", false),
        ("RUN <<eo\\'f", "eo'f", true),
        ("RUN <<'e'o\\'f", "eo'f", false),
        ("RUN <<\"E\" python3", "E", false),
        ("RUN echo \"${A:-'}'}\" <<E", "E", true),
        ("RUN echo ${a/b/c} ${#} $# <<E", "E", true),
        ("COPY <<f.txt /x", "f.txt", true),
        ("ONBUILD RUN <<E", "E", true),
    ] {
        assert_eq!(names(line), [(name.to_owned(), expands)], "{line}");
    }
    for line in [
        "USER <<E",
        "RUN [\"<<E\"]",
        "RUN \"<<E\"",
        "RUN cat<<E",
        "RUN <<<E",
        "RUN <<",
        "RUN << ",
        "RUN echo ${a^^} <<E",
        "RUN echo 'it <<E",
        "RUN echo ${a:-b <<E",
    ] {
        assert_eq!(names(line), [], "{line}");
    }
    let (file, problems) = read("FROM a\nRUN cat <<E; true\nx\nE\nUSER b\n");
    assert_eq!(keywords(&file), ["FROM", "RUN", "USER"]);
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn shifts_and_here_strings_are_no_here_documents() {
    let (file, problems) =
        read("FROM a\nRUN echo $((1<<2)) && cat <<<word && echo '<<EOF'\nUSER app\n");
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(file.instructions.len(), 3);
}

#[test]
fn the_escape_directive_counts_at_the_top_only() {
    let (file, problems) = read("# escape=`\nFROM a\nRUN dir `\n  c:\\\nUSER app\n");
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(keywords(&file), ["FROM", "RUN", "USER"]);
    let (file, _) = read("# a comment\n# escape=`\nFROM a \\\n AS b\n");
    assert_eq!(file.instructions[0].words.len(), 3);
}

#[test]
fn json_that_is_none_is_shell() {
    let text = "FROM a\nCMD ['x']\nENTRYPOINT [\"/bin/x\", \"-a\\\"b\"]\nRUN [ \"$x\" = y ]\n";
    let (file, _) = read(text);
    assert!(!file.instructions[1].is_exec && !file.instructions[3].is_exec);
    let entry = &file.instructions[2];
    assert!(entry.is_exec);
    assert_eq!(entry.words[1].text, "-a\"b");
    assert_eq!(entry.words[0].span.of(text), "\"/bin/x\"");
}

#[test]
fn pairs_and_flags_know_their_places() {
    let text = "ARG A=1 B\nFROM --platform=linux/amd64 a\nENV X=1 Y=\"two words\" Z=a\\ b\nENV OLD the rest\nCOPY --from=b --chown=\"u:g\" x /y\n";
    let (file, problems) = read(text);
    assert!(problems.is_empty(), "{problems:?}");
    let names = |index: usize| -> Vec<(&str, Option<&str>)> {
        let pairs = file.instructions[index].pairs.iter();
        pairs
            .map(|pair| (pair.name.as_str(), pair.value.as_deref()))
            .collect()
    };
    assert_eq!(names(0), [("A", Some("1")), ("B", None)]);
    assert_eq!(
        names(2),
        [
            ("X", Some("1")),
            ("Y", Some("\"two words\"")),
            ("Z", Some("a\\ b"))
        ]
    );
    assert_eq!(names(3), [("OLD", Some("the rest"))]);
    let copy = &file.instructions[4];
    assert_eq!(copy.flags[0].value_span.of(text), "b");
    assert_eq!(copy.flags[1].value.as_deref(), Some("u:g"));
    assert_eq!(copy.words.len(), 2);
}

#[test]
fn what_the_builder_refuses_costs_itself_alone() {
    for (text, message) in [
        ("# nothing\n", "no instruction"),
        ("# c\n", "no instruction"),
        ("FROM a\nENV PATH\nUSER b\n", "needs a value"),
        ("FROM a b\n", "takes an image"),
        ("FROM a\nRNU x\n", "did you mean `RUN`"),
        ("FROM a\nSHELL bash\n", "JSON list"),
        ("FROM a\nRUN <<EOF\nx\n", "not closed"),
        ("FROM a\nONBUILD RNU b\n", "unknown instruction"),
        ("FROM a\nONBUILD COPY b\n", "source and a destination"),
        ("FROM a\nCOPY x <<E\nE\n", "cannot be a here-document"),
        ("FROM a\nARG =x\n", "needs a name"),
        ("FROM a\nVOLUME [\"\"]\n", "needs a path"),
        ("FROM a AS 1\n", "begins with a letter"),
        ("FROM a\nUSER 'b\n", "nothing closes"),
        ("FROM a\nENV A it's\n", "nothing closes"),
        ("FROM a\nHEALTHCHECK --timeout=5 CMD x\n", "with its unit"),
        (
            "FROM a\nRUN --mount=type=tmp,target=/x x\n",
            "is of type `tmp`",
        ),
        ("FROM a\nCOPY --form=b x y\n", "no flag `--form`"),
        ("FROM a\nHEALTHCHECK x\n", "knows `CMD`"),
    ] {
        let (_, problems) = read(text);
        assert_eq!(problems.len(), 1, "{text:?}: {problems:?}");
        assert!(
            problems[0].message.contains(message),
            "{text:?}: {problems:?}"
        );
    }
}

#[test]
fn odd_texts_do_not_break_the_parser() {
    for text in [
        "\\",
        "\u{0}\u{0}",
        "RUN \\\n",
        "FROM \"",
        "ENV =",
        "RUN <<",
        "COPY <<- x",
        "ONBUILD",
        "ONBUILD ONBUILD RUN x",
        "FROM a\r\nRUN \\\r\n b\r\n",
        "ENV é=ü \\",
        "RUN <<é\né\n",
        "RUN <<E\nx",
        "RUN <<E <<F\r\nx\r\nE\r\n\r",
    ] {
        let (file, _) = read(text);
        for instruction in &file.instructions {
            assert!(instruction.span.end as usize <= text.len(), "{text:?}");
            for heredoc in &instruction.heredocs {
                let span = heredoc.text.span(0..heredoc.text.text.len());
                assert!(text.get(span.range()).is_some(), "{text:?}");
            }
        }
    }
}

#[test]
fn variables_expand_as_the_builder_does() {
    let mut variables = Variables::default();
    variables.set("TAG", Some("1.2".to_owned()));
    variables.set("EMPTY", Some(String::new()));
    variables.set("OPEN", None);
    for (text, value, known) in [
        ("a:$TAG", "a:1.2", true),
        ("a:${TAG}-x", "a:1.2-x", true),
        ("${NONE:-b}", "b", true),
        ("${EMPTY:-b}", "b", true),
        ("${EMPTY-b}", "", true),
        ("${TAG:+c}", "c", true),
        ("$OPEN", "$OPEN", false),
        ("${OPEN:-d}", "d", true),
        ("'$TAG'", "'$TAG'", true),
        ("\\$TAG", "\\$TAG", true),
        ("${NONE:-${TAG}}", "1.2", true),
        ("${", "${", false),
    ] {
        let expanded = variables.expand(text);
        assert_eq!(
            (expanded.text.as_str(), expanded.is_known),
            (value, known),
            "{text}"
        );
    }
}
