use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::{Engine, Value};
fn main() {
    let cases = [
        ("empty [1|cond]", "x := [1 | input.no]\n count(x)==0"),
        (
            "gen first then cond false",
            "x := [1 | input.no; some y in [1]]\n count(x)==0",
        ),
        (
            "some _ in [1]",
            "x := [1 | some _ in [1]; input.no]\n count(x)==0",
        ),
        ("assign in compr", "x := [y | y := input.no]\n count(x)==0"),
        ("set", "x := {1 | input.no}\n count(x)==0"),
        ("obj", "x := {\"a\": 1 | input.no}\n count(x)==0"),
        ("inline count", "count([1 | input.no])==0"),
        (
            "some over missing",
            "x := [1 | some y in input.no]\n count(x)==0",
        ),
        (
            "some over missing, cond first",
            "x := [1 | input.yes; some y in input.no]\n count(x)==0",
        ),
        (
            "cond first fails at function",
            "x := [y | f(1); some y in [1]]\n count(x)==0",
        ),
        (
            "filter in loop",
            "x := [y | some y in [1]; y == 2]\n count(x)==0",
        ),
        (
            "term undefined",
            "x := [input.no | some y in [1]]\n count(x)==0",
        ),
        (
            "term undefined2",
            "x := [y.a | some y in [1]]\n count(x)==0",
        ),
        ("not in compr", "x := [1 | not input.yes]\n count(x)==0"),
        (
            "every in compr",
            "x := [1 | every y in [1] { y == 2 }]\n count(x)==0",
        ),
        (
            "wildcard gen",
            "x := [1 | input.list[_] == 7]\n count(x)==0",
        ),
        ("var index", "x := [i | input.list[i] == 7]\n count(x)==0"),
        (
            "var index hit",
            "x := [i | input.list[i] == 2]\n count(x)==1",
        ),
        ("var index stmt", "input.list[i] == 2\n i == 1"),
        ("wild stmt", "input.list[_] == 2"),
        ("some i decl", "some i\n input.list[i] == 2\n i == 1"),
        ("destruct undefined", "[a, b] := input.no"),
        ("destruct undefined2", "[a, b] := [1, input.no]"),
        ("unify undefined", "a = input.no"),
        ("assign undefined", "a := input.no"),
        ("assign undef in obj", "a := {\"k\": input.no}"),
        ("assign undef in arr", "a := [input.no]"),
        ("assign fn", "a := f(1)"),
        ("assign neg", "a := 1 + input.no"),
        ("guarded obj", "a := {\"k\": input.no}; a == a"),
        ("object key obj", "a := {\"k\": {\"j\": input.no}}; a == a"),
        ("undefined in call arg", "count([input.no]) == 0"),
        ("compr nested in call fails", "max([1 | input.no]) == 1"),
        (
            "undefined compr term lookups",
            "x := {k: v | some k, v in {\"a\": 1}; v == 2}; count(x) == 0",
        ),
        (
            "count of gen-less false cond eq",
            "x := [1 | 1 == 2]; count(x) == 0",
        ),
        (
            "some _ in [1] with key",
            "x := [1 | some _, _ in [1]; 1 == 2]; count(x) == 0",
        ),
        (
            "compr in compr",
            "x := [y | some z in [1]; y := [1 | z == 2]]; x == [[]]",
        ),
        (
            "compr in compr gen",
            "x := [y | some z in [1]; y := [1 | some _ in [1]; z == 2]]; x == [[]]",
        ),
        (
            "every gen-less",
            "every y in [1] { x := [1 | y == 2]; count(x) == 0 }",
        ),
        ("not count", "not count([1 | 1 == 2]) == 1"),
        ("in compr", "not 1 in [1 | 1 == 2]"),
        (
            "legacy some in obj",
            "some k, v in input.obj; k == \"a\"; v == 1",
        ),
        ("backtick", "input.filtered[`a | \"b\"`] == 3"),
        (
            "obj undefined field ",
            "x := {\"a\": 1, \"b\": input.no}\n not x.b",
        ),
        ("user alias", "doc := input\n doc.yes"),
        ("true yields", "input.no == false"),
        ("neg num", "-1 == input.neg"),
    ];
    for (n, b) in cases {
        let text = format!(
            "package p\nf(x) := y if {{ x == 2; y := 1 }}\ndeny contains 1 if {{\n {b}\n}}\n"
        );
        let input = Value::from_json_str(
            r#"{"yes":true,"list":[1,2,3],"obj":{"a":1},"filtered":{"a | \"b\"":3},"neg":-1}"#,
        )
        .unwrap();
        let mut e = Engine::new();
        e.set_strict_builtin_errors(false);
        if let Err(x) = e.add_policy("p.rego".into(), text.clone()) {
            println!("{n}: ADD {x}");
            continue;
        }
        let c = e.compile_with_entrypoint(&"data.p.deny".into());
        let vm = match c {
            Ok(c) => match Compiler::compile_from_policy(&c, &["data.p.deny"]) {
                Ok(p) => {
                    let mut v = RegoVM::new();
                    v.load_program(p);
                    v.set_data(Value::new_object()).unwrap();
                    v.set_input(input.clone());
                    format!(
                        "{:?}",
                        v.execute_entry_point_by_index(0)
                            .map(|v| v.to_string())
                            .map_err(|e| e.to_string())
                    )
                }
                Err(x) => format!("C {x}"),
            },
            Err(x) => format!("C {x}"),
        };
        e.set_input(input);
        let i = format!(
            "{:?}",
            e.eval_rule("data.p.deny".into())
                .map(|v| v.to_string())
                .map_err(|e| e.to_string())
        );
        println!(
            "{}{n}: vm {vm} int {i}",
            if vm == i { "   " } else { "DIFF " }
        );
    }
}
