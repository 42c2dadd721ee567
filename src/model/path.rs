//! Paths of the project, as files of the project write them.

/// `path` below `folder`, with `.` and `..` resolved; `None` if it leads out of the project or is no path.
pub(super) fn joined(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains("://") || path.starts_with('~') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
