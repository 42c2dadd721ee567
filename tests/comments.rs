//! Comments of other linters in Dockerfiles, as their users write them: what each suppresses, and what it leaves.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;

use assert_cmd::Command;

/// The findings of all rules that carry one of `aliases` and are not suppressed: line and alias.
fn left(dockerfile: &str, aliases: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Dockerfile"), dockerfile).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_hullmark"))
        .current_dir(folder.path())
        .args(["--isolated", "--select", "ALL", "--format", "json", "."])
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut left = Vec::new();
    for finding in report["findings"].as_array().unwrap() {
        for alias in aliases {
            if finding["aliases"]
                .as_array()
                .unwrap()
                .iter()
                .any(|it| it == alias)
            {
                left.push(format!("{} {alias}", finding["start"]["line"]));
            }
        }
    }
    left.sort();
    left.dedup();
    left
}

#[test]
fn hadolint_ignores_the_instruction_below_the_stage_or_the_file() {
    let ids = [
        "hadolint:DL3003",
        "hadolint:DL3004",
        "hadolint:DL3007",
        "hadolint:SC2086",
    ];
    for (dockerfile, expected) in [
        (
            "FROM a:latest\nRUN cd /a && sudo b\n",
            &[
                "1 hadolint:DL3007",
                "2 hadolint:DL3003",
                "2 hadolint:DL3004",
            ][..],
        ),
        (
            "# hadolint ignore=DL3007\nFROM a:latest\n# hadolint ignore=DL3003,DL3004\nRUN cd /a && sudo b\nRUN sudo c\n",
            &["5 hadolint:DL3004"],
        ),
        (
            "#hadolint ignore = DL3007 # its tag moves\nFROM a:latest\n",
            &[],
        ),
        (
            "# hadolint ignore=DL3003\n# hadolint ignore=DL3004\n\nRUN cd /a && \\\n  sudo b\n",
            &[],
        ),
        (
            "RUN cd /a && \\\n  # hadolint ignore=DL3004\n  sudo b && \\\n  sudo c\n",
            &["1 hadolint:DL3003"],
        ),
        ("# hadolint ignore=DL3004\nONBUILD RUN sudo b\n", &[]),
        (
            "# hadolint ignore=SC2086\nRUN <<EOF\nrm $A\nEOF\nRUN rm $A\n",
            &["5 hadolint:SC2086"],
        ),
        (
            "FROM a:1\nRUN sudo b\nRUN cd /a\n# hadolint global ignore=DL3004, DL3003\n",
            &[],
        ),
        (
            "# hadolint stage ignore=DL3004\nFROM a:1\nRUN sudo b\nFROM c:1\nRUN sudo d\n",
            &["5 hadolint:DL3004"],
        ),
        (
            "FROM a:1\nRUN sudo b\n# hadolint stage ignore=DL3004\nFROM c:1\nRUN sudo d\n",
            &["2 hadolint:DL3004"],
        ),
        (
            "# hadolint ignore DL3004\nRUN sudo b\n# hadolint: ignore=DL3004\nRUN sudo c\n",
            &["2 hadolint:DL3004", "4 hadolint:DL3004"],
        ),
    ] {
        assert_eq!(left(dockerfile, &ids), expected, "{dockerfile}");
    }
}

#[test]
fn hadolint_says_what_the_shell_is() {
    let ids = ["hadolint:SC2086", "hadolint:SC3010", "hadolint:DL4006"];
    for (dockerfile, expected) in [
        (
            "FROM debian:13\nRUN [[ -f $A ]]\n",
            &["2 hadolint:SC3010"][..],
        ),
        (
            "FROM debian:13\n# hadolint shell=bash\nRUN [[ -f $A ]]\n",
            &[],
        ),
        (
            "FROM debian:13\n# hadolint shell=powershell\nRUN Get-Item $A | Remove-Item $B\n",
            &[],
        ),
        (
            "# hadolint shell=bash\nFROM debian:13\nRUN [[ -f b ]]\nFROM debian:12\nRUN [[ -f b ]]\n",
            &[],
        ),
        (
            "FROM debian:13\n# hadolint shell=bash\nFROM debian:12\nRUN [[ -f b ]]\n",
            &["4 hadolint:SC3010"],
        ),
        (
            "FROM debian:13\n# hadolint shell=pwsh\nSHELL [\"/bin/sh\", \"-c\"]\nRUN rm $a\n",
            &["4 hadolint:SC2086"],
        ),
    ] {
        assert_eq!(left(dockerfile, &ids), expected, "{dockerfile}");
    }
}

#[test]
fn buildkit_skips_in_the_file_or_the_instruction_below() {
    let ids = [
        "buildkit:StageNameCasing",
        "buildkit:FromAsCasing",
        "buildkit:JSONArgsRecommended",
    ];
    let body = "FROM a:1 as B\nCMD c\n";
    let with = |comment: &str| format!("{comment}\n{body}");
    for (dockerfile, expected) in [
        (
            with("# why"),
            &[
                "2 buildkit:FromAsCasing",
                "2 buildkit:StageNameCasing",
                "3 buildkit:JSONArgsRecommended",
            ][..],
        ),
        (with("# check=skip=all"), &[]),
        (
            with("#check=skip=StageNameCasing,FromAsCasing;error=true"),
            &["3 buildkit:JSONArgsRecommended"],
        ),
        (
            with("# check=error=true;skip=JSONArgsRecommended // signals do not matter"),
            &["2 buildkit:FromAsCasing", "2 buildkit:StageNameCasing"],
        ),
        (with("# syntax=docker/dockerfile:1\n# check=skip=all"), &[]),
        // Behind another comment it is no directive any more, and counts for what is beneath.
        (
            with("# why\n# check=skip=all"),
            &["4 buildkit:JSONArgsRecommended"],
        ),
        (
            "FROM a:1\n# check=skip=JSONArgsRecommended // why\nCMD c\n".to_owned(),
            &[],
        ),
    ] {
        assert_eq!(left(&dockerfile, &ids), expected, "{dockerfile}");
    }
}

#[test]
fn scanners_ignore_by_their_own_ids_and_scopes() {
    let ids = [
        "trivy:DS-0001",
        "trivy:DS-0010",
        "checkov:CKV_DOCKER_7",
        "kics:run_using_sudo",
    ];
    let body = "FROM a\nRUN sudo b\n";
    let with = |comment: &str| format!("{comment}\n{body}");
    let all = [
        "2 checkov:CKV_DOCKER_7",
        "2 trivy:DS-0001",
        "3 kics:run_using_sudo",
        "3 trivy:DS-0010",
    ];
    for (dockerfile, expected) in [
        (with("# why"), &all[..]),
        // A finding is suppressed as a whole, under all of its names.
        (
            with("#trivy:ignore:DS001"),
            &["3 kics:run_using_sudo", "3 trivy:DS-0010"],
        ),
        (
            with("# trivy:ignore:AVD-DS-0001:exp:2199-01-31"),
            &["3 kics:run_using_sudo", "3 trivy:DS-0010"],
        ),
        (with("# trivy:ignore:AVD-DS-0001:exp:2020-01-31"), &all),
        (with("# trivy:ignore:DS-0010"), &all),
        (
            "FROM a\n# trivy:ignore:DS-0010 trivy:ignore:DS-0001\nRUN sudo b\n".to_owned(),
            &["1 checkov:CKV_DOCKER_7", "1 trivy:DS-0001"],
        ),
        (
            format!("{body}# checkov:skip=CKV_DOCKER_7:as said\n"),
            &["2 kics:run_using_sudo", "2 trivy:DS-0010"],
        ),
        (
            with("# kics-scan ignore"),
            &["2 checkov:CKV_DOCKER_7", "2 trivy:DS-0001"][..0],
        ),
        (
            "FROM a\n# kics-scan ignore-line\nRUN sudo b\nRUN sudo c\n".to_owned(),
            &[
                "1 checkov:CKV_DOCKER_7",
                "1 trivy:DS-0001",
                "4 kics:run_using_sudo",
                "4 trivy:DS-0010",
            ],
        ),
    ] {
        assert_eq!(left(&dockerfile, &ids), expected, "{dockerfile}");
    }
}
