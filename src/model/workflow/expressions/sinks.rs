//! Where an expression stands, as rules name it: a script, an input that an action runs as code, and so on.

/// Actions that run one of their inputs as code.
const SINKS: &[(&str, &[&str])] = &[
    ("8398a7/action-slack", &["custom_payload"]),
    ("actions/github-script", &["script"]),
    ("amadevus/pwsh-script", &["script"]),
    ("addnab/docker-run-action", &["run"]),
    ("appleboy/ssh-action", &["script"]),
    ("appleboy/telegram-action", &["message"]),
    ("azure/cli", &["inlinescript"]),
    ("azure/powershell", &["inlinescript"]),
    ("cardinalby/js-eval-action", &["expression"]),
    ("devorbitus/yq-action-output", &["cmd"]),
    ("gautamkrishnar/blog-post-workflow", &["item_exec"]),
    (
        "imjohnbo/issue-bot",
        &[
            "body",
            "linked-comments-previous-issue-text",
            "linked-comments-new-issue-text",
        ],
    ),
    ("jannekem/run-python-script-action", &["script"]),
    ("lucasbento/auto-close-issues", &["issue-close-message"]),
    ("mikefarah/yq", &["cmd"]),
    (
        "roots/issue-closer-action",
        &["issue-close-message", "pr-close-message"],
    ),
    ("sergeysova/jq-action", &["cmd"]),
    ("skitionek/notify-microsoft-teams", &["overwrite"]),
    (
        "tibdex/backport",
        &[
            "body_template",
            "head_template",
            "labels_template",
            "title_template",
        ],
    ),
];

/// `run`, `script` (an input that an action runs as code), `with`, `env`, `if`, `name`, `uses` or `other`: where the value of a dotted key of a step,
/// a job or the document stands. `uses` is the action that a step runs.
pub(super) fn kind_of_place(key: &str, is_of_step: bool, uses: Option<&str>) -> &'static str {
    let first = key.split('.').next().unwrap_or_default();
    match first {
        "if" | "pre-if" | "post-if" => "if",
        "snapshot" if key == "snapshot.if" => "if",
        "env" => "env",
        "name" => "name",
        "run" if is_of_step => "run",
        "uses" => "uses",
        "with" => {
            let input = key.split_once('.').map_or("", |(_, input)| input);
            let slug = uses.unwrap_or_default();
            let slug = slug.split('@').next().unwrap_or_default();
            let is_sink = SINKS.iter().any(|(action, inputs)| {
                action.eq_ignore_ascii_case(slug.trim())
                    && inputs.iter().any(|known| known.eq_ignore_ascii_case(input))
            });
            if is_sink { "script" } else { "with" }
        }
        _ => "other",
    }
}
