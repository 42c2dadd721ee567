//! Renews the tables in `data/kubernetes/`: `docs/schemas.md` says from what.
//!
//! ```text
//! crds PROJECT SOURCE RELEASE=PATH …      the table of a project, from its definitions in files or folders, oldest release first
//! kubernetes MINOR DEFINITIONS [GO]       a release more in kubernetes.schema, from _definitions.json and k8s.io/api's Go files
//! ```

mod crds;
mod kubernetes;
mod share;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["crds", project, source, releases @ ..] if !releases.is_empty() => {
            crds::table(project, source, releases)
        }
        ["kubernetes", minor, definitions] => kubernetes::table(minor, definitions, None),
        ["kubernetes", minor, definitions, go] => kubernetes::table(minor, definitions, Some(go)),
        _ => Err("usage: crds PROJECT SOURCE RELEASE=PATH … | kubernetes MINOR DEFINITIONS [GO]".to_owned()),
    };
    match done {
        Ok(table) => {
            print!("{table}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
