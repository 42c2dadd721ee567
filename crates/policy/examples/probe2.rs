use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::{Engine, Value};
fn main() {
    let cases = [
        (
            "term undefined",
            "x := [input.no | some y in [1]]\n count(x) == 0",
        ),
        (
            "term undefined val",
            "x := [input.no | some y in [1]]\n x == [1]",
        ),
        (
            "term field",
            "x := {y.a | some y in [{\"a\": 1}, {}]}\n count(x) == 1",
        ),
        (
            "term field list",
            "x := [y.a | some y in [{}, {\"a\": 1}]]\n count(x) == 1",
        ),
        (
            "term field list count2",
            "x := [y.a | some y in [{}, {\"a\": 1}]]\n count(x) == 2",
        ),
        (
            "term obj val",
            "x := {y.k: y.a | some y in [{\"k\": 1}, {\"k\":2,\"a\": 1}]}\n count(x) == 1",
        ),
        (
            "term obj",
            "x := [{\"q\": y.a} | some y in [{}, {\"a\": 1}]]\n count(x) == 1",
        ),
        (
            "term arr",
            "x := [[y.a] | some y in [{}, {\"a\": 1}]]\n count(x) == 1",
        ),
        (
            "term call",
            "x := [f(y) | some y in [2, 3]]\n count(x) == 1",
        ),
        (
            "term call own",
            "x := [lower(y.a) | some y in [{}, {\"a\":\"x\"}]]\n count(x) == 1",
        ),
        (
            "term arith",
            "x := [y.a + 1 | some y in [{}, {\"a\":1}]]\n count(x) == 1",
        ),
        (
            "fix",
            "x := [y.a | some y in [{}, {\"a\": 1}]; y.a == y.a]\n count(x) == 1",
        ),
        (
            "fix call",
            "x := [v | some y in [2, 3]; v := f(y); v == v]\n count(x) == 1",
        ),
        (
            "head obj undefined",
            "some y in [{}, {\"a\": 1}]\n z := {\"at\": y.a}\n z == z\n",
        ),
        (
            "arg undefined",
            "count([1 | some y in [{}]; lower(y.a) == \"\"]) == 0",
        ),
        ("plus undefined", "not input.no + 1"),
        ("in undefined", "not input.no in [1]"),
        ("not eq undefined", "not input.no == 1"),
        ("eq undefined both", "input.no == input.no"),
        ("ne undefined", "input.no != 1"),
        ("array with undefined eq", "[input.no] == [1]"),
        ("array with undefined ne", "[input.no] != [1]"),
        ("obj with undefined ne", "{\"a\": input.no} != {}"),
        ("array in count", "count([input.no]) >= 0"),
        ("sprintf undefined", "sprintf(\"%v\", [input.no]) != \"\""),
        (
            "concat undefined",
            "concat(\",\", [input.no, \"a\"]) != \"\"",
        ),
        (
            "object.get with undefined default",
            "object.get({}, \"a\", input.no) != 3",
        ),
        ("fn arg undefined", "g(input.no)"),
        ("fn arg array undefined", "g([input.no])"),
        (
            "array.concat undefined",
            "array.concat([1], [input.no]) != []",
        ),
        ("union undefined", "{1} | {input.no} != {}"),
        (
            "some in array with undefined",
            "some q in [input.no, 1]\n q == 1",
        ),
        (
            "some in array with undefined other",
            "some q in [input.no, 1]",
        ),
        ("membership coll undefined", "1 in [input.no, 1]"),
        ("index undefined", "input.list[input.no]"),
        ("unify assigns", "q = input.no\n true"),
        ("unify assigns obj", "q = {\"a\": input.no}\n true"),
        ("unify assigns arr", "q = [input.no]\n true"),
        ("destr obj", "{\"a\": q} := {\"a\": input.no}\n true"),
        ("destr arr part", "[q, _] := [input.no, 1]\n true"),
        ("every undefined domain", "every q in input.no { q == 1 }"),
        (
            "cond inside term compr",
            "x := [[1 | y == 1] | some y in [1, 2]]\n x == [[1], []]",
        ),
        (
            "cond inside term compr fixed",
            "x := [[1 | some _ in [1]; y == 1] | some y in [1, 2]]\n x == [[1], []]",
        ),
        (
            "gen then inner filter compr",
            "x := [z | some y in [1, 2]; z := [1 | some q in [1]; q == y]]\n x == [[1], []]",
        ),
        (
            "not inside",
            "x := [y | some y in [1, 2]; not y == 1]\n x == [2]",
        ),
        (
            "every inside compr",
            "x := [y | some y in [[1], [2]]; every q in y { q == 1 }]\n x == [[1]]",
        ),
        ("else fn", "e(1) == 2\n e(5) == 3"),
        ("partial obj", "po.a == 1"),
        ("def rule value w undefined", "r1.a == 1"),
        ("def rule value not", "not r1"),
        ("def rule arr", "not r2"),
        ("fn value obj undefined", "not fo({})"),
        ("fn value ref undefined", "not fr({})"),
        ("set rule key undefined", "count(sr) == 0"),
        ("set rule obj key undefined", "count(so) == 0"),
    ];
    for (n, b) in cases {
        let text = format!(
            "package p\nf(x) := y if {{ x == 2; y := 1; y == y }}\ng(x) if true\ne(x) := 2 if {{ x == 1 }} else := 3 if {{ x == 5 }}\npo[k] := 1 if some k in [\"a\"]\nr1 := {{\"a\": 1, \"b\": input.no}}\nr2 := [input.no]\nfo(x) := {{\"a\": x.no}}\nfr(x) := x.no\nsr contains input.no if true\nso contains {{\"a\": input.no}} if true\ndeny contains 1 if {{\n {b}\n}}\n"
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
