use hullmark_policy::{bundle::Compiler, schema::Schema};
use regorus::rvm::program::{DeserializationResult, Program};
fn main() {
    let mut c = Compiler::new(Schema::of_tables());
    for p in std::env::args().skip(1) {
        let t = std::fs::read_to_string(&p).unwrap();
        if let Err(e) = c.add(&p, &t) {
            println!("{e:?}")
        }
    }
    match c.compile(&|_| false) {
        Ok(b) => {
            for r in &b.rules {
                println!("{} {:?} {:?}", r.id, r.filters, r.preconditions)
            }
            for p in &b.programs {
                if !p.bytes.is_empty() {
                    if let DeserializationResult::Complete(p) =
                        Program::deserialize_binary(&p.bytes).unwrap()
                    {
                        for s in &p.sources {
                            if !s.name.contains("lib/") {
                                println!("{}\n{}", s.name, s.content)
                            }
                        }
                    }
                } else {
                    println!("INTERP")
                }
            }
        }
        Err(e) => println!("{e:?}"),
    }
}
