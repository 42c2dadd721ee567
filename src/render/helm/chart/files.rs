//! Where the files of a chart come from.

/// The files of one folder: a disk gives them, or what a linter has read already.
pub trait ChartFiles: Sync {
    /// The paths of all files below the folder, with `/` between names, in no particular order.
    ///
    /// # Errors
    ///
    /// What stands in the way, in words.
    fn list(&self) -> Result<Vec<String>, String>;

    /// The content of a file that was listed.
    ///
    /// # Errors
    ///
    /// What stands in the way, in words.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;

    /// What is shown before the paths of files if the chart was found as another one's dependency: its folder; `None` if that
    /// has no name.
    fn shown(&self) -> Option<String> {
        None
    }

    /// The files of a chart that a dependency names, if they lie elsewhere in the repository.
    fn dependency(&self, name: &str, repository: &str) -> Option<Box<dyn ChartFiles>> {
        let _ = (name, repository);
        None
    }
}

/// Files that are in memory, for tests and made charts.
#[derive(Clone, Debug, Default)]
pub struct InMemory(pub Vec<(String, Vec<u8>)>);

impl ChartFiles for InMemory {
    fn list(&self) -> Result<Vec<String>, String> {
        Ok(self.0.iter().map(|(path, _)| path.clone()).collect())
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let found = self.0.iter().find(|(known, _)| known == path);
        found
            .map(|(_, bytes)| bytes.clone())
            .ok_or_else(|| "no such file".to_owned())
    }
}
