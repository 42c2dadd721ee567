//! `hullmark.yml`: what a repository selects, ignores and excludes.
