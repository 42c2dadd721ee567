//! `hullmark migrate`: what the configurations of other linters say becomes a `hullmark.yml`, and of each line is said what became of it.

mod file;
mod tools;
mod wanted;

use std::path::Path;

use crate::cli::arguments;
use crate::cli::migrate::file::File;
use crate::cli::migrate::wanted::Wanted;
use crate::cli::{CliError, ExitStatus, new_config, print_text, say};
use crate::regular;
use crate::rules;

/// The largest configuration that is read.
const LARGEST: u64 = 1 << 20;

/// What reads a configuration.
type Reader = fn(&mut File<'_>);

/// The configurations of other linters, from the root of a project, and what reads each. The inline comments of these tools count as they are.
const SOURCES: &[(&str, Reader)] = &[
    (".hadolint.yaml", tools::hadolint),
    (".hadolint.yml", tools::hadolint),
    (".kube-linter.yaml", tools::kube_linter),
    (".kube-linter.yml", tools::kube_linter),
    (".trivyignore", tools::trivyignore),
    (".trivyignore.yaml", tools::trivyignore_yaml),
    ("trivy.yaml", tools::trivy),
    (".checkov.yaml", tools::checkov),
    (".checkov.yml", tools::checkov),
    (".checkov.baseline", tools::checkov_baseline),
    ("zizmor.yml", tools::zizmor),
    ("zizmor.yaml", tools::zizmor),
    (".github/zizmor.yml", tools::zizmor),
    (".github/zizmor.yaml", tools::zizmor),
    (".github/actionlint.yaml", tools::actionlint),
    (".github/actionlint.yml", tools::actionlint),
    ("polaris.yaml", tools::polaris),
    ("polaris.yml", tools::polaris),
    (".kube-score.yml", tools::kube_score),
    (".kube-score.yaml", tools::kube_score),
    ("kics.config", tools::kics),
    ("kics.yaml", tools::kics),
    ("kics.yml", tools::kics),
];

/// The configurations of other linters in a folder, as they are named.
pub(super) fn found(folder: &Path) -> Vec<&'static str> {
    let names = SOURCES.iter().map(|(name, _)| *name);
    names.filter(|name| folder.join(name).exists()).collect()
}

/// Reads what there is in a folder, and writes what it comes to.
pub(super) fn migrate(
    arguments: &arguments::Migrate,
    working: &Path,
) -> Result<ExitStatus, CliError> {
    let folder = working.join(&arguments.folder);
    let catalogue = rules::catalogue();
    let mut wanted = Wanted::default();
    let mut said = String::new();
    let mut found = 0;
    for (name, read) in SOURCES {
        let path = folder.join(name);
        if !path.exists() {
            continue;
        }
        found += 1;
        let text = regular::read_text(&path, LARGEST);
        let text = text.map_err(|error| CliError::Usage(format!("{name}: {error}")))?;
        let mut file = File::new(name, &text, &catalogue, &mut wanted);
        read(&mut file);
        said.push_str(&file.said());
    }
    if found == 0 {
        let names: Vec<&str> = SOURCES.iter().map(|(name, _)| *name).collect();
        return Err(CliError::Usage(format!(
            "`{}` has no configuration of another linter: {}",
            arguments.folder.display(),
            names.join(", ")
        )));
    }
    let text = wanted.text();
    new_config::check(&text, &folder)?;
    if arguments.stdout {
        said.lines().for_each(say);
        return print_text(&text, true);
    }
    new_config::write(&text, &folder, working)?;
    said.push_str(&format!("{} is written\n", new_config::FILE));
    print_text(&said, false)
}
