//! Inputs that grow in one dimension.

/// The files of an input of a size.
pub type Files = Vec<(String, String)>;

/// A dimension: its name, and the files of a size.
pub type Dimension = (&'static str, fn(usize) -> Files);

/// Parts, each made of its number, one behind the other.
fn many(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

fn file(name: &str, text: String) -> Files {
    vec![(name.to_owned(), text)]
}

/// A Dockerfile of one stage.
fn stage(rest: &str) -> Files {
    file("Dockerfile", format!("FROM a:1\n{rest}\n"))
}

/// A script of a build.
fn run(script: &str) -> Files {
    stage(&format!("RUN {script}"))
}

/// A workflow of one job.
fn steps(steps: &str) -> Files {
    let job = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: a\n";
    file(".github/workflows/a.yml", format!("{job}{steps}"))
}

fn workflow(text: String) -> Files {
    file(".github/workflows/a.yml", text)
}

fn manifest(text: String) -> Files {
    file("a.yaml", text)
}

/// A pod with this specification.
fn pod(spec: &str) -> Files {
    manifest(format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n{spec}"
    ))
}

/// An object of a kind in a namespace of its own.
fn object(kind: &str, number: usize, spec: &str) -> String {
    let version = if kind == "Deployment" {
        "apps/v1"
    } else {
        "v1"
    };
    format!(
        "---\napiVersion: {version}\nkind: {kind}\nmetadata: {{name: a{number}, namespace: n{number}}}\nspec: {spec}\n"
    )
}

fn deployment(number: usize, labels: &str) -> String {
    let template = format!(
        "{{metadata: {{labels: {labels}}}, spec: {{containers: [{{name: a, image: a}}]}}}}"
    );
    let spec = format!("{{selector: {{matchLabels: {labels}}}, template: {template}}}");
    object("Deployment", number, &spec)
}

fn service(number: usize, labels: &str) -> String {
    object(
        "Service",
        number,
        &format!("{{selector: {labels}, ports: [{{port: 80}}]}}"),
    )
}

/// Of Dockerfiles and the scripts in them.
pub const DOCKERFILE: &[Dimension] = &[
    ("dockerfile: stages", |n| {
        file(
            "Dockerfile",
            many(n, |n| format!("FROM a:1 AS s{n}\nRUN a\n")),
        )
    }),
    ("dockerfile: instructions", |n| stage(&"RUN a\n".repeat(n))),
    ("dockerfile: undefined variables of a line", |n| {
        stage(&format!("ENV {}", many(n, |n| format!("a{n}=$b{n} "))))
    }),
    (
        "dockerfile: variables of a line that read each other",
        |n| {
            stage(&format!(
                "ENV {}",
                many(n, |n| format!("a{}=$a{n} ", n + 1))
            ))
        },
    ),
    ("dockerfile: undefined variables of many lines", |n| {
        stage(&many(n, |n| format!("ENV a{n}=$b{n}\n")))
    }),
    ("dockerfile: arguments", |n| {
        stage(&many(n, |n| format!("ARG a{n}\n")))
    }),
    ("dockerfile: arguments of a line", |n| {
        stage(&format!("ARG {}", many(n, |n| format!("a{n} "))))
    }),
    ("dockerfile: copies", |n| {
        stage(&many(n, |n| format!("COPY a{n} b\n")))
    }),
    ("dockerfile: copies from stages", |n| {
        stage(&many(n, |n| format!("COPY --from=s{n} a b\n")))
    }),
    ("dockerfile: copies beside patterns", |n| {
        let mut files = stage(&many(n, |n| format!("COPY {}f{n} b\n", "a/".repeat(100))));
        files.push((
            ".dockerignore".to_owned(),
            many(n, |n| format!("**/*a**/*a**/b{n}\n")),
        ));
        files.push(("package.json".to_owned(), "{}".to_owned()));
        files
    }),
    ("dockerfile: labels", |n| {
        stage(&format!("LABEL {}", many(n, |n| format!("a{n}=b "))))
    }),
    ("dockerfile: ports", |n| {
        stage(&format!("EXPOSE {}", many(n, |n| format!("{n} "))))
    }),
    ("dockerfile: directives", |n| {
        file("Dockerfile", "# syntax=a\n".repeat(n) + "FROM a:1\n")
    }),
    ("dockerfile: installs", |n| {
        stage(&"RUN apt-get update\nRUN apt-get install a\n".repeat(n))
    }),
    ("dockerfile: comments above blank lines", |n| {
        stage(&("# hullmark: ignore[a]\n".repeat(n) + &"\n".repeat(10 * n)))
    }),
    ("dockerfile: comments above a continued line", |n| {
        stage(&format!(
            "{}RUN a{}",
            "# hullmark: ignore[a]\n".repeat(n),
            " \\\na".repeat(10 * n)
        ))
    }),
    ("script: commands", |n| run(&"a; ".repeat(n))),
    ("script: installs", |n| {
        run(&"apt-get install a; yum install a; ".repeat(n))
    }),
    ("script: words", |n| {
        run(&format!("apk add {}", "apk add ".repeat(n)))
    }),
    ("script: packages", |n| {
        run(&format!(
            "apt-get install {}",
            many(n, |n| format!("a{n} "))
        ))
    }),
    ("script: pipes", |n| run(&format!("a{}", " | a".repeat(n)))),
    ("script: variables of a word", |n| {
        run(&format!("a {}", "$a".repeat(n)))
    }),
    ("script: open brackets", |n| {
        run(&format!("a {}", "[".repeat(n)))
    }),
    ("script: open brackets of variables", |n| {
        run(&format!("a {}", "$a[".repeat(n)))
    }),
    ("script: escapes", |n| {
        run(&format!("a a{}", "\\a".repeat(n)))
    }),
    ("script: braces", |n| {
        run(&format!("a {}", "\\{a}".repeat(n)))
    }),
    ("script: redirections", |n| {
        run(&many(n, |n| format!("{{a}} >b{n} ")))
    }),
    ("script: substitutions", |n| {
        run(&format!("a {}", "$(a) ".repeat(n)))
    }),
    ("script: assignments", |n| {
        run(&many(n, |n| format!("a{n}=b; a $a{n}; ")))
    }),
    ("script: loops", |n| {
        run(&"for a in b; do a; done; ".repeat(n))
    }),
    ("script: here-documents", |n| {
        run(&format!("{}\n{}", "a <<E; ".repeat(n), "E\n".repeat(n)))
    }),
    ("script: many of them", |n| {
        stage(&"RUN a b | c $d > e\n".repeat(n))
    }),
];

/// Of workflows and actions.
pub const WORKFLOW: &[Dimension] = &[
    ("workflow: jobs", |n| {
        workflow(format!(
            "on: push\njobs:\n{}",
            many(n, |n| format!(
                "  j{n}: {{runs-on: a, steps: [{{run: a}}]}}\n"
            ))
        ))
    }),
    ("workflow: jobs that need each other", |n| {
        workflow(format!(
            "on: push\njobs:\n{}",
            many(n, |n| format!(
                "  j{n}: {{needs: j{}, runs-on: a, steps: [{{run: a}}]}}\n",
                n + 1
            ))
        ))
    }),
    ("workflow: steps", |n| steps(&"      - run: a\n".repeat(n))),
    ("workflow: actions", |n| {
        steps(&many(n, |n| format!("      - uses: a/a{n}@v1\n")))
    }),
    ("workflow: ids of steps", |n| {
        steps(&many(n, |n| {
            format!("      - {{id: a{n}, run: 'a ${{{{ steps.a{n}.outputs.a }}}}'}}\n")
        }))
    }),
    ("workflow: unknown ids", |n| {
        steps(&many(n, |n| {
            format!("      - {{id: a{n}, run: 'a ${{{{ steps.b{n}.outputs.a }}}}'}}\n")
        }))
    }),
    ("workflow: equal ids", |n| {
        steps(&"      - {id: a, run: a}\n".repeat(n))
    }),
    ("workflow: expressions of a line", |n| {
        steps(&format!(
            "      - run: \"{}\"\n",
            "${{ github.event.issue.title }} ".repeat(n)
        ))
    }),
    ("workflow: expressions side by side", |n| {
        steps(&format!(
            "      - run: echo {}\n",
            "${{ github.event.issue.title }}".repeat(n)
        ))
    }),
    ("workflow: open arithmetic of a line", |n| {
        steps(&format!(
            "      - run: echo {} ${{{{ github.event.issue.title }}}}\n",
            "$((".repeat(n)
        ))
    }),
    ("workflow: equal events", |n| {
        workflow(format!(
            "on: [{}]\njobs: {{a: {{runs-on: a, steps: [{{run: a}}]}}}}\n",
            "push, ".repeat(n)
        ))
    }),
    ("workflow: expressions of a script", |n| {
        steps(&format!(
            "      - run: |\n{}",
            "          a ${{ github.event.issue.title }}\n".repeat(n)
        ))
    }),
    ("workflow: aliases of expressions", |n| {
        steps(&format!(
            "      - run: &s \"{}\"\n{}",
            "${{ github.head_ref }} ".repeat(n.min(1_000)),
            "      - run: *s\n".repeat(n)
        ))
    }),
    ("workflow: operators of expressions", |n| {
        steps(&many(n, |n| {
            format!("      - if: a == 'b{n}' && github.ref == 'c'\n        run: a\n")
        }))
    }),
    ("workflow: events", |n| {
        workflow(format!(
            "on: [{}]\njobs: {{a: {{runs-on: a, steps: [{{run: a}}]}}}}\n",
            many(n, |n| format!("a{n}, "))
        ))
    }),
    ("workflow: schedules", |n| {
        workflow(format!(
            "on:\n  schedule:\n{}jobs: {{a: {{runs-on: a, steps: [{{run: a}}]}}}}\n",
            "  - cron: '* * * * *'\n".repeat(n)
        ))
    }),
    ("workflow: axes", |n| {
        let include = many(n, |n| format!("          - {{k{n}: a}}\n"));
        let runs = many(n, |n| format!("      - run: a ${{{{ matrix.k{n} }}}}\n"));
        workflow(format!(
            "on: push\njobs:\n  a:\n    runs-on: a\n    strategy:\n      matrix:\n        include:\n{include}    steps:\n{runs}"
        ))
    }),
    ("workflow: inputs", |n| {
        let inputs = many(n, |n| format!("  i{n}: {{description: a}}\n"));
        let runs = many(n, |n| {
            format!("    - {{shell: sh, run: 'a ${{{{ inputs.j{n} }}}}'}}\n")
        });
        file(
            "action.yml",
            format!("name: a\ninputs:\n{inputs}runs:\n  using: composite\n  steps:\n{runs}"),
        )
    }),
    ("workflow: environment", |n| {
        steps(&format!(
            "      - run: a\n        env:\n{}",
            many(n, |n| format!("          A{n}: a\n"))
        ))
    }),
    ("workflow: unknown keys", |n| {
        steps(&many(n, |n| format!("        a{n}: a\n")))
    }),
    ("workflow: comments on steps", |n| {
        steps(&"      # zizmor: ignore[a]\n      - run: a\n".repeat(n))
    }),
];

/// Of manifests and Compose files.
pub const MANIFEST: &[Dimension] = &[
    ("manifest: containers", |n| {
        pod(&format!(
            "  containers:\n{}",
            many(n, |n| format!("  - {{name: a{n}, image: a}}\n"))
        ))
    }),
    ("manifest: containers of a line", |n| {
        pod(&format!(
            "  {{containers: [{}]}}\n",
            many(n, |n| format!("{{name: a{n}, image: a}}, "))
        ))
    }),
    ("manifest: equal containers of a line", |n| {
        pod(&format!(
            "  {{containers: [{}]}}\n",
            "{name: a, image: 'b:latest'}, ".repeat(n)
        ))
    }),
    ("manifest: labels of a selector", |n| {
        let labels = many(n, |n| format!("a{n}: b, "));
        let labels = format!("{{{labels}}}");
        manifest(service(1, &labels) + &deployment(1, &labels))
    }),
    ("manifest: pods", |n| {
        manifest(many(n, |n| {
            object("Pod", n, "{containers: [{name: a, image: a}]}")
        }))
    }),
    ("manifest: items of a List", |n| {
        manifest(format!(
            "apiVersion: v1\nkind: List\nitems:\n{}",
            many(n, |n| format!(
                "- {{apiVersion: v1, kind: Pod, metadata: {{name: a{n}}}, spec: {{hostPID: true}}}}\n"
            ))
        ))
    }),
    ("manifest: services of one label", |n| {
        manifest(many(n, |n| {
            service(n, "{app: a}") + &deployment(n, "{app: a}")
        }))
    }),
    ("manifest: services of other labels", |n| {
        manifest(many(n, |n| {
            service(n, &format!("{{app: a{n}}}")) + &deployment(n, &format!("{{app: b{n}}}"))
        }))
    }),
    ("manifest: keys of a ConfigMap", |n| {
        manifest(format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n{}",
            many(n, |n| format!("  password{n}: a\n"))
        ))
    }),
    ("manifest: environment", |n| {
        pod(&format!(
            "  containers:\n  - name: a\n    image: a\n    env:\n{}",
            many(n, |n| format!("    - {{name: a{n}, value: b}}\n"))
        ))
    }),
    ("manifest: volumes", |n| {
        pod(&format!(
            "  containers: []\n  volumes:\n{}",
            many(n, |n| format!(
                "  - {{name: a{n}, hostPath: {{path: /etc}}}}\n"
            ))
        ))
    }),
    ("manifest: mounted volumes", |n| {
        pod(&format!(
            "  containers:\n  - name: a\n    image: a\n    volumeMounts:\n{}  volumes:\n{}",
            many(n, |n| format!("    - {{name: a{n}, mountPath: /a{n}}}\n")),
            many(n, |n| format!("  - {{name: a{n}, emptyDir: {{}}}}\n"))
        ))
    }),
    ("manifest: ports", |n| {
        pod(&format!(
            "  containers:\n  - name: a\n    image: a\n    ports:\n{}",
            many(n, |n| format!(
                "    - {{containerPort: 80, hostPort: {n}}}\n"
            ))
        ))
    }),
    ("manifest: unknown keys", |n| {
        pod(&many(n, |n| format!("  a{n}: a\n")))
    }),
    ("manifest: merges", |n| {
        pod(&format!(
            "  a: &a {{image: a}}\n  containers:\n{}",
            many(n, |n| format!("  - {{<<: *a, name: a{n}}}\n"))
        ))
    }),
    ("manifest: aliases of a container", |n| {
        pod(&format!(
            "  containers:\n  - &a {{name: a, image: a}}\n{}",
            "  - *a\n".repeat(n)
        ))
    }),
    ("manifest: build arguments", |n| {
        let mut files = stage("ARG a1");
        let arguments = many(n, |n| format!("      a{n}: a\n"));
        files.push((
            "compose.yaml".to_owned(),
            format!("services:\n  a:\n    build:\n     context: .\n     args:\n{arguments}"),
        ));
        files
    }),
    ("manifest: objects that name one another", |n| {
        let file = |n: usize| {
            let labels = format!("{{app: a{n}}}");
            let spec = format!(
                "{{scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: a{n}}}, maxReplicas: 3}}"
            );
            let scaler = format!(
                "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {{name: a{n}, namespace: n{n}}}\nspec: {spec}\n"
            );
            let text = deployment(n, &labels) + &service(n, &labels) + &scaler;
            (format!("d{}/a{n}.yaml", n % 50), text)
        };
        (0..n / 3).map(file).collect()
    }),
    ("manifest: images that Dockerfiles build", |n| {
        let names = (0..n / 4).map(|n| format!("d{n}/Dockerfile"));
        let mut files: Files = names
            .map(|name| (name, "FROM a:1\nEXPOSE 80\n".to_owned()))
            .collect();
        let services = many(n / 4, |n| {
            format!("  s{n}: {{image: x/i, build: {{context: d{n}}}}}\n")
        });
        files.push(("compose.yaml".to_owned(), format!("services:\n{services}")));
        let spec = "{containers: [{name: a, image: 'x/i:1', ports: [{containerPort: 81}]}]}";
        files.extend(manifest(many(n / 4, |n| object("Pod", n, spec))));
        files
    }),
];

/// Of files of any kind.
pub const ANY: &[Dimension] = &[
    ("comment: signs on a line", |n| {
        run(&format!("a{}", " #".repeat(n)))
    }),
    ("comment: letters on a line", |n| {
        run(&format!("a{}", " #c".repeat(n)))
    }),
    ("comment: behind spaces", |n| {
        stage(&format!(
            "{}{}",
            " ".repeat(10 * n),
            " # hullmark: ignore[a]".repeat(n)
        ))
    }),
    ("comment: names", |n| {
        stage(&format!("# hullmark: ignore[{}]\n", many(200, |n| format!("a{n}, "))).repeat(n / 50))
    }),
    ("yaml: documents", |n| manifest("---\na: b\n".repeat(n))),
    ("yaml: keys", |n| {
        manifest(format!(
            "apiVersion: v1\nkind: Pod\n{}",
            many(n, |n| format!("a{n}: b\n"))
        ))
    }),
    ("yaml: duplicate keys", |n| {
        manifest(format!("apiVersion: v1\nkind: Pod\n{}", "a: b\n".repeat(n)))
    }),
    ("yaml: anchors and aliases", |n| {
        manifest(format!(
            "apiVersion: v1\nkind: Pod\na:\n{}",
            many(n, |n| format!("- &a{n} b\n- *a{n}\n"))
        ))
    }),
    ("yaml: unknown aliases", |n| {
        manifest(format!(
            "apiVersion: v1\nkind: Pod\na:\n{}",
            "- *a\n".repeat(n)
        ))
    }),
    ("yaml: lines of a scalar", |n| {
        manifest(format!(
            "apiVersion: v1\nkind: Pod\na: |\n{}",
            "  b\n".repeat(n)
        ))
    }),
    ("files", |n| {
        (0..n / 10)
            .map(|n| (format!("d{n}/Dockerfile"), "FROM a:1\n".to_owned()))
            .collect()
    }),
];
