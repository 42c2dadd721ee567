//! Tables that files of several kinds fill.

use crate::{Action, Flag, Map, One, Ref, Rows, Text, Texts};
use crate::{Capabilities, ProbePort, Probes, Resources, SecuritySetting};
use crate::{FieldPath, Items, Numbers, Written};

columns! {
    documents: Documents {
        at: Ref, "The document.";
        kind: Text, "`dockerfile`, `kubernetes`, `workflow`, `action`, `compose`, `dependabot` or `pre-commit`.";
        path: Text, "The path of the file.";
        syntax_at: Ref, "The directive `# syntax=`.", absent "without that directive; outside Dockerfiles";
        syntax: Text, "The frontend that `# syntax=` names.", absent "without that directive; outside Dockerfiles";
    }

    images: Images {
        at: Ref, "Where the reference is written.";
        document: Ref, "The document.";
        text: Text, "The reference as written.";
        role: Text, "`base`, `copy`, `mount`, `container`, `init`, `ephemeral`, `job-container`, `service`, `step`, `action` or `compose`.";
        field: FieldPath, "The path below `at`, to hand back.";
        registry: Text, "The registry.", absent "if it is not written or not known";
        has_registry: Flag, "Whether a registry is written, also if it is not known.";
        repository: Text, "The repository, without registry and tag.", absent "if it is not known";
        tag: Text, "The tag.", absent "if it is not written or not known";
        digest: Text, "The digest.", absent "if it is not written or not known";
        has_tag: Flag, "Whether a tag is written, also if it is not known.";
        has_digest: Flag, "Whether a digest is written, also if it is not known.";
        is_known: Flag, "Whether nothing in it is left to run time.";
        is_valid: Flag, "Whether it is a reference as Docker reads it.";
        problem: Text, "Why it is no reference.", absent "if it is one";
        ended_release: Text, "The image or distribution release that gets no updates any more.", absent "if none is known to have ended";
        ended: Text, "The month of its last updates (`data/end-of-life.tsv`).", absent "if none is known to have ended";
        given_up: Text, "The month since which nobody renews the image (`data/given-up-images.tsv`).", absent "if it is renewed, not known, or `ended` says more";
        registry_is_gone: Flag, "Whether its registry was shut down, so that it cannot be pulled.";
        successor: Text, "What takes the place of the deprecated image.", absent "without `given_up`, or if nothing does";
        moved_to: Text, "The same image in the registry that took the place of its own.", absent "if its registry is not given up as a whole";
        stage: Ref, "The stage.", absent "outside Dockerfiles; before the first FROM";
        is_final: Flag, "Whether it is the base of the last stage.", absent "outside Dockerfiles";
        is_untagged_ungiven: Flag, "Whether a build without arguments begins with an image without a tag, as `FROM alpine$TAG` does.", absent "for other roles than `base`";
        job: Ref, "The job.", absent "outside workflows; in a composite action";
        is_built: Flag, "Whether a service of the same Compose file builds it, or a build of the repository names a context so, which takes its place.", absent "outside Compose and Dockerfiles";
        is_own: Flag, "Whether the repository builds it: a folder named like the image holds a Dockerfile, or a script or a workflow gives an image its name. In a workflow, whether the owner of the repository keeps it.", absent "for other roles than `base`, `job-container` and `service`";
        is_home: Flag, "Whether the repository builds it, for all that its name and those of folders and of the repository's owner show.", absent "unless it has neither a digest nor a tag other than `latest` or the name of a branch";
        is_tagged_here: Flag, "Whether a script or a workflow of the repository gives what it builds this name, so that a release writes the version.", absent "for what is not the image of a pod, and unless it has neither a digest nor a tag other than `latest` or the name of a branch";
        is_local_name: Flag, "Whether it has no namespace and is none of Docker's official images: as likely one that was built here before.", absent "unless it has neither a digest nor a tag other than `latest` or the name of a branch";
        tag_argument: Text, "The build argument above the first FROM whose default is the tag.", absent "for other roles than `base`; if there is none";
        tag_at: Ref, "The ARG whose default is the tag, the beginning of it, or the whole reference.", absent "for other roles than `base`; if there is none";
        tag_field: FieldPath, "The path below `tag_at`, to hand back.", absent "without `tag_at`";
    }

    containers: Containers {
        at: Ref, "The container; in a Dockerfile the final stage.";
        document: Ref, "The document.";
        kind: Text, "The kind of the document: `kubernetes`, `workflow`, `dockerfile` or `compose`.";
        role: Text, "`container`, `init`, `ephemeral`, `job-container`, `service`, `dockerfile` or `compose`.";
        name: Text, "The name.", absent "if it is not written or not known";
        image: Text, "The reference to its image as written.", absent "if none is written";
        privileged: Flag, "Whether Compose sets `privileged: true`.", absent "outside Compose";
        workflow: Ref, "The workflow.", absent "outside workflows";
        job: Ref, "The job.", absent "outside workflows";
        options: Text, "The `options` of a job's container.", absent "if none are written; outside workflows";
        has_credentials: Flag, "Whether `credentials` is written.", absent "outside workflows";
        credentials: Map<Text>, "The `credentials` for its registry, by name.", absent "outside workflows";
        repository: Text, "The repository of its image.", absent "if it is not known; outside Kubernetes";
        image_name: Text, "The last part of the repository.", absent "if it is not known; outside Kubernetes";
        is_patch: Flag, "Whether what it lacks may be added: it changes a container that is written elsewhere, or an operator, a chart or an injector completes it.", absent "outside Kubernetes";
        has_user_namespace: Flag, "Whether the pod sets `hostUsers: false`.", absent "outside Kubernetes";
        is_selected: Flag, "Whether a Service of its file, or of the folders around it, selects its pod or may do so.", absent "outside Kubernetes";
        is_reached: Flag, "Whether such a Service shares its requests among pods and sends them to a port of the container, or may do so.", absent "outside Kubernetes";
        service: Text, "The name of such a Service.", absent "if none surely selects the pod, or its name is not known; outside Kubernetes";
        fills_ports: Flag, "Whether the controller fills in ports and probes that are left out, as Knative does.", absent "outside Kubernetes";
        workload: Ref, "The workload.", absent "outside Kubernetes";
        pod: Ref, "The pod specification.", absent "outside Kubernetes";
        workload_kind: Text, "The kind of the object that holds it.", absent "outside Kubernetes";
        workload_name: Text, "The name of the object that holds it.", absent "if it is not known; outside Kubernetes";
        is_windows: Flag, "Whether the pod runs on Windows.", absent "outside Kubernetes";
        is_job: Flag, "Whether the pod runs to its end: a Job, a `CronJob`, or restarted Never or `OnFailure`.", absent "outside Kubernetes";
        is_node_agent: Flag, "Whether the pod is there for its node: of a `DaemonSet`, or a storage or network driver by its name.", absent "outside Kubernetes";
        is_known_agent: Flag, "Whether the pod is such an agent of the system, or one by its name or images.", absent "outside Kubernetes";
        capabilities: One<Capabilities>, "The capabilities that it adds and drops.", absent "outside Kubernetes";
        probes: One<Probes>, "Which probes it has.", absent "outside Kubernetes";
        probe_ports: Rows<ProbePort>, "The ports that its probes ask.", absent "outside Kubernetes";
        liveness: Written, "The liveness probe.", absent "if none is written or known; outside Kubernetes";
        readiness: Written, "The readiness probe.", absent "if none is written or known; outside Kubernetes";
        has_security_context: Flag, "Whether its `securityContext` says anything.", absent "outside Kubernetes";
        has_pod_security_context: Flag, "Whether the `securityContext` of its pod says anything.", absent "outside Kubernetes";
        has_open_pull_policy: Flag, "Whether `imagePullPolicy` is written but not known.", absent "outside Kubernetes";
        resources: One<Resources>, "The requests and limits.", absent "outside Kubernetes";
        mounts: Items, "The `volumeMounts`.", absent "outside Kubernetes";
        imagePullPolicy: Written, "The pull policy.", absent "if it is not written or not known; outside Kubernetes";
        command: Written, "The `command`.", absent "if it is not written or not known; outside Kubernetes";
        args: Written, "The `args`.", absent "if they are not written or not known; outside Kubernetes";
        ports: Items, "The `ports`.", absent "outside Kubernetes";
        binds_host_port: Flag, "Whether one of the `ports` is bound to a port of the node.", absent "outside Kubernetes";
        adds_capabilities: Flag, "Whether it adds a capability.", absent "outside Kubernetes";
        env: Items, "The `env`.", absent "outside Kubernetes";
        envFrom: Items, "The `envFrom`.", absent "outside Kubernetes";
        undefined_mounts: Numbers, "The numbers of the `mounts` that name no volume of the pod.", absent "outside Kubernetes";
        duplicate_mounts: Numbers, "The numbers of the `mounts` whose path an earlier one has.", absent "outside Kubernetes";
        duplicate_ports: Numbers, "The numbers of the `ports` whose number and protocol an earlier one has.", absent "outside Kubernetes";
        duplicate_port_names: Numbers, "The numbers of the `ports` whose name an earlier one has.", absent "outside Kubernetes";
        duplicate_env: Numbers, "The numbers of the `env` entries whose name an earlier one has.", absent "outside Kubernetes";
        ports_known: Flag, "Whether all of its ports are known.", absent "outside Kubernetes";
        ports_without_number: Numbers, "The numbers of the `ports` without `containerPort`.", absent "outside Kubernetes";
        security: Map<One<SecuritySetting>>, "The settings in force by Kubernetes' names, container over pod: only those that are set and known.", absent "outside Kubernetes";
        unknown: Texts, "The names of settings that are set but not known.", absent "outside Kubernetes";
        is_sidecar: Flag, "Whether it is an init container that stays: `restartPolicy: Always`.", absent "outside Kubernetes";
        beside: Texts, "What another container of the pod sets well: `requests.cpu`, `limits.memory`, `runAsNonRoot`, `capabilities.drop` and the like.", absent "outside Kubernetes";
    }

    variables: Variables {
        at: Ref, "Where it is set.";
        document: Ref, "The document.";
        name: Text, "The name.";
        source: Text, "`env`, `arg`, `workflow-env`, `job-env`, `step-env`, `container-env`, `configmap`, `release-values` or `secret`: a Secret's `stringData`, or its `data` decoded.";
        field: FieldPath, "The path below `at`, to hand back.";
        has_value: Flag, "Whether a value is written.";
        is_known: Flag, "Whether the value is known, or known to be missing.";
        looks_secret_name: Flag, "Whether the name is one that secrets have.";
        is_placeholder: Flag, "Whether the value only holds the place of another.";
        looks_like_password: Flag, "Whether the value looks like a password.";
        is_well_known: Flag, "Whether the value is a password that everybody tries first.";
        weakness: Text, "What it is then: `default`, the default of programs; `words`, common words or a short one; `user` or `application`, made of the name of one.", absent "if the value is not such a password";
        is_demonstration: Flag, "Whether the name says that the value is published for a demonstration.";
        made_of: Text, "The variable of the file that holds a user's name of which the value is made, as `shop_pass` is of `shop_user`.", absent "if none does; if the value is well known; outside Dockerfiles";
        value: Text, "The value.", absent "if it is not written or not known";
        secret_kind: Text, "The format of a token, `private-key` or `high-entropy`.", absent "if the value is no secret that can be told by its form";
        shown: Text, "The first characters of the value, for a message.", absent "if the value is not known";
        stage: Ref, "The stage.", absent "outside Dockerfiles; before the first FROM";
        is_expansion: Flag, "Whether the value reads another variable.", absent "outside Dockerfiles";
        reads: Texts, "The names of the variables that the value reads.", absent "outside Dockerfiles";
        is_read: Flag, "Whether something in the file names the argument.", absent "for other sources than `arg`";
        is_global: Flag, "Whether the argument is above the first FROM.", absent "for other sources than `arg`";
    }

    secrets: Secrets {
        at: Ref, "The credential.";
        source: Text, "`text` for what is told by its own form, wherever in the file; `argument` for the value of an option; `assignment` for a variable of a script; `container` for what a job of a workflow hands to a container that it starts and throws away.";
        kind: Text, "What it is, such as `GitHub token`.";
        name: Text, "The option or the variable.", absent "for the source `text`";
        shown: Text, "What of it may be shown, or where it is.";
        holder: Text, "The object that holds it, as `Secret web`.", absent "outside Kubernetes objects";
        is_in_dockerfile: Flag, "Whether the file is a Dockerfile.";
        is_in_workflow: Flag, "Whether the file is a workflow or an action.";
        is_in_compose: Flag, "Whether the file is one of Compose.", absent "for other sources than `text`";
        is_for_neighbour: Flag, "Whether it is a password in an address whose host has no domain: a container beside it, which nobody else reaches.", absent "for other sources than `text`";
    }

    references: References {
        at: Ref, "Where the name is written.";
        document: Ref, "The document.";
        kind: Text, "`uses`, `copy-from`, `mount-from`, `needs`, `configmap`, `secret`, `claim` or `service-account`.";
        target: Text, "The name.";
        field: FieldPath, "The path below `at`, to hand back.", absent "in Kubernetes, where `at` is the name itself";
        is_known: Flag, "Whether the name is known.", absent "outside Dockerfiles";
        is_onbuild: Flag, "Whether it is under ONBUILD.", absent "outside Dockerfiles";
        is_own_stage: Flag, "Whether a stage names itself.", absent "outside Dockerfiles";
        is_number: Flag, "Whether the stage is named by its number.", absent "outside Dockerfiles";
        similar: Text, "A stage above that may be meant.", absent "if the reference resolves, or none is alike; outside Dockerfiles";
        may_be_context: Flag, "Whether a bake file may name a build context of that name.", absent "outside Dockerfiles";
        looks_like_image: Flag, "Whether the name is that of an image.", absent "outside Dockerfiles";
        resolves: Flag, "Whether there is what it names.", absent "if it cannot be known";
        stage: Ref, "The stage that it is in.", absent "outside Dockerfiles; before the first FROM";
        target_stage: Ref, "The stage that it names.", absent "outside Dockerfiles; if it names none";
        namespace: Text, "The namespace of the object that it is in.", absent "outside Kubernetes; if none is written";
        is_optional: Flag, "Whether it says `optional: true`.", absent "outside Kubernetes";
        workflow: Ref, "The workflow.", absent "for other kinds than `uses`";
        action: One<Action>, "What `uses` names, taken apart.", absent "for other kinds than `uses`";
        is_workflow: Flag, "Whether a job calls a workflow.", absent "for other kinds than `uses`";
        is_repeated: Flag, "Whether a `uses` before it in the file names the same.", absent "for other kinds than `uses`";
        step: Ref, "The step.", absent "outside workflows; in a job's own `uses` and `needs`";
        job: Ref, "The job.", absent "outside workflows; in a composite action";
    }

    builds: Builds {
        at: Ref, "Where the build is written.";
        document: Ref, "The document.";
        source: Text, "`workflow` or `compose`.";
        image: Text, "The name of the image that is built.", absent "if it is not written or not known";
        repository: Text, "The repository of that name.", absent "if it is not written or not known";
        context: Text, "The folder of the build context, from the root of the project.", absent "if it is not known";
        dockerfile: Text, "The path of the Dockerfile, from the root of the project.", absent "if it is not known";
        target: Text, "The stage that is built.", absent "if none is written or known";
        arguments: Rows<BuildArgument>, "The build arguments that it gives.";
    }

    build_argument: BuildArgument {
        name: Text, "The name of the argument.";
        field: FieldPath, "The path below the build's `at`, to hand back.";
    }

    problems: Problems {
        at: Ref, "Where the problem is.";
        rule: Text, "The id of the rule that reports it.";
        kind: Text, "Which of the rule's faults it is.", absent "if its rule has one fault only";
        problem: Text, "The message.";
        remedy: Text, "What to do.", absent "where the rule's own help says it";
        is_in_workflow: Flag, "Whether the file is a workflow or an action.", absent "for what a schema or an expression found";
        severity: Text, "The severity, where the rule's own does not fit.", absent "elsewhere";
        minor: Flag, "Whether it is left to who asks for its rule.", absent "elsewhere";
        found: Text, "`mapping` or `sequence`: what is there instead of what the key takes.", absent "for other faults";
        related: Rows<Related>, "Other places that belong to it.";
    }

    related: Related {
        at: Ref, "The place.";
        message: Text, "What is there.";
    }

    remarks: Remarks {
        at: Ref, "Where the remark is.";
        document: Ref, "The document.";
        script: Ref, "The script.";
        shell: Text, "The shell of the script, as in `scripts`.";
        source: Text, "Where the script is written, as in `scripts`.";
        program: Text, "The program: `ShellCheck`.";
        code: Text, "Its code, such as `SC2086`.";
        level: Text, "`error`, `warning`, `info` or `style`.";
        remark: Text, "Its words.";
    }

    suppressions: Suppressions {
        at: Ref, "The comment.";
        tools: Texts, "The other linters whose ids or names it names, one for each such rule.";
        rules: Texts, "The rules that it names, as written; another linter's with the linter's name.";
        until: Text, "The last day on which it counts, as YYYY-MM-DD.", absent "if none is written";
        is_ours: Flag, "Whether it is hullmark's, not another linter's: nothing is said about those.";
        is_near: Flag, "Whether it counts for what is next to it.";
        is_expired: Flag, "Whether its last day is over.";
        is_file: Flag, "Whether it counts for the whole file.";
        reason: Text, "The reason.", absent "if none is written";
        unused: Rows<NamedRule>, "Those of its rules that suppress nothing.";
        unknown: Rows<NamedRule>, "What of its rules names none.";
        fault: Text, "What in it is not understood.", absent "if all is";
    }

    named_rule: NamedRule {
        name: Text, "The rule as written.";
        field: FieldPath, "The path below the comment's `at`, to hand back.";
    }
}
