//! Where to show what a rule says of rendered text: at the value or the patch that decides, else at the template or the base.

use crate::deployed::{Files, lines};
use crate::diagnostic::Holder;
use crate::sources::source_map::{Mark, Piece, SourceMap};
use crate::span::{FileSpan, Span};

/// What is to be shown of a span of rendered text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    /// The culprit.
    pub primary: FileSpan,
    /// Where that was put in: the action of a template, the text of a base that a patch replaces.
    pub put_in: Option<FileSpan>,
    /// The calls that led there, innermost first.
    pub calls: Vec<FileSpan>,
    /// Whether a patch or an empty value took away what is missed.
    pub is_taken_away: bool,
}

/// How a diagnostic's rule picks among several values in one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The first.
    First,
    /// The last: of an image the tag or the digest.
    Last,
    /// None: the template's text.
    Text,
}

/// What to show for some bytes of rendered text; `None` if nobody knows where they, or the bytes before them, come from.
pub fn blame(
    map: &SourceMap,
    text: &str,
    span: Span,
    holder: Option<&Holder>,
    pick: Pick,
    files: &Files,
) -> Option<Blame> {
    let view = View { map, text, files };
    match holder {
        Some(holder) => view.of_collection(span, holder),
        None => view.of_value(span, pick),
    }
}

/// Fields that charts have in their values under the same names, in small letters, and that templates write out as a whole.
const BLOCKS: &[&str] = &[
    "affinity",
    "lifecycle",
    "livenessprobe",
    "readinessprobe",
    "resources",
    "securitycontext",
    "startupprobe",
    "strategy",
];

struct View<'a> {
    map: &'a SourceMap,
    text: &'a str,
    files: &'a Files,
}

impl View<'_> {
    /// A value that is written out: the one in the span, else the template's text.
    fn of_value(&self, span: Span, pick: Pick) -> Option<Blame> {
        if pick == Pick::Text {
            return self.of_template(span);
        }
        if let Some(found) = self.of_dumped_key(span) {
            return Some(found);
        }
        let pieces = self.map.pieces_in(span);
        // The value of `key: value` before its key.
        let colon = span.of(self.text).find(": ");
        let from = colon.map_or(span.start, |at| span.start + narrow(at) + 2);
        let mut values: Vec<(&Piece, FileSpan)> = Vec::new();
        // Names and versions of the chart are part of many texts, and at fault in none but images.
        let is_meant = |value: &FileSpan| pick == Pick::Last || !self.is_metadata(*value);
        for (piece, bytes) in &pieces {
            let value = piece.value.filter(is_meant);
            if let Some(value) = value.filter(|_| bytes.end > from || colon.is_none()) {
                values.push((piece, piece.part(value, *bytes)));
            }
        }
        let picked = match pick {
            Pick::First => values.first(),
            Pick::Last => values.last(),
            Pick::Text => None,
        };
        let any = || {
            // The template writes the value; that its key is one of the values is not at fault.
            let rest = Span {
                start: from,
                end: span.end,
            };
            if colon.is_some() && pick == Pick::First && !self.is_blank(rest) {
                return None;
            }
            let mut found = pieces.iter();
            found.find_map(|(piece, bytes)| {
                let value = piece.value.filter(is_meant)?;
                Some((*piece, piece.part(value, *bytes)))
            })
        };
        if let Some((piece, value)) = picked.copied().or_else(any) {
            return Some(Blame {
                primary: self.with_key(value),
                put_in: piece.template.filter(|template| *template != value),
                calls: self.map.sites(piece.call).collect(),
                is_taken_away: false,
            });
        }
        let value = Span {
            start: from,
            end: span.end,
        };
        let is_of_key = pieces.iter().any(|(piece, _)| piece.value.is_some());
        self.of_template(if is_of_key { value } else { span })
    }

    /// A key of a value that a template writes out at a place where other fields are: `requests` of `resources`, with no `resources:` before it. The
    /// values are right as they are.
    fn of_dumped_key(&self, span: Span) -> Option<Blame> {
        let rest = self.text.get(span.end as usize..)?;
        let is_key = rest.starts_with(':') || span.of(self.text).split_once(":\n").is_some();
        let (piece, _) = *self.map.pieces_in(span).first().filter(|_| is_key)?;
        let (value, template) = (piece.value?, piece.template?);
        let file = self.files.get(value.file)?;
        let parent = |text, at| Some(lines::keys(text, at, 2).get(1)?.to_ascii_lowercase());
        let own = parent(&file.text, value.span.start)?;
        let around = parent(self.text, span.start)?;
        let is_block = BLOCKS.iter().any(|block| own.ends_with(block));
        let is_alike = own.ends_with(&around) || around.ends_with(&own);
        (is_block && !is_alike && value != template).then(|| Blame {
            primary: template,
            put_in: None,
            calls: self.map.sites(piece.call).collect(),
            is_taken_away: false,
        })
    }

    fn is_blank(&self, span: Span) -> bool {
        span.start >= span.end || span.of(self.text).trim().is_empty()
    }

    fn is_metadata(&self, at: FileSpan) -> bool {
        let file = self.files.get(at.file);
        file.is_some_and(|file| file.path.ends_with("Chart.yaml"))
    }

    /// A collection that lacks something, or that is at fault as a whole.
    fn of_collection(&self, span: Span, holder: &Holder) -> Option<Blame> {
        if let Some(found) = self.of_dumped_key(span) {
            return Some(found);
        }
        if let Some(mark) = self.mark(holder) {
            let value = mark.value.map(|value| self.with_key(value));
            let primary = value.or(mark.template)?;
            return Some(Blame {
                primary,
                put_in: mark.template.filter(|template| *template != primary),
                calls: self.map.sites(mark.call).collect(),
                is_taken_away: true,
            });
        }
        let first = |at: u32| {
            let pieces = self.map.pieces_in(Span { start: at, end: at });
            pieces.first().map(|(piece, _)| **piece)
        };
        let is_below_its_key =
            !(holder.within.start <= span.start && span.end <= holder.within.end);
        let inner = first(holder.within.start).filter(|piece| piece.value.is_some());
        if let Some(inner) = inner {
            let key = first(span.start).and_then(|piece| piece.value);
            let value = inner.value?;
            let whole = self.files.get(value.file).map(|file| &*file.text);
            let is_empty = matches!(
                self.text.as_bytes().get(holder.within.start as usize),
                Some(b'{' | b'[')
            );
            let above = || {
                let found = lines::parent(whole?, value.span.start)?;
                Some(FileSpan::new(value.file, found))
            };
            let place = match key {
                Some(key) => key,
                None if is_empty => self.with_key(value),
                None if is_below_its_key => above().unwrap_or(value),
                None => value,
            };
            return Some(Blame {
                primary: place,
                put_in: inner.template.filter(|template| *template != place),
                calls: self.map.sites(inner.call).collect(),
                is_taken_away: false,
            });
        }
        self.of_template(span)
    }

    /// The template's text of a span, or of what stands before it.
    fn of_template(&self, span: Span) -> Option<Blame> {
        if let Some(found) = self.of_name(span) {
            return Some(found);
        }
        let pieces = self.map.pieces_in(span);
        let written = |(piece, bytes): &(&Piece, Span)| {
            let template = piece.template?;
            let place = if piece.value.is_none() {
                piece.part(template, *bytes)
            } else {
                template
            };
            Some((**piece, place))
        };
        let first = pieces.iter().find_map(written);
        // What an action prints that was made elsewhere is better shown where its text is.
        let is_action = |place: FileSpan| {
            self.text_of(place)
                .is_some_and(|text| text.starts_with("{{"))
        };
        let literal = || {
            pieces.iter().find_map(|piece| match piece.0.value {
                None => written(piece).filter(|(_, place)| !is_action(*place)),
                Some(value) if self.is_data(value) => {
                    Some((*piece.0, piece.0.part(value, piece.1)))
                }
                Some(_) => None,
            })
        };
        let found = match first {
            Some((_, place)) if is_action(place) => literal().or(first),
            first => first,
        };
        let before = || {
            let piece = self.map.before(span.start)?;
            Some((*piece, piece.template.or(piece.value)?))
        };
        let (piece, primary) = found.or_else(before)?;
        Some(Blame {
            primary: self.to_the_end(primary, piece, span),
            put_in: None,
            calls: self.map.sites(piece.call).collect(),
            is_taken_away: false,
        })
    }

    /// A text that a named template makes of the names of release and chart, as it does for others: what is written beside the call is at fault, else the
    /// call that puts it here.
    fn of_name(&self, span: Span) -> Option<Blame> {
        let pieces = self.map.pieces_in(span);
        let depth = |piece: &Piece| self.map.depth(piece.call);
        let is_action = |at: FileSpan| self.text_of(at).is_some_and(|text| text.starts_with("{{"));
        let is_made = |(piece, _): &(&Piece, Span)| match piece.value {
            Some(value) => self.is_metadata(value),
            None => piece.template.is_some_and(is_action),
        };
        let most = pieces
            .iter()
            .filter(|piece| is_made(piece))
            .map(|(piece, _)| depth(piece))
            .max()?;
        let beside = pieces.iter().find(|(piece, bytes)| {
            let is_literal =
                piece.value.is_none() && piece.template.is_some_and(|at| !is_action(at));
            let text = bytes.of(self.text);
            is_literal
                && depth(piece) < most
                && text.contains(|sign: char| sign.is_ascii_alphanumeric() || sign == '_')
        });
        if let Some((piece, bytes)) = beside {
            let place = piece.part(piece.template?, *bytes);
            return Some(Blame {
                primary: self.to_the_end(place, **piece, span),
                put_in: None,
                calls: self.map.sites(piece.call).collect(),
                is_taken_away: false,
            });
        }
        let line = self.text.get(..span.start as usize)?.rsplit('\n').next()?;
        let key = span
            .start
            .checked_sub(narrow(line.len() - line.rfind(':')?))?;
        let (outer, _) = *self
            .map
            .pieces_in(Span {
                start: key,
                end: key,
            })
            .first()?;
        let least = pieces.iter().map(|(piece, _)| depth(piece)).min()?;
        let (piece, _) = pieces.first().filter(|_| depth(outer) < least)?;
        let call = self.map.at_depth(piece.call, depth(outer) + 1)?;
        let mut sites = self.map.sites(Some(call));
        let primary = sites.next()?;
        Some(Blame {
            primary,
            put_in: None,
            calls: sites.collect(),
            is_taken_away: false,
        })
    }

    /// Whether a place is in a file of the chart that its templates read, and not in one of values.
    fn is_data(&self, at: FileSpan) -> bool {
        let file = self.files.get(at.file);
        file.is_some_and(|file| {
            file.path.contains("/files/") && !file.path.ends_with("values.yaml")
        })
    }

    fn text_of(&self, place: FileSpan) -> Option<&str> {
        let file = self.files.get(place.file)?;
        file.text.get(place.span.range())
    }

    /// The first text of a span with what follows it on the same line of the file.
    fn to_the_end(&self, first: FileSpan, piece: Piece, span: Span) -> FileSpan {
        let mut whole = first;
        let text = self.files.get(first.file).map(|file| &*file.text);
        for (next, bytes) in self.map.pieces_in(span) {
            let Some(place) = next.template.filter(|place| place.file == whole.file) else {
                continue;
            };
            let place = if next.value.is_none() {
                next.part(place, bytes)
            } else {
                place
            };
            let is_next = place.span.start >= whole.span.end && next.call == piece.call;
            let between = Span {
                start: whole.span.end,
                end: place.span.start,
            };
            let is_near = text.is_some_and(|text| {
                between.start <= between.end
                    && between.end - between.start < 8
                    && !between.of(text).contains('\n')
            });
            if is_next && is_near {
                whole.span.end = place.span.end;
            }
        }
        whole
    }

    /// The value with its key, as findings in files are shown; of several lines the first.
    fn with_key(&self, value: FileSpan) -> FileSpan {
        let Some(file) = self.files.get(value.file) else {
            return value;
        };
        let mut span = lines::entry(&file.text, value.span);
        if let Some(end) = span.of(&file.text).find('\n') {
            span.end = span.start + narrow(end);
        }
        FileSpan::new(value.file, span)
    }

    /// The mark of what the collection lacks: its last keys are those of the value that was empty.
    fn mark(&self, holder: &Holder) -> Option<&Mark> {
        if holder.absent.is_empty() {
            return None;
        }
        let rest = self
            .text
            .get(holder.within.end as usize..)
            .unwrap_or_default();
        let blank = rest.len() - rest.trim_start().len();
        // What came before its first key, or after its last one, left nothing of it too.
        let before = self.text.get(..holder.within.start as usize);
        let before = before.unwrap_or_default().trim_end().len();
        let within = Span {
            start: narrow(before),
            end: holder.within.end + narrow(blank),
        };
        let marks = self.map.marks_in(within).iter();
        let ranked = marks.filter_map(|mark| Some((self.rank(mark, &holder.absent)?, mark)));
        let best = ranked.min_by_key(|(rank, mark)| (*rank, mark.at));
        best.map(|(_, mark)| mark)
    }

    /// How well a mark fits what is absent, 0 the best; `None` if it is about something else.
    fn rank(&self, mark: &Mark, absent: &[String]) -> Option<usize> {
        let keys: Vec<&str> = match (&mark.path, mark.value) {
            (Some(path), _) => path.rsplit('.').take(2).collect(),
            (None, Some(value)) => {
                let file = self.files.get(value.file)?;
                lines::keys(&file.text, value.span.start, 2)
            }
            (None, None) => return None,
        };
        let is_switch = |key: &str| matches!(key, "enabled" | "create" | "enable");
        let last = keys.first()?;
        let last = match keys.get(1) {
            Some(above) if is_switch(last) => above,
            _ => last,
        };
        let last = last.trim_matches(['"', '\'']).to_ascii_lowercase();
        let fits = |(depth, name): (usize, &String)| {
            let name = name.to_ascii_lowercase();
            if last == name {
                Some(2 * depth)
            } else {
                (last.ends_with(&name)).then_some(2 * depth + 1)
            }
        };
        absent.iter().enumerate().filter_map(fits).min()
    }
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
