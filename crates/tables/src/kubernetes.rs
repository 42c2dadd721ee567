//! Tables that Kubernetes manifests alone fill, and the rows nested in their containers.

use crate::{
    Decimal, FieldPath, Flag, Items, Map, Number, Numbers, One, Ref, Refs, Rows, Text, Texts,
    Written,
};

columns! {
    objects: Objects {
        at: Ref, "The object.";
        document: Ref, "The document.";
        apiVersion: Text, "The group and version.", absent "if none is written";
        kind: Text, "The kind.";
        name: Text, "The name.", absent "if it is not written or not known";
        namespace: Text, "The namespace.", absent "if it is not written or not known";
        is_list_item: Flag, "Whether a `List` holds it.";
        path: Text, "The path of the file.";
        scales: Text, "`Kind/name` of what an autoscaler sets the replicas of.", absent "for other kinds";
        may_make_pods: Flag, "Whether its controller may make pods that no file shows: an operator's resource, a chart.";
        labels: Map<Text>, "The labels.";
        annotations: Map<Text>, "The annotations.";
        removed_in: Text, "The release of Kubernetes that no longer serves its version, as `1.22`.", absent "if it is served, or not Kubernetes' own";
        deprecated_in: Text, "The release since which its version is deprecated.", absent "if it is not";
        replacement: Text, "The version to write instead, as `apps/v1`.", absent "if there is none";
        is_replaceable: Flag, "Whether every release that gets updates serves the replacement, and deprecates what is written.";
        also: Text, "What else the replacement asks for, as Markdown.", absent "if the version is all that changes";
        project: Text, "Who releases its kind, as `cert-manager`.", absent "unless the project deprecates the version or serves it no more";
        project_deprecated_in: Text, "A release of the project that deprecates its version, as `1.11`.", absent "if it is not";
        project_removed_in: Text, "A release of the project since which its version is not served.", absent "if it is served, or by a definition in the repository";
        is_undeclared: Flag, "Whether a definition in the repository has its kind, and not its version.", absent "unless the project deprecates the version or serves it no more";
        project_replacement: Text, "The version to write instead, or `group/version/kind`.", absent "if there is none";
        is_sketch: Flag, "Whether it is written like a patch: a resource definition without names, or a webhook configuration without webhooks.";
        repeats_version: Flag, "Whether an earlier object of the file has the same version and kind.";
    }

    role_rules: RoleRules {
        at: Ref, "A rule of a `Role` or `ClusterRole`.";
        document: Ref, "The document.";
        path: Text, "The path of the file.";
        kind: Text, "The kind of the role.";
        name: Text, "The name of the role.", absent "if it is not written or not known";
        verbs: Texts, "The verbs.";
        resources: Texts, "The resources.";
        groups: Texts, "The API groups.";
        names_objects: Flag, "Whether it is for objects of some names alone.";
        namespace: Text, "The namespace of the role.", absent "if it is not written or not known";
        role: Ref, "The role.";
        number: Number, "Its number in the role, from 0.";
        object_names: Texts, "The names of the objects that it is for; empty if it is for all.";
    }

    workloads: Workloads {
        at: Ref, "What holds the pod: a Pod, Deployment, `CronJob`, Rollout, any resource with `spec.template.spec.containers`.";
        document: Ref, "The document.";
        path: Text, "The path of the file.";
        kind: Text, "The kind of its object.";
        apiVersion: Text, "The group and version of its object.", absent "if none is written";
        name: Text, "The name of its object.", absent "if it is not written or not known";
        namespace: Text, "The namespace of its object.", absent "if it is not written or not known";
        scaled_as: Text, "`Kind/name` of its object, as an autoscaler names it.", absent "if the name is not known";
        governed_by: Text, "The Service that the pods of a `StatefulSet` get their names of.", absent "if none is written, or it is not known";
        object: Ref, "The object.";
        template: Ref, "The pod template.";
        pod: Ref, "The pod specification.";
        pod_path: Text, "The path from the object to the pod specification.";
        containers: Refs, "Its containers.";
        init_containers: Refs, "Its init containers.";
        is_windows: Flag, "Whether it runs on Windows.";
        is_job: Flag, "Whether it runs to its end: a Job, a `CronJob`, or restarted Never or `OnFailure`.";
        is_node_agent: Flag, "Whether it is there for its node: a `DaemonSet`, or a driver of storage or network by its name.";
        is_known_agent: Flag, "Whether it is such an agent of the system, or one by its name or images: a network, storage, an exporter, a log collector, devices.";
        elects_leader: Flag, "Whether an option or a variable of a container makes its replicas elect a leader, so that one of them works and the others wait.";
        is_pinned: Flag, "Whether it may run on one node only: `nodeName`, or the host name in `nodeSelector`.";
        is_patch: Flag, "Whether what it lacks may be added: it changes a workload that is written elsewhere, or an operator, a chart or an injector completes it.";
        label_pairs: Texts, "`key=value` of each label of the pod template, to look it up by.";
        labels_known: Flag, "Whether all labels are known.";
        has_selector: Flag, "Whether a selector is written, or added by a kustomization.";
        has_empty_selector: Flag, "Whether the selector is written and asks for nothing.";
        selector_field: FieldPath, "The path of the selector's labels.";
        selector_known: Flag, "Whether all of the selector is known.";
        unmet_expressions: Rows<UnmetExpression>, "The expressions of the selector that the labels do not satisfy.";
        has_replicas: Flag, "Whether `replicas` is written, or set by a kustomization or an autoscaler.";
        replicas: Written, "The number of replicas.", absent "if it is not written or not known";
        writes_replicas: Flag, "Whether the manifest itself says how many, if some.";
        claims: Texts, "The names of the claims that its volumes use.";
        has_strategy: Flag, "Whether `strategy` or `updateStrategy` is written.";
        strategy: Written, "The strategy.", absent "if it is not written or not known";
        labels: Map<Text>, "The labels of the pod template.";
        selector: Map<Text>, "The labels that the selector asks for.";
        spec: Written, "The pod specification without containers and volumes.", absent "if it is not known";
        serviceAccountName: Written, "The service account.", absent "if it is not written or not known";
        automount_set: Flag, "Whether `automountServiceAccountToken` is written.";
        automountServiceAccountToken: Written, "Whether the token is mounted.", absent "if it is not written or not known";
        has_unknown_account: Flag, "Whether a service account is written but not known.";
        has_unknown_restart: Flag, "Whether a restart policy is written but not known.";
        network: One<HostNamespaces>, "Which namespaces of the node it shares.";
        volumes: Rows<Volume>, "The volumes.";
        mounts_host_path: Flag, "Whether one of them is a `hostPath`.";
        volumes_known: Flag, "Whether all volumes are known.";
        mounts_known: Flag, "Whether all mounts of its containers are known.";
        unused_volumes: Numbers, "The numbers of the volumes that no container mounts.";
    }

    host_namespaces: HostNamespaces {
        hostNetwork: Flag, "Whether it shares the network.";
        hostPID: Flag, "Whether it shares the processes.";
        hostIPC: Flag, "Whether it shares the interprocess communication.";
    }

    unmet_expression: UnmetExpression {
        text: Text, "The expression.";
        number: Number, "Its number in `matchExpressions`, from 0.";
    }

    volume: Volume {
        at: Ref, "The volume.";
        name: Text, "Its name.", absent "if none is written";
        r#type: Text, "The kind of volume, as Kubernetes names it.", absent "if it has a name alone";
        source: Written, "What is written below the type.", absent "if that is not known";
        host_path: Text, "The path on the node in plain form: `/` between its parts, no drive of Windows before them, no slash behind.", absent "if it is not known; for other types than `hostPath`";
        is_read_only: Flag, "Whether containers mount it, and none may write to it.";
    }

    services: Services {
        at: Ref, "The Service.";
        document: Ref, "The document.";
        path: Text, "The path of the file.";
        name: Text, "The name.", absent "if it is not written or not known";
        namespace: Text, "The namespace.", absent "if it is not written or not known";
        has_selector: Flag, "Whether a selector is written.";
        selector_known: Flag, "Whether all of the selector is known.";
        selector_pairs: Texts, "`key=value` of each label of the selector.";
        r#type: Text, "The type.", absent "if it is not written or not known";
        is_headless: Flag, "Whether it has no address of its own: `clusterIP: None`.";
        ports: Items, "The ports.";
        selector: Map<Text>, "The labels that the selector asks for.";
    }

    autoscalers: Autoscalers {
        at: Ref, "The `HorizontalPodAutoscaler` or `ScaledObject`.";
        document: Ref, "The document.";
        path: Text, "The path of the file.";
        name: Text, "The name.", absent "if it is not written or not known";
        namespace: Text, "The namespace.", absent "if it is not written or not known";
        scales: Text, "`Kind/name` of what it sets the replicas of.", absent "if that is not known";
        minimum_field: FieldPath, "The path of its lower bound.";
        minimum: Number, "The fewest replicas, 1 if nothing is written.", absent "if it is not known";
        maximum: Number, "The most replicas.", absent "if it is not written or not known";
        utilized: Texts, "The resources, `cpu` or `memory`, by whose use as a share of what the pods request it scales.";
    }

    budgets: Budgets {
        at: Ref, "The `PodDisruptionBudget`.";
        document: Ref, "The document.";
        path: Text, "The path of the file.";
        apiVersion: Text, "The group and version.", absent "if none is written";
        name: Text, "The name.", absent "if it is not written or not known";
        namespace: Text, "The namespace.", absent "if it is not written or not known";
        has_selector: Flag, "Whether a selector is written.";
        selector_known: Flag, "Whether its selector is labels alone, and all of them are known.";
        selector_pairs: Texts, "`key=value` of each label of the selector.";
        selector: Map<Text>, "The labels that the selector asks for.";
        minAvailable: Written, "How many pods, or which percentage, stay.", absent "if it is not written or not known";
        maxUnavailable: Written, "How many pods, or which percentage, may be gone.", absent "if it is not written or not known";
        has_amount: Flag, "Whether one of these two is written.";
        has_eviction_policy: Flag, "Whether `unhealthyPodEvictionPolicy` is written.";
    }

    claims: Claims {
        at: Ref, "The `PersistentVolumeClaim`.";
        document: Ref, "The document.";
        path: Text, "The path of the file.";
        name: Text, "The name.", absent "if it is not written or not known";
        namespace: Text, "The namespace.", absent "if it is not written or not known";
        access_modes: Texts, "The access modes, as `ReadWriteOnce`; none if they are not all known.";
    }

    bindings: Bindings {
        at: Ref, "The `RoleBinding` or `ClusterRoleBinding`.";
        document: Ref, "The document.";
        kind: Text, "The kind.";
        name: Text, "The name.", absent "if it is not written or not known";
        namespace: Text, "The namespace.", absent "if it is not written or not known";
        role_kind: Text, "`Role` or `ClusterRole`.", absent "if it is not written or not known";
        role: Text, "The name of the role.", absent "if it is not written or not known";
        subjects: Rows<Subject>, "Who gets the role.";
    }

    subject: Subject {
        at: Ref, "The subject.";
        kind: Text, "`User`, `Group` or `ServiceAccount`.", absent "if it is not written or not known";
        name: Text, "The name.", absent "if it is not written or not known";
        namespace: Text, "The namespace of a service account.", absent "if it is not written or not known";
    }

    backends: Backends {
        at: Ref, "Where an Ingress names a Service.";
        document: Ref, "The document.";
        namespace: Text, "The namespace.", absent "if it is not written or not known";
        ingress: Text, "The name of the Ingress.", absent "if it is not written or not known";
        service: Text, "The name of the Service.";
        port_field: FieldPath, "The path of the port.";
        port: Written, "The port, a number or a name.";
    }

    components: Components {
        at: Ref, "The container or the configuration that sets the flags.";
        document: Ref, "The document.";
        component: Text, "`kube-apiserver`, `kube-controller-manager`, `kube-scheduler`, `etcd` or `kubelet`.";
        source: Text, "`container`, `kubeadm` or `configuration`.";
        name: Text, "The name of the container's workload, or of the configuration.", absent "if it is not written or not known";
        field: FieldPath, "The path of its flags.";
        written: Texts, "The flags that are written, with `--` and dashes between words.";
        flags: Map<Text>, "The value of each flag, `true` for a switch without one; the last one counts. Those that are not known are left out.";
        settings: Rows<ComponentFlag>, "The flags in their order, each with its place.";
        is_whole: Flag, "Whether what is not written is not set: nothing is left to run time or to another file.";
    }

    component_flag: ComponentFlag {
        name: Text, "The flag, with `--` and dashes between words.";
        value: Text, "Its value; `true` for a switch without one.", absent "if it is not known";
        field: FieldPath, "The path below the component's `at`, to hand back.";
    }

    specifications: Specifications {
        at: Ref, "The object.";
        document: Ref, "The document.";
        kind: Text, "The kind.";
        apiVersion: Text, "The group and version.", absent "if none is written";
        name: Text, "The name.", absent "if it is not written or not known";
        namespace: Text, "The namespace.", absent "if it is not written or not known";
        has_namespace: Flag, "Whether a namespace is written, known or not, or added by a kustomization.";
        labels: Map<Text>, "The labels that are known.";
        annotations: Map<Text>, "The annotations that are known.";
        labels_known: Flag, "Whether all labels are known, and nothing else adds one.";
        annotations_known: Flag, "Whether all annotations are known, and nothing else adds one.";
        is_whole: Flag, "Whether nothing is added to it elsewhere or filled in later.";
        replicas: Written, "`spec.replicas`.", absent "if it is not written or not known";
        body: Written, "What it says beside `metadata` and `status`.", absent "for kinds that no rule asks about; if it is not known";
        unsorted: FieldPath, "The first key that is before its turn in the alphabet.", absent "if all keys are sorted";
        unsorted_key: Text, "That key.", absent "if all keys are sorted";
        sorted_after: Text, "The key before it.", absent "if all keys are sorted";
    }

    object_references: ObjectReferences {
        at: Ref, "Where the name or the selector is written.";
        path: Text, "The path of the file.";
        object: Ref, "The object that it is in.";
        kind: Text, "The kind of that object.";
        name: Text, "The name of that object.", absent "if it is not written or not known";
        namespace: Text, "The namespace of that object.", absent "if it is not written or not known";
        is_patch: Flag, "Whether that object is a patch, or a program completes it.";
        from: Text, "What the field belongs to: `group/Kind`, or `PodSpec` for pod specifications wherever they nest.";
        field: Text, "The path of the field from there, as `volumes[].configMap.name`.";
        how: Text, "`name`, `key`, `selector`, `host`, `gateway`, or `local` for a name within the object.";
        to: Text, "The kinds that may be meant, as `Issuer or ClusterIssuer`.";
        target: Text, "The name, or the labels of a selector as Markdown.";
        key: Text, "The key that is asked for.", absent "for other fields than those of keys";
        target_namespace: Text, "The namespace that is meant.", absent "if it is not known, or there is none";
        is_optional: Flag, "Whether it does without.";
        is_soft: Flag, "Whether something else may make what is meant: a controller, an operator, a release.";
        resolves: Flag, "Whether there is what is meant, as far as all is known.";
        lacks_key: Flag, "Whether there is, and it does not have the key.";
        defined: Number, "How many objects of the kinds that may be meant the files define.", absent "for names within the object";
        similar: Text, "The name or the key that may be meant instead; the object that a selector is plainly for.", absent "if there is none";
        found_at: Ref, "What has that name, or lacks the key, or is of the name in another namespace.", absent "if there is none";
        is_similar_used: Flag, "Whether something else names what may be meant.", absent "if there is nothing of that kind";
        is_near: Flag, "Whether that is in the same folder, or one beside it.", absent "if there is nothing of that kind";
        elsewhere: Text, "The namespace in which there is an object of that name.", absent "if there is none";
        known: Text, "What there is instead, as Markdown: some keys or names, or what tells the pods from those that are selected.", absent "if that is not said";
    }

    coverage: Coverage {
        at: Ref, "The workload, as in `workloads`.";
        path: Text, "The path of the file.";
        kind: Text, "The kind of its object.";
        name: Text, "The name of its object.", absent "if it is not written or not known";
        namespace: Text, "The namespace of its object.", absent "if it is not written or not known";
        template: Ref, "The pod template.";
        is_patch: Flag, "Whether the object is a patch, or a program completes it.";
        has_policy: Flag, "Whether a network policy selects the pods.";
        has_ingress_policy: Flag, "Whether one is for the requests that come in.";
        has_egress_policy: Flag, "Whether one is for the requests that go out.";
        has_ingress_rules: Flag, "Whether one of these says what may come in.";
        has_egress_rules: Flag, "Whether one of these says what may go out.";
        has_budget: Flag, "Whether a `PodDisruptionBudget` selects the pods.";
        has_service: Flag, "Whether a Service selects the pods.";
        has_autoscaler: Flag, "Whether an autoscaler names the workload.";
        may_have_more: Flag, "Whether there may be others: its labels are not all known, or an operator or a release may bring them.";
    }

    violations: Violations {
        at: Ref, "The value that the API server refuses, ignores or takes for something else.";
        document: Ref, "The document.";
        fault: Text, "Which check it fails: `name`, `label`, `not-text`, `quantity`, `unit`, `enum`, `range`, `misplaced`, `cron`, `probe`, `exclusive`, `duplicate`, `empty-image`, `gone`, `unknown-field`, `type`, `missing-field`, `unknown-kind`, `converted-key`, `duplicate-item`, `unserved`, `invalid`.";
        field: Text, "What the value belongs to: the name of its field or key.";
        value: Text, "The value as written.";
        problem: Text, "What is wrong with it.";
        expected: Text, "What to write instead, as Markdown.";
        earlier: Ref, "The other place that belongs to it.", absent "for most faults";
        severity: Text, "How much it matters: `error`, `warning` or `info`.", absent "if it is as the rule says";
        is_custom: Flag, "Whether the object is of none of Kubernetes' own groups, so that another program than the API server may read it.";
    }

    capabilities: Capabilities {
        add: Rows<AddedCapability>, "The capabilities that are added.";
        drop: Texts, "The names of those that are dropped, without `CAP_`.";
        is_known: Flag, "Whether both lists are known.";
    }

    added_capability: AddedCapability {
        at: Ref, "Where it is added.";
        name: Text, "Its name, without `CAP_`.";
    }

    probes: Probes {
        livenessProbe: Flag, "Whether it has a liveness probe.";
        readinessProbe: Flag, "Whether it has a readiness probe.";
        startupProbe: Flag, "Whether it has a startup probe.";
    }

    probe_port: ProbePort {
        probe: Text, "`livenessProbe`, `readinessProbe` or `startupProbe`.";
        handler: Text, "`httpGet`, `tcpSocket` or `grpc`.";
        port: Written, "The port, a number or a name.";
    }

    resources: Resources {
        requests: Map<Text>, "The requests, as `cpu: 250m`.";
        limits: Map<Text>, "The limits.";
        amounts: Map<Decimal>, "The quantities as numbers, by `requests.cpu` and the like.";
        set: Texts, "The names that say something, known or not, for the container or its pod.";
        is_known: Flag, "Whether nothing of them is left to run time.";
    }

    security_setting: SecuritySetting {
        at: Ref, "Where it is set.";
        value: Written, "The value.";
        field: FieldPath, "The path below `at`, to hand back.";
        from: Text, "`container`, `pod` or `annotation`.";
    }
}
