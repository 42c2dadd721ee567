//! The keys that GitHub takes in a workflow and in an action, and the shape of what is below each.

use hullmark_tables::faults::{self, FaultKind};

/// A key of a mapping.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    /// The fault if it is not there, for a key that must be.
    pub(super) missing: Option<FaultKind>,
    /// Whether it may be there with nothing behind it.
    pub(super) takes_null: bool,
}

/// A mapping with known keys.
pub(super) struct Keys {
    /// What it is, for messages.
    pub(super) section: &'static str,
    pub(super) fields: &'static [Field],
    /// Whether `{}` is a fault.
    pub(super) needs_some: bool,
    /// Whether GitHub takes a key that it does not know, and ignores it.
    pub(super) is_open: bool,
}

/// What a number may be.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) is_whole: bool,
}

impl Number {
    pub(super) const ANY: Self = Self { is_whole: false };
}

/// One of several shapes, by the kind of node.
pub(super) struct Either {
    pub(super) text: Option<&'static Shape>,
    pub(super) map: Option<&'static Shape>,
    pub(super) list: Option<&'static Shape>,
    /// The fault's kind if it is none of them.
    pub(super) wrong: FaultKind,
}

/// What is below a key.
pub(super) enum Shape {
    /// Checked elsewhere, or free.
    Any,
    /// A scalar, which may be empty.
    Loose,
    /// A scalar that is not empty.
    Text,
    /// True or false.
    Bool,
    /// A number above 0.
    Number(Number),
    /// Known keys.
    Keys(&'static Keys),
    /// Any keys.
    Map(&'static Shape),
    /// A sequence.
    List(&'static Shape),
    /// By the kind of node.
    Either(&'static Either),
}

impl Shape {
    /// For messages.
    pub(super) fn described(&self) -> &'static str {
        match self {
            Self::Any => "anything",
            Self::Loose | Self::Text => "a text",
            Self::Bool => "true or false",
            Self::Number(_) => "a number",
            Self::Keys(_) | Self::Map(_) => "a mapping",
            Self::List(_) => "a list",
            Self::Either(either) => match (either.text, either.map, either.list) {
                (Some(_), _, Some(_)) => "a text or a list",
                (Some(_), Some(_), _) => "a text or a mapping",
                _ => "a mapping or a list",
            },
        }
    }
}

const fn may(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        missing: None,
        takes_null: false,
    }
}

const fn may_be_empty(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        missing: None,
        takes_null: true,
    }
}

const fn must(name: &'static str, shape: Shape, missing: FaultKind) -> Field {
    Field {
        name,
        shape,
        missing: Some(missing),
        takes_null: false,
    }
}

const fn keys(section: &'static str, fields: &'static [Field]) -> Keys {
    Keys {
        section,
        fields,
        needs_some: false,
        is_open: false,
    }
}

/// What the runner reads of an action beside what it runs: any other key is ignored.
const fn open(section: &'static str, fields: &'static [Field]) -> Keys {
    Keys {
        section,
        fields,
        needs_some: false,
        is_open: true,
    }
}

/// One text or a list of them.
const TEXTS: Shape = Shape::Either(&Either {
    text: Some(&Shape::Text),
    map: None,
    list: Some(&Shape::List(&Shape::Text)),
    wrong: faults::SECTION_SHOULD_BE_SEQUENCE,
});
const VARIABLES: Shape = Shape::Map(&Shape::Loose);

pub(super) static WORKFLOW: Keys = keys(
    "the workflow",
    &[
        may("name", Shape::Loose),
        may("run-name", Shape::Text),
        may("description", Shape::Loose),
        must("on", Shape::Any, faults::ON_MISSING),
        may("permissions", Shape::Any),
        may("env", VARIABLES),
        may("defaults", Shape::Keys(&DEFAULTS)),
        may("concurrency", CONCURRENCY),
        must("jobs", Shape::Map(&Shape::Any), faults::JOBS_MISSING),
    ],
);

const CONCURRENCY: Shape = Shape::Either(&Either {
    text: Some(&Shape::Text),
    map: Some(&Shape::Keys(&CONCURRENCY_KEYS)),
    list: None,
    wrong: faults::EXPECTED_MAPPING,
});
static CONCURRENCY_KEYS: Keys = keys(
    "`concurrency`",
    &[
        must("group", Shape::Text, faults::CONCURRENCY_GROUP_MISSING),
        may("cancel-in-progress", Shape::Bool),
        may("queue", Shape::Text),
    ],
);
static DEFAULTS: Keys = keys(
    "`defaults`",
    &[must(
        "run",
        Shape::Keys(&DEFAULTS_RUN),
        faults::DEFAULTS_RUN_MISSING,
    )],
);
static DEFAULTS_RUN: Keys = keys(
    "`defaults.run`",
    &[
        may("shell", Shape::Text),
        may("working-directory", Shape::Text),
    ],
);

/// A job with steps.
pub(super) static JOB: Shape = Shape::Keys(&JOB_KEYS);
static JOB_KEYS: Keys = keys(
    "the job",
    &[
        may("name", Shape::Text),
        may("needs", TEXTS),
        must("runs-on", RUNS_ON, faults::RUNS_ON_MISSING),
        may("permissions", Shape::Any),
        may("environment", ENVIRONMENT),
        may("concurrency", CONCURRENCY),
        may("outputs", Shape::Map(&Shape::Loose)),
        may("env", VARIABLES),
        may("defaults", Shape::Keys(&DEFAULTS)),
        may("if", Shape::Loose),
        must("steps", Shape::List(&STEP), faults::STEPS_MISSING),
        may("cache-mode", Shape::Text),
        may("timeout-minutes", Shape::Number(Number { is_whole: false })),
        may(
            "cancel-timeout-minutes",
            Shape::Number(Number { is_whole: false }),
        ),
        may("strategy", Shape::Keys(&STRATEGY)),
        may("continue-on-error", Shape::Bool),
        may("container", CONTAINER_SHAPE),
        may("services", Shape::Map(&SERVICE)),
        may("snapshot", SNAPSHOT),
        may("with", Shape::Any),
        may("secrets", Shape::Any),
        may("uses", Shape::Text),
    ],
);

/// A job that calls a workflow.
pub(super) static CALL: Shape = Shape::Keys(&CALL_KEYS);
static CALL_KEYS: Keys = keys(
    "the job",
    &[
        may("name", Shape::Text),
        may("uses", Shape::Text),
        may_be_empty("with", Shape::Map(&Shape::Loose)),
        may("secrets", Shape::Any),
        may("needs", TEXTS),
        may("if", Shape::Loose),
        may("permissions", Shape::Any),
        may("concurrency", CONCURRENCY),
        may("strategy", Shape::Keys(&STRATEGY)),
        // The keys of other jobs have a rule of their own.
        may("runs-on", Shape::Any),
        may("environment", Shape::Any),
        may("outputs", Shape::Any),
        may("env", Shape::Any),
        may("defaults", Shape::Any),
        may("steps", Shape::Any),
        may("timeout-minutes", Shape::Any),
        may("continue-on-error", Shape::Any),
        may("container", Shape::Any),
        may("services", Shape::Any),
        may("snapshot", Shape::Any),
    ],
);

const RUNS_ON: Shape = Shape::Either(&Either {
    text: Some(&Shape::Text),
    map: Some(&Shape::Keys(&RUNS_ON_KEYS)),
    list: Some(&Shape::List(&Shape::Text)),
    wrong: faults::SECTION_SHOULD_BE_SEQUENCE,
});
static RUNS_ON_KEYS: Keys = keys(
    "`runs-on`",
    &[may("group", Shape::Text), may("labels", TEXTS)],
);
const ENVIRONMENT: Shape = Shape::Either(&Either {
    text: Some(&Shape::Loose),
    map: Some(&Shape::Keys(&ENVIRONMENT_KEYS)),
    list: None,
    wrong: faults::EXPECTED_MAPPING,
});
static ENVIRONMENT_KEYS: Keys = keys(
    "`environment`",
    &[
        must("name", Shape::Text, faults::ENVIRONMENT_NAME_MISSING),
        may("url", Shape::Text),
        may("deployment", Shape::Bool),
    ],
);
static STRATEGY: Keys = keys(
    "`strategy`",
    &[
        may("matrix", MATRIX),
        may("fail-fast", Shape::Bool),
        may("max-parallel", Shape::Number(Number { is_whole: true })),
    ],
);
const MATRIX: Shape = Shape::Map(&Shape::Either(&Either {
    text: None,
    map: None,
    list: Some(&Shape::Any),
    wrong: faults::SECTION_SHOULD_BE_SEQUENCE,
}));
const CONTAINER_SHAPE: Shape = Shape::Either(&Either {
    text: Some(&Shape::Text),
    map: Some(&Shape::Keys(&CONTAINER)),
    list: None,
    wrong: faults::EXPECTED_MAPPING,
});
static CONTAINER: Keys = Keys {
    section: "`container`",
    needs_some: true,
    is_open: false,
    fields: &[
        must("image", Shape::Text, faults::IMAGE_MISSING),
        may("credentials", Shape::Keys(&CREDENTIALS)),
        may("env", VARIABLES),
        may("ports", Shape::List(&Shape::Text)),
        may("volumes", Shape::List(&Shape::Text)),
        may("options", Shape::Loose),
    ],
};
static SERVICE: Shape = Shape::Either(&Either {
    text: Some(&Shape::Text),
    map: Some(&Shape::Keys(&SERVICE_KEYS)),
    list: None,
    wrong: faults::EXPECTED_MAPPING,
});
static SERVICE_KEYS: Keys = Keys {
    section: "the service",
    needs_some: true,
    is_open: false,
    fields: &[
        must("image", Shape::Loose, faults::IMAGE_MISSING),
        may("credentials", Shape::Keys(&CREDENTIALS)),
        may("env", VARIABLES),
        may("ports", Shape::List(&Shape::Text)),
        may("volumes", Shape::List(&Shape::Text)),
        may("options", Shape::Loose),
        may("entrypoint", Shape::Text),
        may("command", Shape::Text),
    ],
};
static CREDENTIALS: Keys = keys(
    "`credentials`",
    &[
        must("username", Shape::Text, faults::CREDENTIALS_INCOMPLETE),
        must("password", Shape::Text, faults::CREDENTIALS_INCOMPLETE),
    ],
);
const SNAPSHOT: Shape = Shape::Either(&Either {
    text: Some(&Shape::Text),
    map: Some(&Shape::Keys(&SNAPSHOT_KEYS)),
    list: None,
    wrong: faults::SNAPSHOT_WRONG_NODE,
});
static SNAPSHOT_KEYS: Keys = keys(
    "`snapshot`",
    &[
        must(
            "image-name",
            Shape::Text,
            faults::SNAPSHOT_IMAGE_NAME_MISSING,
        ),
        may("version", Shape::Text),
        may("if", Shape::Loose),
    ],
);

/// Any step; which keys go together is checked where steps are.
static STEP: Shape = Shape::Keys(&STEP_KEYS);
static STEP_KEYS: Keys = keys(
    "the step",
    &[
        may("id", Shape::Text),
        may("if", Shape::Loose),
        may("name", Shape::Loose),
        may("uses", Shape::Text),
        may("run", Shape::Text),
        may("shell", Shape::Text),
        may("working-directory", Shape::Text),
        may_be_empty("with", Shape::Map(&Shape::Loose)),
        may("env", VARIABLES),
        may("continue-on-error", Shape::Bool),
        may("timeout-minutes", Shape::Number(Number { is_whole: false })),
        may("background", Shape::Bool),
        may("parallel", Shape::List(&STEP)),
        may("wait", TEXTS),
        may_be_empty("wait-all", Shape::Loose),
        may("cancel", Shape::Text),
    ],
);

pub(super) static ACTION: Keys = open(
    "the action",
    &[
        must("name", Shape::Text, faults::META_NAME_MISSING),
        must("description", Shape::Text, faults::META_DESCRIPTION_MISSING),
        may("author", Shape::Any),
        may_be_empty("inputs", Shape::Map(&ACTION_INPUT)),
        may_be_empty("outputs", Shape::Map(&ACTION_OUTPUT)),
        may("branding", BRANDING_SHAPE),
        must("runs", Shape::Any, faults::META_RUNS_REQUIRED),
    ],
);
static ACTION_INPUT: Shape = Shape::Keys(&ACTION_INPUT_KEYS);
static ACTION_INPUT_KEYS: Keys = open(
    "the input",
    &[
        may("description", Shape::Any),
        may("required", Shape::Any),
        may("default", Shape::Loose),
        may("deprecationMessage", Shape::Any),
        may("type", Shape::Any),
    ],
);
static ACTION_OUTPUT: Shape = Shape::Keys(&ACTION_OUTPUT_KEYS);
static ACTION_OUTPUT_KEYS: Keys = keys(
    "the output",
    &[may("description", Shape::Loose), may("value", Shape::Loose)],
);
/// The marketplace reads it, and no runner.
const BRANDING_SHAPE: Shape = Shape::Either(&Either {
    text: Some(&Shape::Loose),
    map: Some(&Shape::Keys(&BRANDING)),
    list: Some(&Shape::Any),
    wrong: faults::EXPECTED_MAPPING,
});
static BRANDING: Keys = open(
    "`branding`",
    &[may("icon", Shape::Loose), may("color", Shape::Loose)],
);
