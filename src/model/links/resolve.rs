//! The rows that come of the links of all files.

use crate::model::FileTables;
use crate::model::links::universe::Universe;
use crate::model::links::{Links, coverage, rows};
use crate::model::table::{Table, TableSet};

/// Rows of the tables that tell what the objects of all these files are to one another; `None` if none of these tables is wanted, or nothing links them.
pub(crate) fn resolve(files: &[&FileTables], wanted: TableSet) -> Option<FileTables> {
    let has_rows = wanted.contains(Table::ObjectReferences);
    let is_covered = wanted.contains(Table::Coverage);
    if !has_rows && !is_covered {
        return None;
    }
    let links: Vec<&Links> = files
        .iter()
        .filter_map(|file| file.links.as_deref())
        .collect();
    if links.is_empty() {
        return None;
    }
    let universe = Universe::of(&links);
    let mut tables = FileTables::empty(u32::MAX);
    if has_rows {
        for links in &links {
            rows::add(&mut tables, &universe, links);
        }
    }
    if is_covered {
        coverage::add(&mut tables, &universe, &links);
    }
    Some(tables)
}
