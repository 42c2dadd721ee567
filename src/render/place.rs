//! Places of rendered text: files and spans, the chain of includes, and keys that a file does not set.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::render::text::Text;
pub use crate::render::text::place::Place;
use crate::span::Lines;

/// How many made files are followed on the way to a real one.
const HOPS: usize = 64;

/// A call of `include`, `template` or `tpl`, and the call around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Frame {
    /// The action that calls.
    pub site: Place,
    /// The number of the frame around it; 0 is none.
    pub up: u32,
}

/// A key that is not set: the mapping that would hold it and the path below. An empty value is one without a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hole {
    /// The nearest mapping that exists.
    pub map: Place,
    /// The keys below it, joined by dots.
    pub path: Arc<str>,
}

/// A file that takes part in a rendering.
#[derive(Clone, Debug)]
pub struct OriginFile {
    /// The path below the chart's folder, or what a made file is, such as `tpl`.
    pub name: Arc<str>,
    /// Its text; that of a made file knows its own origins.
    pub text: Text,
    /// Whether a template made it.
    pub is_made: bool,
    lines: OnceLock<Lines>,
}

/// The files, frames and holes that the places of a rendering refer to by number.
#[derive(Clone, Debug)]
pub struct Origins {
    files: Vec<OriginFile>,
    frames: Vec<Frame>,
    holes: Vec<Hole>,
    known_frames: FxHashMap<Frame, u32>,
    known_holes: FxHashMap<Hole, u32>,
}

impl Default for Origins {
    fn default() -> Self {
        let nothing = Hole {
            map: Place::NONE,
            path: Arc::from(""),
        };
        let mut origins = Self {
            files: Vec::new(),
            frames: vec![Frame::default()],
            holes: vec![nothing],
            known_frames: FxHashMap::default(),
            known_holes: FxHashMap::default(),
        };
        origins.add_file("", Text::default(), false);
        origins
    }
}

impl Origins {
    /// Adds a file and gives its number.
    pub fn add_file(&mut self, name: &str, text: Text, is_made: bool) -> u32 {
        self.files.push(OriginFile {
            name: Arc::from(name),
            text,
            is_made,
            lines: OnceLock::new(),
        });
        number(self.files.len() - 1)
    }

    /// The files, each at its number; the first is none.
    pub fn files(&self) -> &[OriginFile] {
        &self.files
    }

    /// The frames, each at its number; the first is none.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The file with this number.
    pub fn file(&self, file: u32) -> Option<&OriginFile> {
        self.files.get(file as usize).filter(|_| file != 0)
    }

    /// The number of the frame for a call at `site` inside the frame `up`.
    pub fn frame_of(&mut self, site: Place, up: u32) -> u32 {
        let frame = Frame { site, up };
        let next = number(self.frames.len());
        let found = *self.known_frames.entry(frame).or_insert(next);
        if found == next {
            self.frames.push(frame);
        }
        found
    }

    /// The frame with this number.
    pub fn frame(&self, number: u32) -> Frame {
        self.frames
            .get(number as usize)
            .copied()
            .unwrap_or_default()
    }

    /// The call sites from the innermost to the outermost, at most `limit`.
    pub fn sites(&self, via: u32, limit: usize) -> Vec<Place> {
        let mut sites = Vec::new();
        let mut frame = self.frame(via);
        while frame.site.is_some() && sites.len() < limit {
            sites.push(frame.site);
            frame = self.frame(frame.up);
        }
        sites
    }

    /// The number of the hole for `key` in the mapping at `map`, or in the hole `up` if there is one.
    pub fn hole_of(&mut self, map: Place, up: u32, key: &str) -> u32 {
        let above = self.hole(up);
        let (map, path) = match above {
            Some(above) if above.map.is_some() => (above.map, format!("{}.{key}", above.path)),
            _ => (map, key.to_owned()),
        };
        self.known_hole(map, &path)
    }

    /// The number of the hole that an empty value is.
    pub fn hole_at(&mut self, value: Place) -> u32 {
        self.known_hole(value, "")
    }

    fn known_hole(&mut self, map: Place, path: &str) -> u32 {
        if !map.is_some() {
            return 0;
        }
        let hole = Hole {
            map,
            path: Arc::from(path),
        };
        let next = number(self.holes.len());
        let found = *self.known_holes.entry(hole.clone()).or_insert(next);
        if found == next {
            self.holes.push(hole);
        }
        found
    }

    /// The hole with this number, unless it is 0.
    pub fn hole(&self, number: u32) -> Option<&Hole> {
        self.holes.get(number as usize).filter(|_| number != 0)
    }

    /// Follows texts that templates made down to a file of the chart; the place itself if it is in one.
    pub fn resolve(&self, place: Place) -> Place {
        let mut place = place;
        for _ in 0..HOPS {
            let Some(file) = self.file(place.file).filter(|file| file.is_made) else {
                return place;
            };
            let width = place.span.end.saturating_sub(place.span.start);
            let Some((piece, before)) = file.text.origin_at(place.span.start) else {
                return Place::NONE;
            };
            place = piece.place_of(before, width);
        }
        Place::NONE
    }

    /// The 1-based line and column (in characters) of a place, with the file's name.
    pub fn position(&self, place: Place) -> Option<(&str, u32, u32)> {
        let file = self.file(place.file)?;
        let at = file.lines().position(&file.text.to_str(), place.span.start);
        Some((&file.name, at.line, at.column))
    }

    /// The 1-based line of a place, with the file's name.
    pub fn line(&self, place: Place) -> Option<(&str, u32)> {
        let file = self.file(place.file)?;
        Some((&file.name, file.lines().line(place.span.start)))
    }
}

impl OriginFile {
    /// The line table, made when it is first asked for.
    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(&self.text.to_str()))
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_holes_are_kept_once() {
        let mut origins = Origins::default();
        let site = Place::new(3, 1, 4);
        let outer = origins.frame_of(site, 0);
        let inner = origins.frame_of(Place::new(3, 9, 12), outer);
        assert_eq!(origins.frame_of(site, 0), outer);
        assert_eq!(origins.sites(inner, 9), [Place::new(3, 9, 12), site]);
        let image = origins.hole_of(site, 0, "image");
        let tag = origins.hole_of(Place::NONE, image, "tag");
        assert_eq!(origins.hole(tag).unwrap().path.as_ref(), "image.tag");
        assert_eq!(origins.hole(tag).unwrap().map, site);
        assert_eq!(origins.hole_of(Place::NONE, 0, "x"), 0);
    }

    #[test]
    fn a_made_file_leads_to_the_file_that_its_text_comes_from() {
        let mut origins = Origins::default();
        let values = origins.add_file("values.yaml", Text::plain("a: {{ x }}\n"), false);
        let made = Text::located("{{ x }}", Place::new(values, 3, 10), true);
        let made = origins.add_file("tpl", made, true);
        let place = origins.resolve(Place::new(made, 3, 4));
        assert_eq!(place, Place::new(values, 6, 7));
        assert_eq!(origins.position(place), Some(("values.yaml", 1, 7)));
    }
}
