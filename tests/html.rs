//! The page for an audit: all findings are in it as data, counted by owner too, and nothing of a file is markup or loads anything.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const HOSTILE: &str = "FROM ubuntu:latest\nRUN sudo ls </script><script>alert(1)</script><!-- & \"' -->\nRUN sudo ls\n";

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn run(folder: &Path, format: &str) -> String {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .args(["check", ".", "--exit-zero", "--format", format])
        .current_dir(folder)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The data of a page.
fn data(page: &str) -> Value {
    let (_, rest) = page
        .split_once("<script type=\"application/json\" id=\"data\">")
        .unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn the_page_holds_every_finding_with_its_owner() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    write(folder.path(), "a/Dockerfile", HOSTILE);
    write(folder.path(), "b/<i>/Dockerfile", HOSTILE);
    write(folder.path(), "CODEOWNERS", "* @all\n/a/ @team\n");
    let page = run(folder.path(), "html");
    let json: Value = serde_json::from_str(&run(folder.path(), "json")).unwrap();
    let data = data(&page);
    let findings = data["findings"].as_array().unwrap();
    let expected = json["findings"].as_array().unwrap();
    assert_eq!(findings.len(), expected.len());
    for (finding, expected) in findings.iter().zip(expected) {
        let name = |list: &str, index: usize| {
            data[list][usize::try_from(finding[index].as_u64().unwrap()).unwrap()].clone()
        };
        assert_eq!(name("rules", 1)["id"], expected["rule"]);
        assert_eq!(name("files", 2), expected["path"]);
        let owner = if expected["path"] == "a/Dockerfile" {
            "@team"
        } else {
            "@all"
        };
        assert_eq!(name("owners", 3), owner);
        assert_eq!(finding[4], expected["start"]["line"]);
        assert_eq!(finding[6], expected["message"]);
        let lines = finding[9][1].as_str().unwrap();
        assert!(lines.contains("sudo") || lines.contains("FROM"), "{lines}");
    }
    assert!(page.contains("id=\"by-owner\"") && page.contains("b/&lt;i&gt;"));
}

#[test]
fn what_comes_of_files_is_no_markup() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "Dockerfile", HOSTILE);
    let page = run(folder.path(), "html");
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script>").count(), 2);
    assert!(!page.contains("alert(1)</") && !page.contains("<!-- &"));
    let policy = "default-src 'none'; style-src 'sha256-";
    assert!(page.contains(policy));
    for loads in [" src=", "<link", "@import", "url(", " style=", " onclick="] {
        assert!(!page.contains(loads), "{loads}");
    }
}

#[test]
fn a_page_without_findings_is_a_page() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "Dockerfile", "FROM scratch\n");
    let page = run(folder.path(), "html");
    assert_eq!(data(&page)["findings"], serde_json::json!([]));
    assert!(page.ends_with("</html>\n"));
}
