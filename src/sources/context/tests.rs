//! Contexts of small trees on the disk.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::*;

fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let tree = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = tree.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    tree
}

fn around(tree: &Path, file: &str) -> Surroundings {
    Surroundings::new(&tree.join(file), &Arc::new(Disk::new(tree)))
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
    let around = around(tree.path(), "docker/web.Dockerfile");
    let context = around
        .context(&texts(&["web/app.js", "web/none.js"]))
        .unwrap();
    assert_eq!(context.name(), ".");
    assert_eq!(context.missing(), ["web/none.js"]);
    assert!(around.context(&texts(&["app.js"])).is_none());
    let mut named = around.clone();
    named.name("web");
    named.name("nowhere");
    assert_eq!(named.context(&texts(&["app.js"])).unwrap().name(), "web");
}

#[test]
fn nothing_above_the_project_is_looked_at() {
    let tree = tree(&[
        ("app.js", ""),
        ("project/.git", ""),
        ("project/web/Dockerfile", ""),
    ]);
    assert!(
        around(tree.path(), "project/web/Dockerfile")
            .context(&texts(&["app.js"]))
            .is_none()
    );
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
    let context = around(tree.path(), "Dockerfile")
        .context(&texts(&["app.js"]))
        .unwrap();
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
    let context = around(tree.path(), "a/Dockerfile").context(&[]).unwrap();
    assert_eq!(context.ignore_file().unwrap(), "a/Dockerfile.dockerignore");
    assert!(context.exclusions().unwrap().leave_out("x").is_some());
}
