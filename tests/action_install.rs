//! The action installs the archive whose checksum is known, and nothing else; where no release has one, it builds its own source.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest as _, Sha256};

const VERSION: &str = env!("CARGO_PKG_VERSION");
const TARGET: &str = "x86_64-unknown-linux-musl";

/// A runner: the action's folder, a server of releases, and programs that stand for curl and cargo.
struct Runner {
    folder: tempfile::TempDir,
}

/// What the step did: its exit status, what it said, and what the installed program prints.
#[derive(Debug, PartialEq)]
struct Outcome {
    status: i32,
    said: String,
    installed: Option<String>,
}

fn executable(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn archive_name(version: &str) -> String {
    format!("hullmark-{version}-{TARGET}.tar.gz")
}

impl Runner {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for name in ["action/tools/action", "served", "programs", "checkout"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        fs::copy(
            root.join("Cargo.toml"),
            folder.path().join("action/Cargo.toml"),
        )
        .unwrap();
        fs::write(
            folder.path().join("action/tools/action/checksums"),
            "# none\n",
        )
        .unwrap();
        // The last argument is the address, and the one before `--output`'s value is where it goes; what is served is a file.
        let curl = format!(
            "#!/bin/sh\nto= ; for word; do [ \"$last\" = --output ] && to=$word; last=$word; done\n\
             case $last in https://github.com/hullmark/hullmark/releases/download/*) ;; *) exit 3 ;; esac\n\
             cp \"{}/$(basename \"$(dirname \"$last\")\")/$(basename \"$last\")\" \"$to\" 2> /dev/null || exit 22\n",
            folder.path().join("served").display()
        );
        executable(&folder.path().join("programs/curl"), &curl);
        let cargo = "#!/bin/sh\nfor root; do :; done\nprintf '#!/bin/sh\\necho built in %s with %s\\n' \"$PWD\" \
            \"$RUSTUP_TOOLCHAIN $1 $2\" > \"$root/bin/hullmark\"\nchmod +x \"$root/bin/hullmark\"\n";
        executable(&folder.path().join("programs/cargo"), cargo);
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a release on the server: an archive with a program that prints `text`. Returns its line of SHA256SUMS.
    fn serve(&self, version: &str, text: &str) -> String {
        let folder = self.path("served").join(format!("v{version}"));
        let inner = format!("hullmark-{version}-{TARGET}");
        fs::create_dir_all(folder.join(&inner)).unwrap();
        let program = folder.join(&inner).join("hullmark");
        executable(&program, &format!("#!/bin/sh\necho {text}\n"));
        let name = archive_name(version);
        let packed = Command::new("tar")
            .args(["-czf", &name, &inner])
            .current_dir(&folder)
            .status();
        assert!(packed.unwrap().success());
        let digest = Sha256::digest(fs::read(folder.join(&name)).unwrap());
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{digest}  {name}\n")
    }

    /// Writes the checksums that the release says, and those that the action has.
    fn sums(&self, version: &str, release: &str, action: &str) {
        let served = self.path("served").join(format!("v{version}"));
        fs::write(served.join("SHA256SUMS"), release).unwrap();
        fs::write(self.path("action/tools/action/checksums"), action).unwrap();
    }

    fn install(&self, version: &str, arch: &str) -> Outcome {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/action/install.sh");
        let output = Command::new("bash")
            .args(["--noprofile", "--norc"])
            .arg(script)
            .current_dir(self.path("checkout"))
            .env(
                "PATH",
                format!("{}:{}", self.path("programs").display(), env!("PATH")),
            )
            .env("ACTION_PATH", self.path("action"))
            .env("ROOT", self.path("temp/hullmark"))
            .env("INPUT_VERSION", version)
            .env("RUNNER_OS", "Linux")
            .env("RUNNER_ARCH", arch)
            .output()
            .unwrap();
        let program = Command::new(self.path("temp/hullmark/bin/hullmark")).output();
        let printed = program
            .ok()
            .map(|output| String::from_utf8(output.stdout).unwrap());
        assert_eq!(fs::read_dir(self.path("checkout")).unwrap().count(), 0);
        Outcome {
            status: output.status.code().unwrap(),
            said: String::from_utf8(output.stdout).unwrap(),
            installed: printed.map(|text| text.trim().to_owned()),
        }
    }
}

fn installed(text: &str) -> Outcome {
    Outcome {
        status: 0,
        said: String::new(),
        installed: Some(text.to_owned()),
    }
}

fn failed(message: &str) -> Outcome {
    Outcome {
        status: 2,
        said: format!("::error title=hullmark::{message}\n"),
        installed: None,
    }
}

#[test]
fn the_archive_of_the_actions_version_is_installed_if_its_checksum_is_known() {
    let runner = Runner::new();
    let line = runner.serve(VERSION, "released");
    // The action's own line counts, whatever the release says.
    runner.sums(VERSION, "", &format!("# releases\n{line}"));
    assert_eq!(runner.install("", "X64"), installed("released"));
    // One that it does not have is in the release.
    runner.sums(VERSION, &format!("{}  other\n{line}", "0".repeat(64)), "");
    assert_eq!(runner.install("", "X64"), installed("released"));
    assert_eq!(
        runner.install(&format!("v{VERSION}"), "X64"),
        installed("released")
    );
}

#[test]
fn another_checksum_or_none_installs_nothing() {
    let runner = Runner::new();
    let name = archive_name(VERSION);
    let line = runner.serve(VERSION, "replaced");
    let wrong = format!("the SHA-256 of {name} is not that of the release");
    let zeros = format!("{}  {name}\n", "0".repeat(64));
    runner.sums(VERSION, &line, &zeros);
    assert_eq!(
        runner.install("", "X64"),
        failed(&wrong),
        "the action's line is the one that counts"
    );
    runner.sums(VERSION, &zeros, "");
    assert_eq!(runner.install("", "X64"), failed(&wrong));
    runner.sums(VERSION, &line.replace("hullmark-", "xhullmark-"), "");
    let none = format!("version {VERSION} has no checksum of {name}");
    assert_eq!(runner.install("", "X64"), failed(&none));
}

#[test]
fn without_a_release_the_actions_source_is_built_with_a_word() {
    let runner = Runner::new();
    let built = format!(
        "built in {} with stable install --locked",
        runner.path("action").display()
    );
    let found = runner.install("", "X64");
    assert_eq!(found.installed.as_deref(), Some(built.as_str()));
    let word = format!(
        "::notice title=hullmark::there is no release of version {VERSION} for this runner, so hullmark is built from source"
    );
    assert!(found.said.starts_with(&word), "{}", found.said);
    // Nor where there is none for the processor; or if that is what was asked for.
    runner.serve(VERSION, "released");
    assert_eq!(
        runner.install("", "RISCV").installed.as_deref(),
        Some(built.as_str())
    );
    assert_eq!(
        runner.install("source", "X64").installed.as_deref(),
        Some(built.as_str())
    );
}

#[test]
fn another_version_is_downloaded_or_nothing() {
    let runner = Runner::new();
    let line = runner.serve("9.8.7", "another");
    runner.sums("9.8.7", &line, "");
    assert_eq!(runner.install("9.8.7", "X64"), installed("another"));
    let none = "version 9.8.8 cannot be downloaded for this runner";
    assert_eq!(runner.install("9.8.8", "X64"), failed(none));
    let form = format!("version is neither a version such as {VERSION} nor source");
    for hostile in [
        "../v9.8.7",
        "9.8",
        "9.8.7\n::set-env",
        "$(touch x)",
        "latest",
        "9.8.7 --output=x",
    ] {
        assert_eq!(runner.install(hostile, "X64"), failed(&form), "{hostile}");
    }
}
