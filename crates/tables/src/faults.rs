//! The faults that this program finds without a policy: the native rule of each, which is METADATA alone, and the fault's kind. `build.rs` holds them
//! against `policies/`.

/// Which fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultKind {
    /// The id of the native rule that reports it.
    pub rule: &'static str,
    /// Which of the rule's faults it is; empty if it has one only.
    pub name: &'static str,
}

/// A constant for each fault, and the list of all.
macro_rules! faults {
    ($($rule:literal { $($fault:ident = $name:literal,)+ })+) => {
        $($(
            #[doc = concat!("`", $rule, "`: ", $name)]
            pub const $fault: FaultKind = FaultKind { rule: $rule, name: $name };
        )+)+

        /// The native rules and the kinds of their faults, in the order of their ids.
        pub const NATIVE: &[(&str, &[&str])] = &[$(($rule, &[$($name),+])),+];
    };
}

/// Facts about the findings of every native rule, for conditions of aliases: `kind`, whether the file is a workflow or an action,
/// and what stood in place of what a key takes.
pub const FACTS: &[(&str, &[&str])] =
    &[("is_in_workflow", &[]), ("found", &["mapping", "sequence"])];

faults! {
    "dockerfile/blank-after-continuation" {
        BLANK_AFTER_CONTINUATION = "",
    }
    "dockerfile/directive-case" {
        DIRECTIVE_CASE = "",
    }
    "dockerfile/ignore-comment" {
        HADOLINT_IGNORE = "hadolint-ignore",
        OTHER_IGNORE = "other-ignore",
    }
    "dockerfile/invalid-flag" {
        INVALID_FLAG = "",
    }
    "dockerfile/invalid-healthcheck" {
        INVALID_HEALTHCHECK = "",
    }
    "dockerfile/invalid-stage-name" {
        INVALID_STAGE_NAME = "",
    }
    "dockerfile/syntax-error" {
        UNKNOWN_INSTRUCTION = "unknown-instruction",
        MISSING_ARGUMENT = "missing-argument",
        MISSING_SHELL_ARGUMENT = "missing-shell-argument",
        SEVERAL_ARGUMENTS = "several-arguments",
        FROM_ARGUMENTS = "from-arguments",
        MISSING_DESTINATION = "missing-destination",
        MISSING_VALUE = "missing-value",
        MISSING_NAME = "missing-name",
        SHELL_NOT_JSON = "shell-not-json",
        UNKNOWN_MODIFIER = "unknown-modifier",
        INVALID_ESCAPE = "invalid-escape",
        DUPLICATE_ESCAPE = "duplicate-escape",
        DUPLICATE_DIRECTIVE = "duplicate-directive",
        BLANK_VOLUME = "blank-volume",
        HEREDOC_DESTINATION = "heredoc-destination",
        OPEN_HEREDOC = "open-heredoc",
        MIXED_LIST = "mixed-list",
        TOO_MANY_INSTRUCTIONS = "too-many-instructions",
        NO_INSTRUCTION = "no-instruction",
        MERGE_CONFLICT = "merge-conflict",
        BUILD_PLACEHOLDER = "build-placeholder",
    }
    "dockerfile/unclosed-quote" {
        UNCLOSED_QUOTE = "",
    }
    "helm/deprecated-api-version" {
        CHART_API_VERSION = "",
    }
    "helm/missing-dependency" {
        MISSING_CHART = "",
    }
    "helm/misspelt-value" {
        MISSPELT_VALUE = "",
    }
    "helm/syntax-error" {
        TEMPLATE_SYNTAX_ERROR = "",
    }
    "helm/undefined-template" {
        UNDEFINED_TEMPLATE = "",
    }
    "helm/unpinned-dependency" {
        UNPINNED_CHART = "",
    }
    "hullmark/internal-error" {
        INTERNAL_ERROR = "",
    }
    "hullmark/refused-suppression" {
        REFUSED_SUPPRESSION = "",
    }
    "hullmark/rule-error" {
        RULE_ERROR = "",
    }
    "hullmark/unjudged" {
        UNJUDGED = "",
    }
    "hullmark/unreadable-file" {
        UNREADABLE_FILE = "",
    }
    "kustomize/build-error" {
        KUSTOMIZE_BUILD = "",
    }
    "kustomize/deprecated-field" {
        KUSTOMIZE_FIELD = "",
    }
    "kustomize/missing-file" {
        KUSTOMIZE_FILE = "",
    }
    "kustomize/unlisted-manifest" {
        UNLISTED_MANIFEST = "",
    }
    "kustomize/unmatched-patch" {
        UNMATCHED_PATCH = "",
    }
    "kustomize/wrong-type" {
        KUSTOMIZE_TYPE = "",
    }
    "project/hidden-characters" {
        HIDDEN_CHARACTERS = "",
    }
    "workflow/concurrency-deadlock" {
        CONCURRENCY_GROUP_IS_ALSO_DEFINED = "concurrency-group-is-also-defined",
        CONCURRENCY_GROUP_IS_ALSO_USED = "concurrency-group-is-also-used",
    }
    "workflow/concurrency-queue" {
        CONCURRENCY_QUEUE_CANCEL = "concurrency-queue-cancel",
        CONCURRENCY_QUEUE_VALUE = "concurrency-queue-value",
    }
    "workflow/conflicting-labels" {
        CONFLICTING_LABELS = "",
    }
    "workflow/constant-if" {
        CONSTANT_IF = "",
    }
    "workflow/default-of-required-input" {
        CALL_REQUIRED_WITH_DEFAULT = "",
    }
    "workflow/deprecated-input" {
        DEPRECATED_INPUT = "",
    }
    "workflow/disabled-step" {
        DISABLED_STEP = "",
    }
    "workflow/duplicate-matrix-value" {
        DUPLICATE_MATRIX_VALUE = "",
    }
    "workflow/duplicate-name" {
        DUPLICATE_NAME = "",
    }
    "workflow/duplicate-needs" {
        DUPLICATE_NEEDS = "",
    }
    "workflow/empty-section" {
        EMPTY_SECTION = "empty-section",
        NO_JOBS = "no-jobs",
    }
    "workflow/empty-string" {
        EMPTY_STRING = "empty-string",
        EMPTY_KEY = "empty-key",
        EMPTY_LABEL = "empty-label",
    }
    "workflow/empty-deprecation-message" {
        EMPTY_DEPRECATION = "",
    }
    "workflow/exclusive-filters" {
        EXCLUSIVE_FILTERS = "",
    }
    "workflow/format-arguments" {
        FORMAT_ARG_COUNT_MISMATCH = "format-arg-count-mismatch",
        FORMAT_ARGS = "format-args",
        INVALID_FORMAT_STRING = "invalid-format-string",
    }
    "workflow/impossible-event" {
        IMPOSSIBLE_EVENT = "",
        ACTIVITY_AS_EVENT = "activity-type",
    }
    "workflow/invalid-action-runs" {
        META_USING_INVALID = "meta-using-invalid",
        META_RUNS_NOT_ALLOWED = "meta-runs-not-allowed",
        META_PRE_POST_MISSING = "meta-pre-post-missing",
        META_DOCKERFILE_NAME = "meta-dockerfile-name",
    }
    "workflow/invalid-branding" {
        INVALID_BRANDING = "color",
        INVALID_ICON = "icon",
    }
    "workflow/invalid-call-definition" {
        CALL_INPUT_TYPE_MISSING = "call-input-type-missing",
        CALL_INPUT_TYPE = "call-input-type",
        CALL_INPUT_DEFAULT = "call-input-default",
        CALL_OUTPUT_VALUE_MISSING = "call-output-value-missing",
    }
    "workflow/invalid-dispatch-input" {
        DISPATCH_TOO_MANY_INPUTS = "dispatch-too-many-inputs",
        DISPATCH_INPUT_TYPE = "dispatch-input-type",
        OPTIONS_NOT_CHOICE = "options-not-choice",
        CHOICE_OPTIONS_MISSING = "choice-options-missing",
        CHOICE_OPTION_DUPLICATE = "choice-option-duplicate",
        CHOICE_DEFAULT_NOT_OPTION = "choice-default-not-option",
        DISPATCH_DEFAULT_TYPE = "dispatch-default-type",
    }
    "workflow/invalid-id" {
        INVALID_ID = "invalid-id",
        RESERVED_ID = "reserved-id",
    }
    "workflow/invalid-json" {
        INVALID_JSON = "",
    }
    "workflow/invalid-parallel-step" {
        UNKNOWN_BACKGROUND_STEP = "unknown-background-step",
        NESTED_OR_NOT_ALLOWED = "nested-or-not-allowed",
        WAIT_AND_WAIT_ALL = "wait-and-wait-all",
        WAIT_ALL_VALUE = "wait-all-value",
    }
    "workflow/invalid-pattern" {
        PATH_SPACES = "path-spaces",
        PATH_DOT_SEGMENTS = "path-dot-segments",
        INVALID_REF_CHAR = "invalid-ref-char",
        INVALID_PATTERN = "invalid-pattern",
    }
    "workflow/invalid-permission" {
        INVALID_ALL = "invalid-all",
        UNKNOWN_SCOPE = "unknown-scope",
        INVALID_VALUE = "invalid-value",
    }
    "workflow/invalid-runner-group" {
        INVALID_RUNNER_GROUP = "",
    }
    "workflow/invalid-schedule" {
        TIMEZONE = "timezone",
        CRON_FORMAT = "cron-format",
    }
    "workflow/invalid-uses" {
        DOCKER_URI = "docker-uri",
        DOCKER_TAG_EMPTY = "docker-tag-empty",
        WORKFLOW_IN_STEP = "workflow-in-step",
        INVALID_USES_FORMAT = "invalid-format",
    }
    "workflow/invalid-variable-name" {
        INVALID_VARIABLE_NAME = "",
    }
    "workflow/invalid-workflow-call" {
        INVALID_CALL_FORMAT = "invalid-format",
        CALL_OUTSIDE = "outside",
    }
    "workflow/merge-key" {
        MERGE_KEY = "",
    }
    "workflow/mismatched-comparison" {
        MISMATCHED_COMPARISON = "",
    }
    "workflow/mismatched-call" {
        UNDEFINED_CALL_INPUT = "undefined-input",
        MISSING_CALL_INPUT = "missing-input",
        UNDEFINED_SECRET = "undefined-secret",
        MISSING_SECRET = "missing-secret",
        CALL_INPUT_VALUE = "input-type",
    }
    "workflow/mismatched-type" {
        ARGUMENT_TYPE = "argument-type",
        COMPARISON_TYPE = "comparison-type",
        INDEX_TYPE = "index-type",
        RUNS_ON_TYPE = "runs-on-type",
        SECTION_TYPE = "section-type",
    }
    "workflow/misplaced-expression" {
        NOT_ALLOWED = "not-allowed",
        EXPLICIT = "explicit",
    }
    "workflow/misplaced-job-key" {
        REUSABLE_CALL_KEY = "reusable-call-key",
        ONLY_FOR_REUSABLE_CALL = "only-for-reusable-call",
    }
    "workflow/missing-action-file" {
        META_FILE_MISSING = "",
    }
    "workflow/missing-checkout" {
        MISSING_CHECKOUT = "",
    }
    "workflow/missing-cooldown" {
        COOLDOWN_MISSING = "",
    }
    "workflow/missing-input" {
        MISSING_INPUT = "",
    }
    "workflow/missing-key" {
        WORKFLOW_RUN_NO_WORKFLOW = "workflow-run-no-workflow",
        META_USING_MISSING = "meta-using-missing",
        CREDENTIALS_INCOMPLETE = "credentials-incomplete",
        META_RUNS_REQUIRED = "meta-runs-required",
        ON_MISSING = "on-missing",
        JOBS_MISSING = "jobs-missing",
        RUNS_ON_MISSING = "runs-on-missing",
        STEPS_MISSING = "steps-missing",
        CONCURRENCY_GROUP_MISSING = "concurrency-group-missing",
        ENVIRONMENT_NAME_MISSING = "environment-name-missing",
        DEFAULTS_RUN_MISSING = "defaults-run-missing",
        IMAGE_MISSING = "image-missing",
        SNAPSHOT_IMAGE_NAME_MISSING = "snapshot-image-name-missing",
        WORKFLOW_EMPTY = "workflow-empty",
        META_NAME_MISSING = "meta-name-missing",
        META_DESCRIPTION_MISSING = "meta-description-missing",
        META_TEXTS_MISSING = "meta-texts-missing",
    }
    "workflow/unsound-ternary" {
        UNSOUND_TERNARY = "ternary",
        FIXED_CHOICE = "fixed-choice",
    }
    "workflow/short-ref" {
        SHORT_REF = "",
    }
    "workflow/swapped-arguments" {
        SWAPPED_ARGUMENTS = "",
    }
    "workflow/needs-cycle" {
        NEEDS_CYCLE = "",
    }
    "workflow/not-positive" {
        TIMEOUT_MINUTES = "timeout-minutes",
        CANCEL_TIMEOUT_MINUTES = "cancel-timeout-minutes",
        MAX_PARALLEL = "max-parallel",
    }
    "workflow/object-in-text" {
        OBJECT_IN_TEXT = "",
    }
    "workflow/step-without-work" {
        STEP_WITHOUT_WORK = "",
    }
    "workflow/too-frequent-schedule" {
        TOO_FREQUENT_SCHEDULE = "",
    }
    "workflow/external-code-execution" {
        EXTERNAL_CODE = "",
    }
    "workflow/archived-hook" {
        ARCHIVED_HOOK = "",
    }
    "workflow/insecure-hook-url" {
        INSECURE_HOOK_URL = "",
    }
    "workflow/undeclared-secret" {
        UNDECLARED_SECRET = "",
    }
    "workflow/unlisted-input" {
        UNLISTED_INPUT = "",
    }
    "workflow/unlisted-output" {
        UNLISTED_OUTPUT = "",
    }
    "workflow/unusable-callee" {
        CALLEE_MISSING = "action-missing",
        CALL_NOT_READABLE = "not-readable",
        META_UNPARSABLE = "unparsable",
    }
    "workflow/unused-anchor" {
        UNUSED_ANCHOR = "",
    }
    "workflow/unavailable-context" {
        UNDEFINED_VARIABLE = "undefined-variable",
        CONTEXT_NOT_AVAILABLE = "context-not-available",
    }
    "workflow/unavailable-filter" {
        TYPES_NOT_ALLOWED = "types-not-allowed",
        WORKFLOWS_NOT_ALLOWED = "workflows-not-allowed",
        FILTER_NOT_AVAILABLE = "filter-not-available",
    }
    "workflow/unavailable-function" {
        UNAVAILABLE_FUNCTION = "",
    }
    "workflow/unknown-activity" {
        UNKNOWN_ACTIVITY = "",
    }
    "workflow/unknown-event" {
        UNKNOWN_EVENT = "",
    }
    "workflow/unknown-input" {
        UNKNOWN_INPUT = "",
    }
    "workflow/unknown-key" {
        UNKNOWN_KEY = "",
    }
    "workflow/unknown-property" {
        UNKNOWN_PROPERTY = "undefined-property",
        DEREF_NOT_OBJECT = "deref-not-object",
    }
    "workflow/unknown-runner" {
        UNKNOWN_RUNNER = "",
    }
    "workflow/unknown-shell" {
        UNKNOWN_SHELL = "",
    }
    "workflow/unlisted-runner" {
        UNLISTED_RUNNER = "",
    }
    "workflow/useless-exclude" {
        EXCLUDE_WITHOUT_MATRIX = "exclude-without-matrix",
        EXCLUDE_UNKNOWN_KEY = "exclude-unknown-key",
        EXCLUDE_NO_MATCH = "exclude-no-match",
    }
    "workflow/wrong-type" {
        SCHEDULE_NOT_MAPPING = "schedule-not-mapping",
        EXPECTED_MAPPING = "expected-mapping",
        SECRETS_NOT_INHERIT = "secrets-not-inherit",
        EXPECTED_STRING = "expected-string",
        SECTION_SHOULD_BE_SEQUENCE = "section-should-be-sequence",
        SNAPSHOT_WRONG_NODE = "snapshot-wrong-node",
        EXPECTED_INT = "expected-int",
        EXPECTED_FLOAT = "expected-float",
        EXPECTING_EXPRESSION = "expecting-expression",
    }
    "yaml/duplicate-key" {
        DUPLICATE_KEY = "",
    }
    "yaml/syntax-error" {
        YAML_SYNTAX_ERROR = "syntax",
        RECURSIVE_ALIAS = "recursive-alias",
    }
}
