//! Paths as text: nothing here looks at a disk.

use crate::render::helm::fault::Fallible;
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::Val;

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("base", "s", |call| changed(call, base)),
    function("dir", "s", |call| changed(call, dir)),
    function("ext", "s", |call| changed(call, ext)),
    function("clean", "s", |call| changed(call, clean)),
    function("isAbs", "s", |call| {
        Ok(Val::bool(call.str(0).starts_with('/')))
    }),
    function("osBase", "s", |call| changed(call, base)),
    function("osDir", "s", |call| changed(call, dir)),
    function("osExt", "s", |call| changed(call, ext)),
    function("osClean", "s", |call| changed(call, clean)),
    function("osIsAbs", "s", |call| {
        Ok(Val::bool(call.str(0).starts_with('/')))
    }),
];

fn changed(call: &mut Call, change: fn(&str) -> String) -> Fallible<Val> {
    let text = call.text(0);
    let words = text.to_str();
    let made = change(&words);
    let is_end = words.ends_with(&made) && words.len() == text.len();
    if is_end {
        return Ok(Val::text(text.cut(text.len() - made.len()..text.len())));
    }
    if words.starts_with(&made) && words.len() == text.len() {
        return Ok(Val::text(text.cut(0..made.len())));
    }
    Ok(Val::text(text.remade(made.into_bytes())))
}

fn base(path: &str) -> String {
    if path.is_empty() {
        return ".".to_owned();
    }
    match path.trim_end_matches('/') {
        "" => "/".to_owned(),
        path => path.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}

fn dir(path: &str) -> String {
    let end = path.rfind('/').map_or(0, |at| at + 1);
    clean(&path[..end])
}

fn ext(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rfind('.')
        .map_or_else(String::new, |at| name[at..].to_owned())
}

/// The shortest path that means the same.
pub(crate) fn clean(path: &str) -> String {
    let is_absolute = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(last) if *last != ".." => _ = parts.pop(),
                _ if is_absolute => {}
                _ => parts.push(".."),
            },
            part => parts.push(part),
        }
    }
    match (is_absolute, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cut_as_in_go() {
        for (path, in_base, in_dir, in_ext, in_clean) in [
            ("/a/b.txt", "b.txt", "/a", ".txt", "/a/b.txt"),
            ("", ".", ".", "", "."),
            ("a", "a", ".", "", "a"),
            ("/", "/", "/", "", "/"),
            ("a/", "a", "a", "", "a"),
            ("/a/../b//c/.", ".", "/b/c", ".", "/b/c"),
            ("../x/..", "..", "../x", ".", ".."),
        ] {
            assert_eq!(base(path), in_base, "{path}");
            assert_eq!(dir(path), in_dir, "{path}");
            assert_eq!(ext(path), in_ext, "{path}");
            assert_eq!(clean(path), in_clean, "{path}");
        }
    }
}
