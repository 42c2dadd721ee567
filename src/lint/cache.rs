//! Analyses of files that may be asked for again: an editor's file changes, the files around it do not.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::lint::analysis::FileAnalysis;
use crate::sources::context::BuildContexts;
use crate::sources::{Kind, ReadProblem, Source};
use crate::span::FileId;

/// The last analysis of each of some files. It is used again if the file's text is the same, and for a Dockerfile if its
/// build contexts are.
#[derive(Debug, Default)]
pub(super) struct Cache {
    most: usize,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    analyses: FxHashMap<FileId, (Arc<FileAnalysis>, BuildContexts)>,
    /// From the oldest to the youngest.
    order: VecDeque<FileId>,
}

impl Cache {
    /// A cache for that many files; none are kept if it is 0.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            held: Mutex::default(),
        }
    }

    /// The analysis of a file, made by `analyze` if it is not known.
    pub(super) fn get(
        &self,
        source: Arc<Source>,
        problem: Option<ReadProblem>,
        contexts: &BuildContexts,
        analyze: impl FnOnce(Arc<Source>, Option<ReadProblem>) -> FileAnalysis,
    ) -> Arc<FileAnalysis> {
        if self.most == 0 {
            return Arc::new(analyze(source, problem));
        }
        let id = source.id();
        if let Some(known) = self.known(&source, problem.as_ref(), contexts) {
            return known;
        }
        let own = contexts.of(&source.path);
        let analysis = Arc::new(analyze(source, problem));
        if let Ok(mut held) = self.held.lock() {
            let entry = (Arc::clone(&analysis), own);
            if held.analyses.insert(id, entry).is_none() {
                held.order.push_back(id);
            }
            while held.order.len() > self.most
                && let Some(oldest) = held.order.pop_front()
            {
                held.analyses.remove(&oldest);
            }
        }
        analysis
    }

    fn known(
        &self,
        source: &Source,
        problem: Option<&ReadProblem>,
        contexts: &BuildContexts,
    ) -> Option<Arc<FileAnalysis>> {
        let held = self.held.lock().ok()?;
        let (analysis, made_with) = held.analyses.get(&source.id())?;
        let known = &analysis.source;
        let is_same = known.text == source.text
            && known.kind == source.kind
            && known.path == source.path
            && known.full() == source.full()
            && analysis.problem.as_ref() == problem
            && (source.kind != Kind::Dockerfile || made_with.agree(contexts, &source.path))
            && made_with
                .calls(&source.path)
                .eq(contexts.calls(&source.path));
        is_same.then(|| Arc::clone(analysis))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::analysis::Recipe;
    use crate::model::table::TableSet;
    use crate::sources::SourceDb;
    use std::path::Path;

    /// Whether the file had to be analyzed.
    fn is_analyzed(cache: &Cache, file: u32, text: &str, contexts: &BuildContexts) -> bool {
        let source = Source::new(FileId::new(file), "Dockerfile", Kind::Dockerfile, text);
        let mut is_analyzed = false;
        let recipe = Recipe {
            tables: TableSet::ALL,
            contexts,
            shellcheck: None,
            meter: None,
        };
        let analysis = cache.get(Arc::new(source), None, contexts, |source, problem| {
            is_analyzed = true;
            FileAnalysis::of(source, problem, &recipe)
        });
        assert_eq!(analysis.source.text, text);
        is_analyzed
    }

    #[test]
    fn a_file_is_analyzed_again_if_it_or_its_builds_changed() {
        let cache = Cache::new(2);
        let mut db = SourceDb::on_disk(Path::new("/"));
        let contexts = |db: &SourceDb, folder: &str| {
            BuildContexts::new(db.directories(), [("Dockerfile".into(), folder.to_owned())])
        };
        let web = contexts(&db, "web");
        assert!(is_analyzed(&cache, 1, "FROM a\n", &web));
        assert!(!is_analyzed(&cache, 1, "FROM a\n", &contexts(&db, "web")));
        assert!(is_analyzed(&cache, 1, "FROM b\n", &web));
        assert!(is_analyzed(&cache, 1, "FROM b\n", &contexts(&db, "app")));
        db.refresh();
        assert!(is_analyzed(&cache, 1, "FROM b\n", &contexts(&db, "app")));
    }

    #[test]
    fn the_oldest_analysis_goes_first_and_none_is_kept_unless_asked() {
        let none = BuildContexts::default();
        let cache = Cache::new(2);
        let analyzed = |file| is_analyzed(&cache, file, "FROM a\n", &none);
        assert!(analyzed(1) && analyzed(2) && !analyzed(1) && analyzed(3));
        assert!(!analyzed(2) && analyzed(1));
        let cache = Cache::default();
        let analyzed = || is_analyzed(&cache, 1, "FROM a\n", &none);
        assert!(analyzed() && analyzed());
    }
}
