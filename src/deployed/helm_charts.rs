//! Charts of the repository that a kustomization names in `helmCharts`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::deployed::Files;
use crate::deployed::mapped::{Numbering, rendering};
use crate::render::helm::chart::files::ChartFiles;
use crate::render::helm::chart::folder::{Folder, Texts};
use crate::render::helm::render::{Options, Rendering, ValuesFile, with_chart};
use crate::render::kustomize::charts::{ChartRequest, Charts};
use crate::render::kustomize::read;
use crate::render::kustomize::tree::{Content, Entry, Node, Place};
use crate::render::kustomize::write;
use crate::sources::source_map::SourceMap;
use crate::span::Span;

/// The charts below the root of a repository.
#[derive(Debug)]
pub struct LocalCharts {
    pub(super) repository: PathBuf,
    /// What files hold that are shown otherwise than they are on the disk.
    pub(super) texts: Texts,
}

impl Charts for LocalCharts {
    fn render(
        &self,
        request: &ChartRequest,
        number: &mut dyn FnMut(&str) -> Option<u32>,
    ) -> Result<Vec<Arc<Node>>, String> {
        let files = Folder::new(&self.repository.join(&request.folder))?;
        let files = files.in_project(&self.repository, &self.texts);
        let options = self.options(request)?;
        let rendered = with_chart(
            &files as &dyn ChartFiles,
            true,
            |session| -> Result<Rendering, String> {
                let rendered = session.and_then(|session| session.render(&options));
                rendered.map_err(|refusal| refusal.fault.message)
            },
        )??;
        let repository = self.repository.to_string_lossy();
        let mut numbering = Numbering::new(&request.folder, &repository);
        let made = rendering(&rendered.documents, &rendered.origins, &mut numbering);
        let documents = read::read(&made.text, 0, None).map_err(|refusal| refusal.message)?;
        let mut places = Places {
            map: &made.map,
            files: &numbering.files,
            number,
        };
        let roots = documents.iter().filter(|document| !document.root.is_null());
        Ok(roots.map(|document| places.node(&document.root)).collect())
    }
}

impl LocalCharts {
    /// Those below the root of a repository as they are on the disk.
    pub fn of(repository: &Path) -> Self {
        Self {
            repository: repository.to_owned(),
            texts: Texts::default(),
        }
    }

    fn options(&self, request: &ChartRequest) -> Result<Options, String> {
        let mut values = Vec::new();
        for file in &request.values_files {
            let path = self.repository.join(file);
            let text =
                std::fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
            let name = path.to_string_lossy().into_owned();
            values.push(ValuesFile::plain(name, text));
        }
        if let Some(own) = &request.values {
            let lines = write::document(own)
                .into_iter()
                .map(|line| line.text + "\n");
            let own = ValuesFile::plain("values".to_owned(), lines.collect());
            match request.values_merge.as_str() {
                "merge" => values.insert(0, own),
                "replace" => values = vec![own],
                _ => values.push(own),
            }
        }
        Ok(Options {
            release: request.release.clone(),
            namespace: request.namespace.clone(),
            values,
            include_crds: request.with_crds,
            is_lenient: true,
            ..Options::default()
        })
    }
}

/// Gives the nodes of a rendered text their places in files of the repository.
struct Places<'a> {
    map: &'a SourceMap,
    files: &'a Files,
    number: &'a mut dyn FnMut(&str) -> Option<u32>,
}

impl Places<'_> {
    /// The same tree; it nests as deep as YAML may that was read.
    fn node(&mut self, node: &Node) -> Arc<Node> {
        let content = match &node.content {
            Content::Scalar(scalar) => Content::Scalar(scalar.clone()),
            Content::List(items) => {
                Content::List(items.iter().map(|item| self.node(item)).collect())
            }
            Content::Map(map) => {
                let mut map = map.clone();
                for entry in &mut map.entries {
                    *entry = Entry {
                        key: Arc::clone(&entry.key),
                        key_at: self.place(entry.key_at),
                        value: self.node(&entry.value),
                    };
                }
                Content::Map(map)
            }
        };
        let is_scalar = matches!(content, Content::Scalar(_));
        let mut made = Node::new(content, self.place(node.at));
        made.is_unknown = is_scalar && self.map.is_unknown(node.at.span);
        Arc::new(made)
    }

    fn place(&mut self, at: Place) -> Place {
        let start = Span {
            start: at.span.start,
            end: at.span.start,
        };
        let pieces = self.map.pieces_in(start);
        let Some((piece, _)) = pieces.first() else {
            return Place::default();
        };
        for from in [piece.value, piece.template].into_iter().flatten() {
            let bytes = Span {
                start: at.span.start,
                end: at.span.end,
            };
            let part = piece.part(from, bytes);
            let file = self.files.get(part.file).map(|file| Arc::clone(&file.path));
            if let Some(file) = file.and_then(|path| (self.number)(&path)) {
                return Place {
                    file,
                    span: part.span,
                };
            }
        }
        Place::default()
    }
}
