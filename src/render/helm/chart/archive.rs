//! The files of a chart that is packed as `NAME-VERSION.tgz`.

use std::io::Read;
use std::path::{Component, Path};

use flate2::read::MultiGzDecoder;
use tar::Archive;

use crate::render::helm::limits;

/// How many bytes an archive may hold, unpacked.
const BYTES: u64 = 20 << 20;
/// How many entries an archive may have.
const ENTRIES: usize = 5_000;
/// What the name of an archive ends with.
pub const ENDING: &str = ".tgz";

/// Whether a path of a chart is that of a dependency that is packed.
pub(super) fn is_one(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_dependency = folder == "charts" || folder.ends_with("/charts");
    is_dependency && name.ends_with(ENDING) && !name.starts_with(['_', '.'])
}

/// The files of an archive by their paths, which begin with the folder of the chart. Links and folders are left out.
pub(super) fn unpack(packed: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let unpacked = MultiGzDecoder::new(packed).take(BYTES + 1);
    let mut archive = Archive::new(unpacked);
    let entries = archive.entries().map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    let mut total = 0;
    for (number, entry) in entries.enumerate() {
        let entry = entry.map_err(|error| error.to_string())?;
        if number >= ENTRIES {
            return Err(format!("archive has more than {ENTRIES} entries"));
        }
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = inner_path(&entry.path().map_err(|error| error.to_string())?)?;
        let mut bytes = Vec::new();
        let limit = limits::FILE_BYTES.min(BYTES - total);
        let read = entry.take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| error.to_string())?;
        if bytes.len() as u64 > limit {
            return Err(format!("{path}: archive is too large"));
        }
        total += bytes.len() as u64;
        found.push((path, bytes));
    }
    Ok(found)
}

/// The path of an entry with `/` between names; it must lie in the archive.
fn inner_path(path: &Path) -> Result<String, String> {
    let mut names = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => match name.to_str() {
                Some(name) => names.push(name),
                None => return Err("archive has a path that is no text".to_owned()),
            },
            _ => return Err(format!("{}: path leads out of the archive", path.display())),
        }
    }
    Ok(names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    fn packed(entries: &[(&str, tar::EntryType, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (path, kind, bytes) in entries {
            let mut header = tar::Header::new_gnu();
            header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_entry_type(*kind);
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            if *kind == tar::EntryType::Symlink {
                header.set_link_name("/etc/passwd").unwrap();
            }
            header.set_cksum();
            builder.append(&header, *bytes).unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    const FILE: tar::EntryType = tar::EntryType::Regular;

    #[test]
    fn files_are_found_and_links_are_not() {
        let archive = packed(&[
            ("web/Chart.yaml", FILE, b"name: web\n"),
            ("web/templates/link.yaml", tar::EntryType::Symlink, b""),
            ("./web/values.yaml", FILE, b"a: 1\n"),
        ]);
        let found = unpack(&archive).unwrap();
        let paths: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["web/Chart.yaml", "web/values.yaml"]);
        assert_eq!(found[1].1, b"a: 1\n");
    }

    #[test]
    fn hostile_archives_are_refused() {
        for path in ["../a.yaml", "/etc/a.yaml", "web/../../a.yaml"] {
            let refused = unpack(&packed(&[(path, FILE, b"a")])).unwrap_err();
            assert!(refused.ends_with("leads out of the archive"), "{refused}");
        }
        let zeros = vec![0; 4 << 20];
        let bomb: Vec<(&str, tar::EntryType, &[u8])> = vec![("web/a", FILE, &zeros); 6];
        let archive = packed(&bomb);
        assert!(archive.len() < 1 << 20);
        assert!(unpack(&archive).is_err());
        let many: Vec<(&str, tar::EntryType, &[u8])> = vec![("web/a", FILE, b""); ENTRIES + 1];
        let refused = unpack(&packed(&many)).unwrap_err();
        assert!(refused.contains("more than 5000 entries"), "{refused}");
        assert!(unpack(b"no archive").is_err());
        let cut = packed(&[("web/a", FILE, &zeros)]);
        assert!(unpack(&cut[..cut.len() / 2]).is_err());
    }

    #[test]
    fn dependencies_are_known_by_their_paths() {
        assert!(is_one("charts/web-1.0.0.tgz") && is_one("charts/a/charts/b.tgz"));
        assert!(!is_one("web.tgz") && !is_one("files/web.tgz") && !is_one("charts/.web.tgz"));
    }
}
