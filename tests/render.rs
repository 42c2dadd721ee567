//! Charts render as Helm renders them, every byte of the output leads back to its files, and no chart exhausts the program.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fmt::Write as _;
use std::fs;

use hullmark::render::helm::chart::files::InMemory;
use hullmark::render::helm::chart::folder::Folder;
use hullmark::render::helm::chart::set::Kind;
use hullmark::render::helm::render::{Known, Options, Refusal, Rendering, ValuesFile, render};
use hullmark::render::place::{Origins, Place};
use hullmark::render::text::Text;
use proptest::prelude::*;
use serde_json::Value;

const CHART: &str = "apiVersion: v2\nname: t\nversion: 0.1.0\nappVersion: \"1.2.3\"\n";

/// A chart of a few files.
fn chart(files: &[(&str, &str)]) -> InMemory {
    let mut all = vec![("Chart.yaml".to_owned(), CHART.as_bytes().to_vec())];
    for (name, text) in files {
        all.retain(|(known, _)| known != name);
        all.push(((*name).to_owned(), text.as_bytes().to_vec()));
    }
    InMemory(all)
}

fn options() -> Options {
    Options {
        release: "rel".to_owned(),
        namespace: "ns".to_owned(),
        ..Options::default()
    }
}

fn printed(rendering: &Rendering) -> String {
    let mut out = String::new();
    for document in &rendering.documents {
        let text = document.text.to_str();
        let _ = writeln!(out, "---\n# Source: {}\n{text}", document.template);
    }
    out
}

/// The lines without empty ones and spaces at their ends: what Helm's versions agree in.
fn plain(text: &str) -> Vec<&str> {
    let lines = text.split('\n').map(str::trim_end);
    lines.filter(|line| !line.is_empty()).collect()
}

/// The options that the words of a command line say.
fn with_arguments(words: &[String]) -> Options {
    let mut options = options();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap().clone();
        match word.as_str() {
            "--include-crds" => options.include_crds = true,
            "--is-upgrade" => options.is_upgrade = true,
            "--kube-version" => options.kube_version = Some(value()),
            "--api-versions" => options.api_versions.push(value()),
            "--set" => options.set.push((Kind::Typed, value())),
            "--set-string" => options.set.push((Kind::Text, value())),
            "--set-json" => options.set.push((Kind::Json, value())),
            other => panic!("unknown argument {other}"),
        }
    }
    options
}

/// What is wrong with a case; nothing if it is as Helm's.
fn fault_of(case: &Value) -> Option<String> {
    let text = |name: &str| case[name].as_str();
    let mut files: Vec<(String, String)> = vec![
        (
            "Chart.yaml".to_owned(),
            text("chart").unwrap_or(CHART).to_owned(),
        ),
        (
            "values.yaml".to_owned(),
            text("values").unwrap_or_default().to_owned(),
        ),
    ];
    for (name, text) in case["files"].as_object().into_iter().flatten() {
        files.retain(|(known, _)| known != name);
        files.push((name.clone(), text.as_str().unwrap().to_owned()));
    }
    let at = text("at").unwrap();
    if let Some(template) = text("template") {
        let text = match at {
            "cm.yaml" => format!("apiVersion: v1\nkind: ConfigMap\nout: {template}\n"),
            _ => template.to_owned(),
        };
        files.push((format!("templates/{at}"), text));
    }
    let arguments = case["args"].as_array().cloned().unwrap_or_default();
    let words: Vec<String> = arguments
        .iter()
        .map(|word| word.as_str().unwrap().to_owned())
        .collect();
    let mut options = with_arguments(&words);
    for name in ["override", "override2"] {
        let value = text(name).map(|text| ValuesFile {
            name: format!("{name}.yaml"),
            text: text.to_owned(),
            known: Known::default(),
        });
        options.values.extend(value);
    }
    let files = files
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()));
    let outcome = render(&InMemory(files.collect()), &options);
    match (text("output"), outcome) {
        (None, Err(_)) => None,
        (None, Ok(_)) => Some("Helm refuses it".to_owned()),
        (Some(_), Err(refusal)) => Some(refusal.fault.message),
        (Some(wanted), Ok(rendering)) if at == "NOTES.txt" => {
            let notes = rendering.notes.to_str().into_owned();
            let same = notes.trim_end_matches('\n') == wanted.trim_end_matches('\n');
            (!same).then(|| format!("{notes:?} is not {wanted:?}"))
        }
        (Some(wanted), Ok(rendering)) => {
            let got = printed(&rendering);
            let same = plain(&got) == plain(wanted);
            (!same).then(|| format!("{got:?} is not {wanted:?}"))
        }
    }
}

#[test]
fn templates_render_as_helm_renders_them() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/render/helm/cases.jsonl"
    );
    let text = fs::read_to_string(path).unwrap();
    let cases: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(cases.len() > 250);
    let faults: Vec<String> = cases
        .iter()
        .filter_map(|case| fault_of(case).map(|fault| format!("{}: {fault}", case["name"])))
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The chart whose places are looked at.
fn located() -> InMemory {
    chart(&[
        (
            "values.yaml",
            "image:\n  repository: quay.io/x\n  tag: \"\"\nreplicas: 3\nresources:\n  limits:\n    memory: 64Mi\nannotations: {}\nmessage: \"hi {{ .Release.Name }} of {{ .Values.image.repository }}\"\nconfig: |\n  line one\n  line two\nhosts: [a.example, b.example]\nsub: {key: over}\n",
        ),
        (
            "templates/_helpers.tpl",
            "{{- define \"image\" -}}\n{{- $tag := .Values.image.tag | default .Chart.AppVersion -}}\n{{- printf \"%s:%s\" .Values.image.repository $tag -}}\n{{- end -}}\n",
        ),
        (
            "templates/a.yaml",
            "kind: Deployment\nreplicas: {{ .Values.replicas }}\nimage: {{ include \"image\" . | quote }}\nresources: {{- toYaml .Values.resources | nindent 2 }}\n{{- with .Values.annotations }}\nannotations: {{ . }}\n{{- end }}\nmessage: {{ tpl .Values.message . }}\nconfig: |\n  {{- .Values.config | upper | nindent 2 }}\npull: {{ .Values.image.pullPolicy | default \"Always\" }}\nsecret: {{ randAlphaNum 8 | b64enc | trunc 9 }}\nhosts:\n{{- range .Values.hosts }}\n- {{ . }}/x\n{{- end }}\n",
        ),
        (
            "charts/sub/Chart.yaml",
            "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
        ),
        ("charts/sub/values.yaml", "key: own\nother: mine\n"),
        (
            "charts/sub/templates/b.yaml",
            "kind: Z\nkey: {{ .Values.key }}\nother: {{ .Values.other }}\n",
        ),
    ])
}

/// `file:line` of a place, `-` for none.
fn line(origins: &Origins, place: Place) -> String {
    let found = origins.line(origins.resolve(place));
    found.map_or("-".to_owned(), |(name, line)| format!("{name}:{line}"))
}

/// Where the first byte of `needle` comes from: the value, the template, and the calls around it.
fn origin(rendering: &Rendering, needle: &str) -> (String, String) {
    let found = rendering.documents.iter().find_map(|document| {
        let at = document.text.to_str().find(needle)?;
        document
            .text
            .origin_at(u32::try_from(at).unwrap())
            .map(|(piece, _)| *piece)
    });
    let piece = found.unwrap_or_else(|| panic!("{needle} is not in the output"));
    let origins = &rendering.origins;
    let mut template = line(origins, piece.template);
    for site in origins.sites(piece.via, 9) {
        let _ = write!(template, " <- {}", line(origins, site));
    }
    let mut value = line(origins, piece.value);
    if let Some(hole) = origins.hole(piece.hole) {
        let _ = write!(value, " for {} {}", line(origins, hole.map), hole.path);
    }
    if piece.unknown {
        value.push_str(" unknown");
    }
    (value, template)
}

#[test]
fn every_byte_leads_back_to_its_value_and_its_template() {
    let rendering = render(&located(), &options()).unwrap();
    for (needle, value, template) in [
        ("Deployment", "-", "templates/a.yaml:1"),
        ("3\nimage", "values.yaml:4", "templates/a.yaml:2"),
        (
            "quay.io/x:",
            "values.yaml:2",
            "templates/_helpers.tpl:3 <- templates/a.yaml:3",
        ),
        (
            ":1.2.3",
            "-",
            "templates/_helpers.tpl:3 <- templates/a.yaml:3",
        ),
        (
            "1.2.3\"",
            "Chart.yaml:4 for values.yaml:3 ",
            "templates/_helpers.tpl:3 <- templates/a.yaml:3",
        ),
        ("memory", "values.yaml:7", "templates/a.yaml:4"),
        ("64Mi", "values.yaml:7", "templates/a.yaml:4"),
        ("hi rel", "values.yaml:9", "templates/a.yaml:8"),
        ("rel of", "-", "values.yaml:9 <- templates/a.yaml:8"),
        (
            "quay.io/x\nconfig",
            "values.yaml:2",
            "values.yaml:9 <- templates/a.yaml:8",
        ),
        ("LINE ONE", "values.yaml:11", "templates/a.yaml:10"),
        ("LINE TWO", "values.yaml:12", "templates/a.yaml:10"),
        (
            "Always",
            "- for values.yaml:2 pullPolicy",
            "templates/a.yaml:11",
        ),
        ("YWJjZGVmZ", "- unknown", "templates/a.yaml:12"),
        ("a.example", "values.yaml:13", "templates/a.yaml:15"),
        ("/x\n- b", "-", "templates/a.yaml:15"),
        ("over", "values.yaml:14", "charts/sub/templates/b.yaml:2"),
        (
            "mine",
            "charts/sub/values.yaml:2",
            "charts/sub/templates/b.yaml:3",
        ),
    ] {
        let (got_value, got_template) = origin(&rendering, needle);
        assert_eq!(
            (got_value.as_str(), got_template.as_str()),
            (value, template),
            "{needle}"
        );
    }
}

#[test]
fn a_values_file_is_where_its_values_come_from() {
    let mut options = options();
    let text = "replicas: 5\nsub:\n  other: theirs\n".to_owned();
    let file = ValuesFile::plain("ci/ha-values.yaml".to_owned(), text);
    options.values.push(file);
    options.set.push((Kind::Typed, "image.tag=v9".to_owned()));
    let rendering = render(&located(), &options).unwrap();
    assert_eq!(origin(&rendering, "5\nimage").0, "ci/ha-values.yaml:1");
    assert_eq!(origin(&rendering, "theirs").0, "ci/ha-values.yaml:3");
    assert_eq!(origin(&rendering, "v9").0, "-");
}

#[test]
fn a_block_that_is_left_out_leaves_a_mark() {
    let rendering = render(&located(), &options()).unwrap();
    let document = &rendering.documents[0].text;
    let marks = document
        .pieces()
        .windows(2)
        .filter(|pair| pair[0].at == pair[1].at);
    let marks: Vec<(String, String)> = marks
        .map(|pair| {
            (
                line(&rendering.origins, pair[0].value),
                line(&rendering.origins, pair[0].template),
            )
        })
        .collect();
    assert_eq!(
        marks,
        [("values.yaml:8".to_owned(), "templates/a.yaml:5".to_owned())]
    );
}

/// The bytes at an exact piece are those of the file that it points into.
fn check_exact(text: &Text, origins: &Origins) {
    for (index, piece) in text.pieces().iter().enumerate() {
        let next = text
            .pieces()
            .get(index + 1)
            .map_or(text.len(), |next| next.at as usize);
        let bytes = &text.bytes()[piece.at as usize..next];
        for (place, is_exact) in [(piece.value, piece.exact), (piece.template, piece.literal)] {
            let Some(file) = origins.file(place.file).filter(|_| is_exact) else {
                continue;
            };
            assert_eq!(file.text.bytes().get(place.span.range()), Some(bytes));
        }
    }
}

#[test]
fn exact_pieces_are_the_bytes_of_their_file() {
    let rendering = render(&located(), &options()).unwrap();
    for document in &rendering.documents {
        // Upper case is of the same length as what it stands for, and the only change that keeps a piece exact.
        if !document.text.to_str().contains("LINE ONE") {
            check_exact(&document.text, &rendering.origins);
        }
    }
}

fn refusal(files: &[(&str, &str)]) -> Box<Refusal> {
    render(&chart(files), &options()).unwrap_err()
}

#[test]
fn a_refusal_says_where() {
    for (files, place, message) in [
        (
            &[("templates/a.yaml", "a: b\nc: {{ .Values.x.y }}\n")][..],
            "templates/a.yaml:2:7",
            "nil pointer",
        ),
        (
            &[(
                "templates/a.yaml",
                "{{ include \"x\" . }}{{ define \"x\" }}\n{{ fail \"no\" }}{{ end }}",
            )],
            "templates/a.yaml:2:4",
            "no",
        ),
        (
            &[("templates/a.yaml", "a:\n{{ if }}x{{ end }}")],
            "templates/a.yaml:2:7",
            "missing value for if",
        ),
        (
            &[("values.yaml", "a: 1\nb: [\n")],
            "values.yaml:2:4",
            "values.yaml",
        ),
        (
            &[
                ("templates/a.yaml", "{{ tpl .Values.t . }}"),
                ("values.yaml", "t: \"x{{ .Values.n.o }}\"\n"),
            ],
            "values.yaml:1:9",
            "nil pointer",
        ),
        (
            &[("templates/a.yaml", "a: 1\nb:\n\tc: 1\n")],
            "templates/a.yaml:3:2",
            "YAML parse error",
        ),
    ] {
        let refusal = refusal(files);
        let origins = &refusal.origins;
        let (name, line, column) = origins
            .position(origins.resolve(refusal.fault.place))
            .unwrap();
        assert_eq!(
            format!("{name}:{line}:{column}"),
            place,
            "{}",
            refusal.fault.message
        );
        assert!(
            refusal.fault.message.contains(message),
            "{}",
            refusal.fault.message
        );
    }
}

#[test]
fn a_lenient_rendering_notes_what_is_refused_and_looks_beside_the_chart() {
    let repository = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = repository.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    fs::create_dir(repository.path().join(".git")).unwrap();
    let wanted = "dependencies:\n- {name: common, version: 1.x.x, repository: 'oci://r/c'}\n- {name: gone, version: 1.0.0}\n";
    write("app/Chart.yaml", &format!("{CHART}{wanted}"));
    write(
        "app/templates/a.yaml",
        "{{ include \"common.x\" . }}\nb: {{ required \"set b\" .Values.b | quote }}\n",
    );
    write(
        "common/Chart.yaml",
        "apiVersion: v2\nname: common\nversion: 1.2.0\ntype: library\n",
    );
    write(
        "common/templates/_x.tpl",
        "{{ define \"common.x\" }}a: 1{{ end }}",
    );
    let folder = Folder::new(&repository.path().join("app")).unwrap();
    assert!(render(&folder, &options()).is_err());
    let mut lenient = options();
    lenient.is_lenient = true;
    let rendering = render(&folder, &lenient).unwrap();
    assert_eq!(
        printed(&rendering),
        "---\n# Source: t/templates/a.yaml\na: 1\nb: \"\"\n"
    );
    assert_eq!(rendering.missing[0].0, "gone");
    assert_eq!(rendering.passed_over[0].message, "set b");
    let place = rendering.documents[0].text.pieces()[0].template;
    let common = repository.path().join("common").canonicalize().unwrap();
    assert_eq!(
        line(&rendering.origins, place),
        format!("{}/templates/_x.tpl:1", common.display())
    );
}

#[test]
fn no_chart_exhausts_the_program() {
    let deep_if = "{{ if true }}".repeat(50_000);
    let deep_list = format!("a: {}", "[".repeat(50_000));
    let aliases: String = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        format!("{text}a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1)
    });
    for (values, template) in [
        (
            "",
            "{{ define \"r\" }}{{ include \"r\" . }}{{ end }}{{ include \"r\" . }}",
        ),
        (
            "",
            "{{ define \"r\" }}{{ include \"r\" . }}{{ include \"r\" . }}{{ end }}{{ include \"r\" . }}",
        ),
        ("t: '{{ tpl .Values.t . }}'\n", "{{ tpl .Values.t . }}"),
        ("", "{{ range until 100000000 }}x{{ end }}"),
        ("", "{{ range 2000000000 }}x{{ end }}"),
        ("", "{{ repeat 2000000000 \"x\" }}"),
        (
            "",
            "{{ $x := \"x\" }}{{ range until 60 }}{{ $x = print $x $x }}{{ end }}{{ $x }}",
        ),
        (
            "",
            "{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}{{ $x }}",
        ),
        (
            "",
            "{{ $x := list 1 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }}",
        ),
        ("", "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $d }}"),
        (
            "",
            "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ toYaml $d }}",
        ),
        (
            "",
            "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $e := deepCopy $d }}",
        ),
        (
            "",
            "{{ $x := list }}{{ range until 300000 }}{{ $x = list $x }}{{ end }}{{ $x }}",
        ),
        (
            "",
            "{{ regexMatch (repeat 40000 \"(a{1,1000}){1,1000}\") \"a\" | ternary \"\" (fail \"x\") }}",
        ),
        (
            "",
            "{{ printf \"%*d\" 2000000000 1 | len | repeat 100000000 }}",
        ),
        ("", deep_if.as_str()),
        (deep_list.as_str(), ""),
        (aliases.as_str(), "{{ toYaml .Values }}"),
    ] {
        let files = chart(&[("values.yaml", values), ("templates/a.yaml", template)]);
        let refused = render(&files, &options()).is_err();
        assert!(refused, "{} renders", &template[..template.len().min(80)]);
    }
}

/// Pieces of templates, most of which mean something after one another.
fn fragments() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "{{",
        "}}",
        "{{-",
        " -}}",
        " ",
        "\n",
        "|",
        "(",
        ")",
        "if ",
        "else",
        "end",
        "range ",
        "with ",
        "define \"x\"",
        "include \"x\" .",
        "template \"x\" .",
        ".",
        ".Values",
        ".Values.a",
        ".Values.m.k",
        "$",
        "$x",
        ":=",
        "=",
        ",",
        "\"s\"",
        "`r`",
        "'c'",
        "1",
        "-3",
        "1.5",
        "0x1F",
        "nil",
        "true",
        "default 1",
        "quote",
        "toYaml",
        "nindent 2",
        "printf \"%v-%d\"",
        "list 1 \"a\"",
        "dict \"a\" 1",
        "tpl \"{{ . }}\" .",
        "trunc 1",
        "é",
        "/* c */",
        "break",
        "fromYaml \"a: 1\"",
        "index",
        "len",
        "eq 1",
        "a: b",
        "{{ .Values.l }}",
        "{{ end }}",
        "{{ range .Values.l }}",
        "{{ if .Values.a }}",
        "{{ define \"x\" }}",
        "{{ . | toJson | indent 1 }}",
        "replace \"a\" \"b\"",
        "split \",\"",
        "merge",
        "set .Values \"z\"",
        "upper",
        "b64enc",
        "substr 1 2",
        "regexReplaceAll \"a*\"",
    ]);
    prop::collection::vec(words, 0..24).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_template_renders_or_is_refused_and_always_alike(template in fragments(), values in "[a-m]: [^\u{0}]{0,12}") {
        let values = format!("a: text\nl: [1, b, {{c: d}}]\nm: {{k: é}}\n{values}\n");
        let files = chart(&[("values.yaml", &values), ("templates/a.yaml", &template)]);
        let once = render(&files, &options());
        let again = render(&files, &options());
        match (once, again) {
            (Ok(one), Ok(other)) => {
                prop_assert_eq!(printed(&one), printed(&other));
                for document in &one.documents {
                    for piece in document.text.pieces() {
                        for place in [piece.value, piece.template] {
                            let file = one.origins.file(place.file);
                            prop_assert!(file.is_none_or(|file| place.span.end as usize <= file.text.len()));
                        }
                    }
                }
            }
            (Err(one), Err(other)) => prop_assert_eq!(one.fault.message, other.fault.message),
            _ => prop_assert!(false, "rendered once only"),
        }
    }

    #[test]
    fn any_text_is_a_template_or_is_refused(template in "\\PC{0,40}|(\\{\\{|\\}\\}|[ -~]){0,30}") {
        let files = chart(&[("templates/a.yaml", &template)]);
        let _ = render(&files, &options());
    }
}
