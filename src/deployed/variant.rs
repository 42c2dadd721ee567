//! With which values a chart is rendered.

/// A set of values of a chart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// Those that the chart has by itself.
    Defaults,
    /// These files over them, relative to the chart's folder where they are in it.
    Files(Vec<String>),
    /// What a release in the repository gives it; the files that it names, as paths are shown.
    Release(Vec<String>),
    /// Those of the chart, with every `false` turned to `true`.
    AllOn,
}

/// How many files of values beside a chart are tried.
const MOST: usize = 24;

/// The files of values among the files of a chart, sorted: `values-*.yaml`, `*-values.yaml`, `*.values.yaml`, `values.*.yaml`, and
/// what is in `ci/` and `values/`.
pub(super) fn values_files(paths: &[String]) -> Vec<&str> {
    let is_one = |path: &&str| {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = name
            .strip_suffix(".yaml")
            .or_else(|| name.strip_suffix(".yml"));
        let Some(stem) = stem else { return false };
        match folder {
            "ci" => stem.contains("values"),
            "values" => true,
            "" => {
                let rest = stem
                    .strip_prefix("values")
                    .or_else(|| stem.strip_suffix("values"));
                rest.is_some_and(|rest| {
                    rest.starts_with(['-', '.', '_']) || rest.ends_with(['-', '.', '_'])
                })
            }
            _ => false,
        }
    };
    let mut found: Vec<&str> = paths.iter().map(String::as_str).filter(is_one).collect();
    found.sort_unstable();
    found.truncate(MOST);
    found
}

#[cfg(test)]
mod tests {
    use super::values_files;

    #[test]
    fn files_of_values_are_known_by_their_names() {
        let paths = [
            "values.yaml",
            "values-prod.yaml",
            "values.dev.yaml",
            "ha-values.yaml",
            "ci/x-values.yaml",
            "ci/other.yaml",
            "values/eu.yml",
            "templates/values-x.yaml",
            "values.schema.json",
            "charts/a/values.yaml",
        ];
        let paths = paths.map(str::to_owned);
        let expected = [
            "ci/x-values.yaml",
            "ha-values.yaml",
            "values-prod.yaml",
            "values.dev.yaml",
            "values/eu.yml",
        ];
        assert_eq!(values_files(&paths), expected);
    }
}
