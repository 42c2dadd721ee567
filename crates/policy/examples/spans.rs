use regorus::unstable::*;
fn kids(e: &Expr) -> Vec<&Expr> {
    match e {
        Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().map(|x| &**x).collect(),
        Expr::Object { fields, .. } => fields.iter().flat_map(|(_, k, v)| [&**k, &**v]).collect(),
        Expr::ArrayCompr { term, .. } | Expr::SetCompr { term, .. } => vec![term],
        Expr::ObjectCompr { key, value, .. } => vec![key, value],
        Expr::Call { fcn, params, .. } => {
            let mut v: Vec<&Expr> = vec![fcn];
            v.extend(params.iter().map(|x| &**x));
            v
        }
        Expr::UnaryExpr { expr, .. } => vec![expr],
        Expr::RefDot { refr, .. } => vec![refr],
        Expr::RefBrack { refr, index, .. } => vec![refr, index],
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => vec![lhs, rhs],
        Expr::Membership {
            value, collection, ..
        } => vec![value, collection],
        _ => vec![],
    }
}
fn show(e: &Expr, d: usize) {
    let s = format!("{e:?}");
    println!(
        "{}{} {:?}",
        "  ".repeat(d),
        s.split([' ', '{']).next().unwrap(),
        e.span().text()
    );
    for k in kids(e) {
        show(k, d + 1)
    }
}
fn main() {
    let t = "package a\nx if {\n\tnot (a.b == 1)\n\tc := (1 + 2) * 3\n\tf(a, \"q\\\"x\").b[c.d].e\n\t{1,2} | {3}\n\tx in {\"a\"}\n\tnot x in y\n\ty := {\"aliases\": `raw`}\n\tz := [q | some q in (r)]\n -1 == x\n} else := (5) if (x)\ny(a) := (a.b > 3)\ny(a) if ((a.b > 3))\ny(a) := a.b > 3\ny(a) if a.b > (3)\ny(a) if { a }\n y(a) if {{1} == a}\n";
    let s = Source::from_contents("a".into(), t.into()).unwrap();
    let mut p = Parser::new(&s).unwrap();
    p.enable_rego_v1().unwrap();
    let m = p.parse().unwrap();
    for r in &m.policy {
        println!("RULE {:?}", r.span().text());
        if let Rule::Spec { head, bodies, .. } = &**r {
            match head {
                RuleHead::Func {
                    assign: Some(a), ..
                } => show(&a.value, 2),
                _ => {}
            };
            for b in bodies {
                if let Some(a) = &b.assign {
                    println!(" assign");
                    show(&a.value, 2)
                };
                println!(" Q {:?}", b.query.span.text());
                for s in &b.query.stmts {
                    println!("  S {:?}", s.span.text());
                    match &s.literal {
                        Literal::Expr { span, expr } | Literal::NotExpr { span, expr } => {
                            println!("   L {:?}", span.text());
                            show(expr, 3)
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}
