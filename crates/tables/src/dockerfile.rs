//! Tables that Dockerfiles alone fill.

use crate::{FieldPath, Flag, Number, One, Ref, Refs, Rows, Text, Texts};

columns! {
    instructions: Instructions {
        at: Ref, "The instruction.";
        document: Ref, "The document.";
        comment: One<Comment>, "The comment on the line above.", absent "if there is none";
        blank_line: Ref, "A blank line between its continued lines.", absent "if there is none";
        blank_is_last: Flag, "Whether that blank line is behind the last of them, so that a continuation mark ends the instruction.";
        keyword: Text, "The keyword in upper case.";
        written: Text, "The keyword as written.";
        case: Text, "How the keyword is written: `upper`, `lower` or `mixed`.", absent "if it has no letters";
        workdir_set: Flag, "Whether a WORKDIR is before it in its stage or in one that the stage builds on.";
        number: Number, "Its number in the file, from 0.";
        stage_number: Number, "The number of its stage, -1 before the first FROM.";
        stage: Ref, "The stage.", absent "before the first FROM";
        is_onbuild: Flag, "Whether it is under ONBUILD.";
        is_chained: Flag, "Whether ONBUILD holds another ONBUILD.";
        form: Text, "`exec`, `shell` or `heredoc`.";
        text: Text, "What follows the keyword and the flags.";
        flags: Rows<InstructionFlag>, "The flags.";
        undefined: Texts, "The variables that it reads and nothing before it declares.";
        misspelt: Rows<Misspelling>, "Those of them that are one letter away from a declared one.";
        arguments: Rows<Argument>, "The words; of a RUN in shell form only the first: the others are words of its `commands`.";
        pairs: Rows<Pair>, "The pairs of ENV, LABEL and ARG.";
        carriage_return: Ref, "A here-document that is a script and whose lines keep a carriage return.", absent "if there is none";
        target: Text, "The destination of COPY and ADD, from the root of the image.", absent "if it is not known; for other keywords";
        sources: Texts, "The sources of COPY and ADD, variables filled in.", absent "for other keywords";
        has_heredoc: Flag, "Whether COPY or ADD has a here-document.", absent "for other keywords";
        destination: Text, "The destination of COPY and ADD, variables filled in.", absent "without words; for other keywords";
        is_absolute: Flag, "Whether the path of WORKDIR is absolute.", absent "for other keywords";
        is_known: Flag, "Whether the path of WORKDIR or the name of USER is known.", absent "for other keywords";
        workdir: Text, "The path of WORKDIR, variables filled in.", absent "for other keywords";
        user: Text, "The user of USER, variables filled in.", absent "for other keywords";
        effective_user: Text, "The user in force behind it: the last USER, or `root` if the image that its stage begins with is known to run as root.", absent "if it is not known; under ONBUILD; on Windows";
        ports: Rows<ExposedPort>, "The ports of EXPOSE.", absent "for other keywords";
        is_none: Flag, "Whether HEALTHCHECK says NONE.", absent "for other keywords";
        list_fault: One<Slip>, "What keeps arguments that are meant as a JSON list from being one.", absent "if they are a list, or are not meant as one";
        swallowed: One<Slip>, "A continuation mark that makes the next instruction part of this one; its text is the keyword of that instruction.", absent "if there is none";
        swallowing_comment: One<Slip>, "A comment at the end of a continued line of a script.", absent "if there is none";
        has_shell_command: Flag, "Whether the command of HEALTHCHECK is in shell form.", absent "for other keywords";
    }

    instruction_flag: InstructionFlag {
        at: Ref, "The flag.";
        name: Text, "Its name without dashes.";
        value: Text, "Its value.", absent "without one";
    }

    slip: Slip {
        at: Ref, "The culprit.";
        text: Text, "What is wrong, or the text of the culprit.";
    }

    comment: Comment {
        at: Ref, "The comment.";
        text: Text, "Its text.";
    }

    argument: Argument {
        number: Number, "Its number, from 0.";
        field: FieldPath, "The path below the instruction's `at`, to hand back.";
        text: Text, "The word as written.";
        is_known: Flag, "Whether its value is known.";
        value: Text, "The word with variables filled in, without quotes.";
    }

    pair: Pair {
        name: Text, "The name.";
        field: FieldPath, "The path below the instruction's `at`, to hand back.";
        has_value: Flag, "Whether it has a value.";
        is_legacy: Flag, "Whether it is written `ENV name value`.";
        modern: Text, "The same written `name=value`.", absent "if it is not written `ENV name value`";
        is_bad_label_key: Flag, "Whether the name is not as Docker's guidelines ask of the key of a label.";
        is_known: Flag, "Whether the value is known.";
        value: Text, "The value, variables filled in, without quotes.", absent "without one";
        reads_beside: Texts, "The variables it reads that another pair of the instruction sets.";
        is_literal: Flag, "Whether the value of a LABEL has no variables.", absent "for other keywords than LABEL";
        looks_like: Texts, "What the value of a LABEL may pass for: `email`, `hash`, `rfc3339`, `semver`, `spdx`, `url`.", absent "if it is not literal; for other keywords than LABEL";
    }

    misspelling: Misspelling {
        name: Text, "The variable as written.";
        similar: Text, "The declared variable that may be meant.";
    }

    exposed_port: ExposedPort {
        text: Text, "The word as written.";
        field: FieldPath, "The path below the instruction's `at`, to hand back.";
        protocol: Text, "The protocol; `tcp` if none is written.";
        is_known: Flag, "Whether the word is known.";
        is_number: Flag, "Whether it is digits alone.";
        port: Number, "The number of the port.", absent "if it is none";
    }

    stages: Stages {
        at: Ref, "The FROM of the stage.";
        document: Ref, "The document.";
        path: Text, "The path of the file.";
        likely_name: Text, "What an image built from the file is probably called: `api` for `api.Dockerfile`.", absent "if the path says nothing";
        number: Number, "Its number, from 0.";
        name: Text, "Its name in lower case.", absent "without one";
        namesake: Ref, "The earlier stage of the same name.", absent "if there is none";
        platform: Text, "The value of `--platform`.", absent "without one";
        base: Text, "The image or stage that it begins with, as written.";
        has_base: Flag, "Whether a FROM opens it.";
        from_written: Text, "The keyword FROM as written.";
        as_written: Text, "The keyword AS as written.", absent "without a name";
        written_name: Text, "The name as written.", absent "without one";
        undefined_variables: Texts, "The variables of its base that nothing declares.";
        undefined_platform_variables: Texts, "The variables of `--platform` that nothing declares.";
        lineage: Refs, "Itself and the stages that it builds on, nearest first.";
        base_image: Text, "Its base, variables filled in.", absent "if it is not known";
        base_stage: Number, "The number of the stage that it builds on.", absent "if it builds on none";
        is_broken_ungiven: Flag, "Whether a build without arguments has no valid image to begin with.";
        is_final: Flag, "Whether it is the last stage.";
        is_used: Flag, "Whether a FROM, a COPY, a mount uses it, or it is the last.";
        is_target: Flag, "Whether nothing uses it, and it has CMD, ENTRYPOINT or ONBUILD: it is built with `--target`.";
        is_scratch: Flag, "Whether it begins with `scratch`.";
        is_windows: Flag, "Whether it runs on Windows.";
        starting_image: Text, "The image that it or the stage it builds on begins with, variables filled in.", absent "if it is not known";
        starting_workdir: Text, "The working directory of that image.", absent "if it is not known";
        base_is_nonroot: Flag, "Whether the name of its base promises a user other than root.";
        base_is_root: Flag, "Whether that image is known to run as root: `scratch`, distributions, and the official images of languages.";
        base_is_bare: Flag, "Whether that image is `scratch` or a plain distribution, which sets no variable but `PATH`.";
        sh: Text, "What `/bin/sh` is: `bash`, `dash` or `ash`, as the name of that image or the package managers of its scripts tell.", absent "if neither tells";
        user_set: Flag, "Whether it or a stage that it builds on sets a user.";
        sets_user: Flag, "Whether it sets a user itself.";
        user_is_known: Flag, "Whether the user in force at its end is set and known.";
        is_root: Flag, "Whether the user in force at its end is known to be root.";
        user: Text, "The user in force at its end.", absent "if none is set, or it is not known";
        user_is_argument: Flag, "Whether the build may be given another user: an ARG decides.";
        user_is_number: Flag, "Whether the user is a number.";
        user_at: Ref, "The USER that sets the user.", absent "if none is set";
        workdir: Text, "The working directory at its end.", absent "if it is not known";
        shell: Texts, "The words of the SHELL in force.";
        has_shell: Flag, "Whether a SHELL is in force.";
        exposed: Texts, "The ports that it exposes.";
        users: Refs, "Its USER instructions.";
        healthchecks: Refs, "Its HEALTHCHECK instructions.";
        cmds: Refs, "Its CMD instructions.";
        entrypoints: Refs, "Its ENTRYPOINT instructions.";
        script_steps_down: Flag, "Whether it is the last stage, starts as root, and the script that it starts lies in the build context and starts its program as another user.";
    }

    copies: Copies {
        at: Ref, "The instruction: without `--from`, not under ONBUILD; sources that are no URL and no here-document.";
        document: Ref, "The document.";
        stage: Ref, "The stage.", absent "before the first FROM";
        keyword: Text, "`COPY` or `ADD`.";
        field: FieldPath, "The path below `at`, to hand back.";
        source: Text, "The source, variables filled in.";
        is_known: Flag, "Whether no variable and no template is in it.";
        is_pattern: Flag, "Whether it is a pattern.";
        is_whole_context: Flag, "Whether it is all of the context.";
        is_first_whole: Flag, "Whether it is the first in the file that is all of the context.";
        context: Text, "The folder of the context.", absent "if the context is not there to see";
        has_dockerignore: Flag, "Whether the context has a `.dockerignore`.", absent "if the context is not there to see";
        dockerignore: Text, "The path of the `.dockerignore`.", absent "without one";
        exists: Flag, "Whether the source is in the context.", absent "if it is not known: a pattern, a product of a build, what git ignores";
        similar: Text, "An entry of the context that may be meant.", absent "if the source exists, or none is alike";
        is_ignored: Flag, "Whether the `.dockerignore` leaves all of it out.", absent "if the context is not there to see";
        ignored_by: Text, "The pattern that leaves it out.", absent "if none does";
        ignored_line: Number, "The line of that pattern.", absent "if none does";
        unwanted: Texts, "What of `.git`, `.env` files that set a password, credentials, `node_modules` and virtual environments is at the top of the context that it copies as a whole.", absent "if the context is not there to see";
        takes_git: Flag, "Whether it brings a `.git` folder.", absent "if the context is not there to see";
        credentials: Rows<Credential>, "The files that it brings and that hold a credential.", absent "if the context is not there to see";
    }

    credential: Credential {
        path: Text, "The path of the file in the context.";
        what: Text, "What it holds: `a private key` or `a credential`.";
        name: Text, "The variable or the key that the credential is the value of.", absent "if there is none";
    }
}
