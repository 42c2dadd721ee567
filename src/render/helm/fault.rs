//! Why a chart does not render, and where.

use crate::render::place::Place;

/// A failure that knows its place as soon as an action has seen it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in Helm's words where it has some.
    pub message: String,
    /// The innermost action, or the bytes that cannot be read.
    pub place: Place,
    /// The number of the innermost call of a template around it; 0 is none.
    pub via: u32,
    /// Whether a template cannot be parsed, whatever the values are.
    pub is_syntax: bool,
    /// The name of a template that is called and defined nowhere.
    pub undefined: Option<Box<str>>,
}

/// What a step of the engine gives.
pub type Fallible<T> = Result<T, Box<Fault>>;

/// A failure without a place yet.
pub(crate) fn fault<T>(message: impl Into<String>) -> Fallible<T> {
    fault_at(message, Place::NONE)
}

/// A failure at a place.
pub(crate) fn fault_at<T>(message: impl Into<String>, place: Place) -> Fallible<T> {
    let fault = Fault::new(message);
    Err(Box::new(Fault { place, ..*fault }))
}

impl Fault {
    /// A failure without a place yet.
    #[expect(
        clippy::unnecessary_box_returns,
        reason = "a failure is boxed in every `Fallible`"
    )]
    pub(crate) fn new(message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            message: message.into(),
            ..Self::default()
        })
    }

    /// The same failure, at `place` if it has none.
    #[must_use]
    pub fn placed(mut self: Box<Self>, place: Place, via: u32) -> Box<Self> {
        if !self.place.is_some() {
            self.place = place;
            self.via = via;
        }
        self
    }
}
