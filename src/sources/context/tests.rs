//! Contexts of small trees on the disk.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::sources::{Disk, Kind};
use crate::span::FileId;

fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let tree = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = tree.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    tree
}

/// The context of a file that copies these sources, as these builds name it.
fn context(tree: &Path, builds: &[&str], file: &str, sources: &[&str]) -> Option<Context> {
    let directories = Arc::new(DirCache::new(tree, Arc::new(Disk)));
    let builds = builds.iter();
    let builds = builds.map(|context| (Arc::from(file), (*context).to_owned()));
    let source = Source::new(FileId::default(), file, Kind::Dockerfile, "");
    BuildContexts::new(&directories, builds)
        .context(&source.on_disk(&tree.join(file)), &texts(sources))
}

fn texts(sources: &[&str]) -> Vec<String> {
    sources.iter().map(|source| (*source).to_owned()).collect()
}

#[test]
fn the_context_is_where_the_sources_are() {
    let tree = tree(&[
        ("docker/web.Dockerfile", ""),
        ("web/app.js", ""),
        ("web/docker/app.js", ""),
    ]);
    let file = "docker/web.Dockerfile";
    let found = context(tree.path(), &[], file, &["web/app.js", "web/none.js"]).unwrap();
    assert_eq!(found.name(), ".");
    assert_eq!(found.missing(), ["web/none.js"]);
    assert!(context(tree.path(), &[], file, &["app.js"]).is_none());
    let named = context(tree.path(), &["web", "nowhere"], file, &["app.js"]);
    assert_eq!(named.unwrap().name(), "web");
}

#[test]
fn nothing_above_the_project_is_looked_at() {
    let tree = tree(&[
        ("app.js", ""),
        ("project/.git", ""),
        ("project/web/Dockerfile", ""),
    ]);
    let found = context(tree.path(), &[], "project/web/Dockerfile", &["app.js"]);
    assert!(found.is_none());
}

#[test]
fn what_git_does_not_keep_is_made() {
    let modules = "[submodule \"a\"]\n\tpath = deps/a\n";
    let files = [
        ("Dockerfile", ""),
        (".gitignore", "*.gen\n/web/cache/\n"),
        (".gitmodules", modules),
        ("app.js", ""),
    ];
    let tree = tree(&files);
    let context = context(tree.path(), &[], "Dockerfile", &["app.js"]).unwrap();
    for path in ["web/a.gen", "web/cache", "deps/a/b.txt"] {
        assert!(context.is_made(path), "{path}");
    }
    assert!(!context.is_made("deps/b.txt"));
}

#[test]
fn the_named_ignore_file_comes_first() {
    let files = [
        ("a/Dockerfile", ""),
        ("a/Dockerfile.dockerignore", "x"),
        ("a/.dockerignore", "y"),
        ("a/app.js", ""),
    ];
    let tree = tree(&files);
    let context = context(tree.path(), &[], "a/Dockerfile", &[]).unwrap();
    assert_eq!(context.ignore_file().unwrap(), "a/Dockerfile.dockerignore");
    assert!(
        context
            .exclusions()
            .unwrap()
            .leave_out("x", &Steps::default())
            .is_some()
    );
}
