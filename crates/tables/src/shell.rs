//! Scripts, wherever they are written, and what is in them.

use crate::{Flag, Map, Number, One, Ref, Rows, Text, Texts, Written};

columns! {
    scripts: Scripts {
        at: Ref, "The first line of the script.";
        document: Ref, "The document.";
        shell: Text, "`sh`, `bash`, `dash`, `ash`, `ksh`, `zsh`, `pwsh`, `cmd`, `python`, `other` or `unknown`.";
        source: Text, "`run`, `heredoc`, `step`, `command`, `args`, `healthcheck`, `entrypoint`, `cmd`, `probe` or `lifecycle`.";
        instruction: Ref, "The instruction.", absent "outside Dockerfiles";
        stage: Ref, "The stage.", absent "outside Dockerfiles; before the first FROM";
        container: Ref, "The container.", absent "outside Kubernetes";
        step: Ref, "The step.", absent "outside workflows";
        workflow: Ref, "The workflow.", absent "outside workflows";
        job: Ref, "The job.", absent "outside workflows; in a composite action";
        text: Text, "The text.";
        is_parsed: Flag, "Whether it is for a POSIX shell and was understood.";
        options: Texts, "The options in force at its start, such as `pipefail` and `errexit`: from SHELL, `shell:`, GitHub's defaults.";
        has_pipe: Flag, "Whether it has a pipe.";
        has_pipe_without_pipefail: Flag, "Whether a pipe in it hides a failure.";
        pipe: Ref, "The first pipe that hides a failure.", absent "if there is none";
        error: One<ScriptError>, "Where it breaks the grammar.", absent "if it does not";
    }

    script_error: ScriptError {
        at: Ref, "Where it is.";
        problem: Text, "What is wrong.";
        token: Text, "The token that does not fit, or what is never closed.", absent "if the script ends too early";
    }

    commands: Commands {
        at: Ref, "The command.";
        document: Ref, "The document.";
        shell: Text, "The shell of its script, or the one that `bash -c` and its like hand it to.";
        source: Text, "Where its script is written, as in `scripts`.";
        instruction: Ref, "The instruction.", absent "outside Dockerfiles";
        stage: Ref, "The stage.", absent "outside Dockerfiles; before the first FROM";
        container: Ref, "The container.", absent "outside Kubernetes";
        step: Ref, "The step.", absent "outside workflows";
        workflow: Ref, "The workflow.", absent "outside workflows";
        job: Ref, "The job.", absent "outside workflows; in a composite action";
        is_parsed: Flag, "Whether its script was understood.";
        script: Ref, "The script.";
        pipeline: Number, "The number of its pipeline in the script, from 0.";
        pipeline_start: Ref, "The first command of its pipeline: what all of them have in common.";
        place: Number, "Its position in its pipeline, from 0.";
        is_last: Flag, "Whether it is the last of its pipeline.";
        list: Text, "The operator before its pipeline: `&&`, `||`, `;` or nothing.";
        list_after: Text, "The operator after its pipeline.";
        pipes_from: Texts, "The programs before it in its pipeline.";
        pipes_to: Texts, "The programs after it in its pipeline.";
        is_negated: Flag, "Whether `!` is before its pipeline.";
        in_function: Flag, "Whether it is in a function.";
        is_tail: Flag, "Whether its status is that of the script: it is the last command, or the last of a branch of an `if` or `case` that the script ends with.";
        in_condition: Flag, "Whether it decides a condition.";
        in_subshell: Flag, "Whether it runs in a subshell.";
        is_errexit: Flag, "Whether the script ends if it fails.";
        is_pipefail: Flag, "Whether its pipeline fails if it fails.";
        reads_script: Flag, "Whether it is an interpreter that runs its input.";
        depth: Number, "How many substitutions it is in.";
        holding: Text, "How it is held in another command: `command`, `backtick`, `process`, `script` or `heredoc`.", absent "if it is in none";
        holder: Text, "The program that holds it.", absent "if it is in none, or its name is not known";
        flags: Map<Written>, "The flags by name, each with its value or `true`; short ones also split: `-yq` gives `-y` and `-q`.";
        flag_list: Texts, "The flags as written, in order.";
        args: Texts, "The words that are no flags.";
        unquoted: Rows<UnquotedVariable>, "The variables that would be split.";
        substitutions: Rows<Substitution>, "The substitutions in its words.";
        undeclared: Rows<UndeclaredVariable>, "The variables that are read with nothing in sight that gives them a value.";
        program: Text, "The base name of the program, without `sudo`, `env`, `exec`, `command`, `nohup`, `time` and assignments.", absent "if it is not known";
        is_final: Flag, "Whether it is the last command of the script.";
        has_path: Flag, "Whether it is named with its folder, and is no builtin.";
        wrappers: Texts, "What was before the program: `sudo`, `env` and the like.";
        wrapped_by: Rows<Wrapper>, "The same, each with its place.";
        is_of_commit: Flag, "Whether addresses of the web are in it or before it in its pipeline, and each holds a full commit hash, so that what is there never changes.";
        reads_download: Flag, "Whether it is in a pipeline behind a command that is given an address of the web.";
        words: Rows<Word>, "The words after the program.";
        redirects: Rows<Redirect>, "The redirections.";
        assigns: Texts, "The names of the variables that are assigned before it.";
        assignments: Rows<Assignment>, "The assignments before it, and those of `export` and its like.";
        manager: Text, "The package manager: `apt-get`, `apk`, `yum`, `pip` and others.", absent "if it is none";
        action: Text, "What the package manager does: `install`, `update`, `upgrade`, `clean`, `remove` and others.", absent "if it is none, or that is not known";
        packages: Rows<Package>, "The packages that the manager is asked for.";
    }

    word: Word {
        at: Ref, "The word.";
        text: Text, "Its text without quotes.";
        is_literal: Flag, "Whether nothing in it is filled in at run time.";
        quote: Text, "How it is quoted.";
        is_glob: Flag, "Whether it is a pattern for paths.";
        reads: Texts, "The variables that are expanded in it.";
        ended_release: Text, "The release whose repository its address is, as `node:8`, if that gets no updates any more.", absent "if none is known to have ended";
        ended: Text, "The month of its last updates (`data/end-of-life.tsv`).", absent "without `ended_release`";
    }

    wrapper: Wrapper {
        at: Ref, "The word.";
        name: Text, "The base name.";
        is_first: Flag, "Whether it is the first of that name, and for that user, in the script.";
        user: Text, "Whom it runs the program as: the value of `-u`, the first word of `gosu`, and `root` for `sudo` and `doas` without.", absent "for other programs; if they are asked for a group or a login shell";
    }

    assignment: Assignment {
        at: Ref, "The assignment.";
        name: Text, "The name.";
        is_known: Flag, "Whether the value is literal.";
        value: Text, "The value.", absent "if it is not literal";
        text: Text, "The assignment as written.";
        unseen_by: Ref, "Where the same command reads the variable, which is expanded before the assignment takes effect.", absent "if it does not";
    }

    redirect: Redirect {
        at: Ref, "The target.";
        operator: Text, "The operator, such as `>` or `2>&1`.";
        target: Text, "The target.";
    }

    undeclared_variable: UndeclaredVariable {
        at: Ref, "Where it is read.";
        name: Text, "The name.";
        similar: Text, "A variable that may be meant.", absent "if none is alike";
        is_prefix: Flag, "Whether one of the two names is the beginning of the other.";
    }

    unquoted_variable: UnquotedVariable {
        at: Ref, "Where it is read.";
        name: Text, "The name.";
        operator: Text, "The operator of its expansion, such as `:-`.", absent "without one";
        text: Text, "The word that it is in.";
        expansion: Text, "The expansion as written: `$name`, `${name,,}`.";
        is_one_word: Flag, "Whether its value is known to be one word.";
        is_declared: Flag, "Whether the script gives it a value.";
        is_several: Flag, "Whether its value is written in the script as several words, which are meant to be split.";
        is_whole: Flag, "Whether it is all of the word.";
    }

    substitution: Substitution {
        at: Ref, "The substitution.";
        kind: Text, "`command`, `backtick` or `process`.";
        splits: Flag, "Whether what it gives is split into words.";
        is_whole: Flag, "Whether it is all of the word.";
        text: Text, "The word that it is in.";
        expansion: Text, "The substitution as written: `$(pwd)`.";
        may_fail: Flag, "Whether a command in it can fail in ordinary use; `pwd`, `echo` and their like do not.";
        prints: Text, "What it gives: `one-word`, `words` where several are meant, or `unknown`.";
    }

    package: Package {
        at: Ref, "Where it is named.";
        name: Text, "The name.";
        version: Text, "The version.", absent "if none is written";
        is_known: Flag, "Whether the name is known.";
        is_pinned: Flag, "Whether the version is pinned.";
        is_range: Flag, "Whether the version is a range, which several releases meet.";
    }

    constructs: Constructs {
        at: Ref, "The construct.";
        document: Ref, "The document.";
        shell: Text, "The shell, as in `commands`.";
        source: Text, "Where its script is written, as in `scripts`.";
        instruction: Ref, "The instruction.", absent "outside Dockerfiles";
        stage: Ref, "The stage.", absent "outside Dockerfiles; before the first FROM";
        container: Ref, "The container.", absent "outside Kubernetes";
        step: Ref, "The step.", absent "outside workflows";
        workflow: Ref, "The workflow.", absent "outside workflows";
        job: Ref, "The job.", absent "outside workflows; in a composite action";
        script: Ref, "The script.";
        kind: Text, "What not every shell has: `ansi-quote`, `locale-quote`, `extended-glob`, `arithmetic-command`, `arithmetic-loop`, `bracket-arithmetic`, `increment`, `power`, `based-number`, `select-loop`, `coprocess`, `odd-function-name`, `piped-error`, `brace-expansion`, `caret-class`, `append`, `array`, `array-reference`, `array-keys`, `name-list`, `indirection`, `slice`, `replacement`, `case-change`, `list-operation`, `file-substitution`, `file-backtick`, `bash-variable`, `exec-flag`, `function-keyword`, `named-descriptor`, `globbed-redirect`. Or a likely slip: `lone-dollar`, `useless-escape`, `spaced-continuation`, `escaped-space`, `expanded-loop-variable`, `eval-parenthesis`, `odd-space`, `acute-accent`, `literal-brace`, `repeating-class`, `bare-index`, `assigned-expansion`, `glued-bracket`, `runaway-quote`, `between-single-quotes`, `between-double-quotes`. In PowerShell: `posix-variable`, `posix-command`, `posix-continuation`, `piped-download`.";
        text: Text, "The text as written.";
    }
}
