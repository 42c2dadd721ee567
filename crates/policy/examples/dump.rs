use hullmark_policy::{bundle::Compiler, schema::Schema};
fn main() {
    let root = std::env::args().nth(1).unwrap();
    let mut c = Compiler::new(Schema::of_tables());
    let mut v = vec![];
    fn walk(p: std::path::PathBuf, v: &mut Vec<std::path::PathBuf>) {
        if p.is_dir() {
            for e in std::fs::read_dir(p).unwrap() {
                walk(e.unwrap().path(), v)
            }
        } else if p.extension().is_some_and(|e| e == "rego") {
            v.push(p)
        }
    }
    walk(root.clone().into(), &mut v);
    v.sort();
    let t = std::time::Instant::now();
    for p in v {
        let t = std::fs::read_to_string(&p).unwrap();
        if let Err(e) = c.add(&p.display().to_string(), &t) {
            eprintln!("{e:?}")
        }
    }
    eprintln!("add {:?}", t.elapsed());
    let t = std::time::Instant::now();
    match c.compile(&|_| false) {
        Ok(b) => {
            eprintln!("compile {:?}", t.elapsed());
            for r in &b.rules {
                println!(
                    "== {} tables {:?} full {:?}\n lookups {:?}\n sizes {:?}\n filters {:#?}\n pre {:#?}",
                    r.id,
                    r.tables,
                    r.full_scans,
                    r.lookups
                        .iter()
                        .map(|l| (&l.table, &l.field, &l.filters))
                        .collect::<Vec<_>>(),
                    r.sizes
                        .iter()
                        .map(|l| (&l.table, &l.field))
                        .collect::<Vec<_>>(),
                    r.filters,
                    r.preconditions
                );
            }
            for p in &b.programs {
                if p.bytes.is_empty() {
                    for (n, _) in &p.modules {
                        println!("INTERP {n}")
                    }
                }
            }
        }
        Err(e) => eprintln!("{e:?}"),
    }
}
