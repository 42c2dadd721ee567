//! Tables that GitHub workflows and actions alone fill.

use crate::{Decimal, FieldPath, Flag, Map, Number, One, Ref, Refs, Rows, Text, Texts};

columns! {
    workflows: Workflows {
        at: Ref, "The workflow or action.";
        kind: Text, "`workflow` or `action`.";
        name: Text, "The name.", absent "if none is written";
        triggers: Rows<Trigger>, "The events that start it.";
        trigger_names: Texts, "The names of those events.";
        has_permissions: Flag, "Whether `permissions` is written.";
        has_concurrency: Flag, "Whether `concurrency` is written.";
        has_cancel: Flag, "Whether `concurrency` has `cancel-in-progress`.";
        env: Map<Text>, "The variables, by name.";
        is_dialect: Flag, "Whether it is for Forgejo or Gitea, whose actions and runners are others than GitHub's.";
        using: Text, "What an action runs with.", absent "in a workflow; if none is written";
        document: Ref, "The document.";
    }

    trigger: Trigger {
        at: Ref, "The trigger.";
        name: Text, "The event.";
        types: Texts, "The `types`.";
        branches: Texts, "The `branches`.";
        tags: Texts, "The `tags`.";
        workflows: Texts, "The `workflows`.";
        has_branches: Flag, "Whether `branches` or `branches-ignore` is written.";
        has_tags: Flag, "Whether `tags` or `tags-ignore` is written.";
        has_paths: Flag, "Whether `paths` or `paths-ignore` is written.";
        has_inputs: Flag, "Whether `inputs` is written.";
    }

    jobs: Jobs {
        at: Ref, "The job.";
        workflow: Ref, "The workflow.";
        document: Ref, "The document.";
        id: Text, "Its key below `jobs`.";
        name: Text, "The name.", absent "if none is written";
        runs_on: Texts, "The labels of runners, those of a matrix filled in.";
        runners: Rows<RunnerLabel>, "The same, each with its place.";
        runs_on_known: Flag, "Whether all labels are known.";
        has_runner_group: Flag, "Whether `runs-on` names a group.";
        runner_os: Text, "`linux`, `windows` or `macos`.", absent "if the labels do not say or do not agree";
        is_reusable_call: Flag, "Whether it calls a workflow.";
        uses: Text, "The workflow that it calls.", absent "if it calls none";
        calls_tame: Flag, "Whether outsiders can start it with the secrets of the repository, and the workflow that it calls is one of the repository and brings in nothing of theirs.";
        called_permissions: Map<Text>, "What the jobs of the workflow of the repository that it calls ask of the token, the highest level by scope.", absent "if it calls none, or that is not known";
        action: One<Action>, "The same, taken apart.", absent "if it calls none";
        needs: Texts, "The ids of the jobs that it waits for.";
        has_permissions: Flag, "Whether `permissions` is written.";
        has_timeout: Flag, "Whether `timeout-minutes` is written.";
        timeout: Decimal, "The timeout in minutes.", absent "if it is not written or not known";
        has_environment: Flag, "Whether `environment` is written.";
        environment: Text, "The name of the environment.", absent "if none is written";
        r#if: Text, "The condition.", absent "if none is written";
        has_if: Flag, "Whether a condition is written.";
        has_concurrency: Flag, "Whether `concurrency` is written.";
        has_container: Flag, "Whether it runs in a container.";
        env: Map<Text>, "The variables, by name.";
        with: Map<Text>, "The inputs of the workflow that it calls, by name.";
        is_matrix: Flag, "Whether it has a matrix.";
        inherits_secrets: Flag, "Whether it says `secrets: inherit`.";
        secrets: Map<Text>, "The secrets that it hands on, by name.";
        events: Texts, "The events that can start it: those of the workflow that its condition, and those of the jobs it needs, admit. `trusted_workflow_run` is a `workflow_run` that watches workflows of the repository which outsiders cannot start.";
        is_guarded: Flag, "Whether it runs for people with rights alone: by its condition, or by a job it needs.";
        cache_mode: Text, "The value of `cache-mode`.", absent "if none is written";
        steps: Refs, "Its steps.";
        token_permissions: Map<Text>, "The rights of its token in force, level by scope; the scope `*` is all.", absent "if they are the default or not known";
    }

    runner_label: RunnerLabel {
        at: Ref, "Where it is written: below `runs-on`, or in the matrix.";
        label: Text, "The label.";
    }

    steps: Steps {
        at: Ref, "The step.";
        workflow: Ref, "The workflow.";
        document: Ref, "The document.";
        job: Ref, "The job.", absent "in a composite action";
        number: Number, "Its number in its list, from 0.";
        id: Text, "The id.", absent "if none is written";
        same_id: Ref, "The first step before it in its job that has its id, in letters of any case.", absent "if none has";
        name: Text, "The name.", absent "if none is written";
        uses: Text, "The action that it uses.", absent "if it uses none";
        action: One<Action>, "The same, taken apart.", absent "if it uses none";
        with: Map<Text>, "The inputs of the action, by name.";
        run: Flag, "Whether it runs a script.";
        run_text: Text, "The script.", absent "if it runs none";
        is_long: Flag, "Whether that script has more than 20,000 bytes.";
        has_shell: Flag, "Whether it names a shell itself.";
        shell: Text, "The shell that it, its job or its workflow names.", absent "if none does";
        default_shell: Text, "What runs its script if nothing names a shell: `bash` or `powershell`; `either` if its job runs both on Windows and elsewhere.", absent "if the runner is not known";
        env: Map<Text>, "The variables, by name.";
        r#if: Text, "The condition.", absent "if none is written";
        has_if: Flag, "Whether a condition is written.";
        working_directory: Text, "The working directory.", absent "if none is written";
        continue_on_error: Text, "The value of `continue-on-error`.", absent "if none is written";
        has_timeout: Flag, "Whether `timeout-minutes` is written.";
        events: Texts, "The events that can start it: those of its job that its condition admits; in a composite action none.";
        is_guarded: Flag, "Whether it runs for people with rights alone: by its condition, by a step before it, by its job or by a job needed before.";
        may_be_guarded: Flag, "Whether its condition, that of its job or of a job needed before asks for an output of a step or a job, which may be a check of who started the run.";
        brings_foreign: Flag, "Whether it brings in what outsiders may have written: an artifact of another run, or a checkout by an action that does more than that.";
        untrusted_env: Texts, "The variables that hold text of outsiders: of `env`, and those that the script sets to them.";
        multiline_env: Texts, "Those of them that may hold several lines.";
        workflow_commands: Rows<WorkflowCommand>, "The workflow commands that its script writes out.";
    }

    workflow_command: WorkflowCommand {
        at: Ref, "Where it is written.";
        name: Text, "The command as written, without the colons.";
        is_closed: Flag, "Whether `::` follows the name and its properties.";
        is_known: Flag, "Whether GitHub has a command of that name.";
        is_removed: Flag, "Whether GitHub has removed it or is about to.";
        is_refused: Flag, "Whether GitHub has removed it.";
        replacement: Text, "The command to write instead, in `sh`.", absent "if it is not removed, or its value is not clear";
        lines: Text, "The name that it gives what a program prints, where that may be several lines.", absent "elsewhere";
        similar: Text, "The command that may be meant.", absent "if none is alike";
    }

    action: Action {
        owner: Text, "The owner; empty for a local or Docker action.";
        repo: Text, "The repository; empty for a local or Docker action.";
        path: Text, "The path in the repository; empty without one.";
        slug: Text, "`owner/repo` in lower case.";
        full: Text, "`owner/repo/path` in lower case.";
        r#ref: Text, "What is after the `@`.", absent "without one";
        ref_kind: Text, "`sha`, `short-sha`, `tag`, `branch`, `local`, `docker` or `none`.";
        is_known: Flag, "Whether no expression is in it.";
        version: Text, "The release: the tag, or what the comment behind a commit hash says.", absent "if neither says one";
        advisory: Text, "The id of a published vulnerability of this release.", absent "if none is known";
        vulnerability: Text, "What that vulnerability is.", absent "if none is known";
        safe_release: Text, "Which releases it does not affect.", absent "if none is known";
        resembles: Text, "The popular action of another owner whose name is one slip away, in lower case.", absent "if none is";
        needs_tag: Flag, "Whether it must be named by a tag, because it checks its own reference.";
        is_toolchain: Flag, "Whether its reference is no state of the code but the toolchain to install.";
        is_own: Flag, "Whether it is a workflow or an action of the repository that the file is in, named in full.";
        is_of_owner: Flag, "Whether the owner of the repository that the file is in keeps it, as far as its files show; only for what is not pinned, and for workflows.";
        name: Text, "`owner/repo/path` as written; empty for a local or Docker action.";
        node: Text, "The version of Node.js that the release is written for: `12`, `16` or `20`.", absent "if it is not outdated, or that is not known";
        next_major: Text, "The first major version that is not outdated.", absent "if none is known to be outdated";
        is_archived: Flag, "Whether its repository is archived.";
        is_outdated: Flag, "Whether this release is written for a version of Node.js that runners no longer have.";
        retired: Text, "The service of this release that GitHub has switched off.", absent "if there is none";
        refuses_forks: Flag, "Whether this release of the checkout refuses the code of forks in privileged workflows.";
    }

    permissions: Permissions {
        at: Ref, "The workflow or job.";
        document: Ref, "The document.";
        workflow: Ref, "The workflow.";
        job: Ref, "The job.", absent "for what the workflow grants";
        subject: Text, "`workflow` or `job`.";
        scope: Text, "The scope; with `is_all` the text as written.";
        level: Text, "`read`, `write` or `none`.";
        is_all: Flag, "Whether it is `read-all` or `write-all`.";
        field: FieldPath, "The path below `at`, to hand back.";
        comment: Text, "The comment on its line, without `#`.", absent "if none is there";
    }

    expressions: Expressions {
        at: Ref, "The expression.";
        document: Ref, "The document.";
        workflow: Ref, "The workflow.";
        job: Ref, "The job.", absent "outside jobs";
        step: Ref, "The step.", absent "outside steps";
        text: Text, "What is inside the braces.";
        contexts: Texts, "The contexts that it reads, dotted, in lower case: `github.event.issue.title`.";
        spelling: Map<Text>, "By their path in `contexts`, as written: those that are not written in lower case.";
        repeated: Texts, "Those contexts that an expression before it in the same value reads too.";
        functions: Texts, "The functions that it calls.";
        literals: Texts, "The texts in it.";
        demanded: Texts, "Those of them that are not compared with by `!=`.";
        shape: Text, "`context`, `call`, `literal`, `boolean`, `logical` or `unknown`.";
        place: Text, "Where it is: `run`, `with`, `env`, `if`, `name`, `uses`, `script` or `other`.";
        key: Text, "The dotted path of its key below the step, the job or the document.";
        is_reducible: Flag, "Whether a part of it has one value in every run, and is not written as that.";
        has_computed_index: Flag, "Whether an index in it is computed.";
        is_valid: Flag, "Whether it is a valid expression.";
        error: Text, "What is wrong with it.", absent "if it is valid";
        error_kind: Text, "Which kind of error it is: the condition of an alias may ask for it.", absent "if it is valid";
        events: Texts, "The events that can start the step or job that it is in; elsewhere those of the workflow.";
        payload_events: Texts, "Those of `events` that bring what it reads; all of them if it reads nothing that only some events bring.";
        untrusted: Texts, "Those contexts that an attacker can write, in a run of one of the `events`.";
        indirect: Texts, "Those outputs among the contexts that hold text of outsiders.";
        open: Texts, "Those contexts whose value the file does not fix.";
        computed: Texts, "Those of them that a job of the same file computes.";
        number: Number, "Its number in its value, from 0.";
        variables: Map<Text>, "By the path in `contexts`, the name of an environment variable that may hold the value.";
        is_in_env: Flag, "Whether `env` of its step, job or workflow sets such a variable to it already.";
        quotes: Text, "The quotes that it is in, in a script for a shell or in JavaScript: `double`, `single`, `template` or `none`; `here` in a here-document, `raw-here` in one that expands nothing.", absent "elsewhere";
        is_quoted_whole: Flag, "Whether those quotes hold nothing else.";
        is_command: Flag, "Whether a script names by it, without quotes, the program to run, or what may stand before that, such as `sudo`.";
        line: Text, "The line of its value that it begins on, without indentation.";
        secrets: Texts, "The names of the secrets that it reads.";
        sensitive: Texts, "Those of them whose names do not say that they are user names, ids or switches.";
        new_secrets: Texts, "Those of them that no script before it in the file holds; in scripts alone.";
        reads_all_secrets: Flag, "Whether it reads all secrets at once.";
        is_bare: Flag, "Whether it is written without braces.";
        is_whole: Flag, "Whether it is all of its value.";
        has_text_around: Flag, "Whether text is before or after it.";
        without_braces: Text, "The condition with the text around it as one expression.", absent "elsewhere, and if that is none";
        scalar: Text, "The value that it is in.";
        filled_with: Text, "What an input among `untrusted` is filled with: the context of who calls the action or workflow.", absent "if no caller is known to hand on what an attacker writes";
        filled_by: Text, "The path of the file that fills it, from the root of the repository.", absent "if no caller is known to hand on what an attacker writes";
    }

    calls: Calls {
        at: Ref, "The expression that fills the input.";
        document: Ref, "The document.";
        target: Text, "The path of the workflow, or the folder of the action, from the root of the project.";
        input: Text, "The name of the input, in lower case.";
        context: Text, "The context that an attacker writes, or that holds it.";
        events: Texts, "The events that can start the step or job.";
    }
}
