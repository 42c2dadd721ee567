//! git, asked for the objects of a repository: which commit a name stands for, which files a commit has, and what is in them.
//!
//! Nothing is checked out and the working tree is not looked at, so no filter, hook or monitor that a repository's own configuration names runs. Links are
//! left out. Which program git is comes from the user's own path.

use std::borrow::Cow;
use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{ChildStdout, Command, Output, Stdio};
use std::thread;

use crate::external;

/// A repository, and the git to ask about it.
#[derive(Clone, Debug)]
pub struct Git {
    program: PathBuf,
    repository: PathBuf,
}

/// A regular file in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// From the root of the repository; each part is a plain name.
    pub path: String,
    /// Its hash.
    pub id: String,
    /// How many bytes it has.
    pub size: u64,
}

impl Git {
    /// That of the repository with this root; `None` if git is not installed.
    pub fn of(repository: &Path) -> Option<Self> {
        let program = external::on_path("git", env::var_os("PATH").as_deref())?;
        Some(Self {
            program,
            repository: repository.to_owned(),
        })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("-C").arg(&self.repository);
        command.args(["--no-optional-locks", "--literal-pathspecs"]);
        command
    }

    /// What git answers.
    ///
    /// # Errors
    /// The first line of what it says if it fails.
    pub fn run(&self, arguments: &[&str]) -> io::Result<Vec<u8>> {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command().args(arguments).output()?;
        if status.success() {
            return Ok(stdout);
        }
        let said = String::from_utf8_lossy(&stderr);
        let said = said.lines().next().unwrap_or_default();
        Err(io::Error::other(format!("git: {said}")))
    }

    /// The same as one line of text.
    ///
    /// # Errors
    /// Those of [`Git::run`].
    pub fn line(&self, arguments: &[&str]) -> io::Result<String> {
        let answer = self.run(arguments)?;
        Ok(String::from_utf8_lossy(&answer).trim().to_owned())
    }

    /// The full hash of the commit that a revision names.
    ///
    /// # Errors
    /// If there is none.
    pub fn commit(&self, revision: &str) -> io::Result<String> {
        let commit = format!("{revision}^{{commit}}");
        self.line(&["rev-parse", "--verify", "--end-of-options", &commit])
    }

    /// The regular files of a commit at or below these paths, or all of them if there are none.
    ///
    /// # Errors
    /// If there are more than `most`, or git fails.
    pub fn files(&self, commit: &str, paths: &[PathBuf], most: usize) -> io::Result<Vec<Blob>> {
        let paths: Vec<Cow<str>> = paths.iter().map(|path| path.to_string_lossy()).collect();
        let mut arguments = vec!["ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--"];
        arguments.extend(paths.iter().map(AsRef::as_ref));
        let list = self.run(&arguments)?;
        // `100644 blob HASH    SIZE<tab>PATH`
        let blobs = list.split(|byte| *byte == 0).filter_map(|line| {
            let (head, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
            let mut parts = head.split_ascii_whitespace();
            let is_regular = matches!(parts.next(), Some("100644" | "100755"));
            let id = parts.nth(1)?.to_owned();
            let size = parts.next()?.parse().ok()?;
            let path = path.to_owned();
            (is_regular && is_plain(&path)).then_some(Blob { path, id, size })
        });
        let blobs: Vec<Blob> = blobs.take(most + 1).collect();
        if blobs.len() > most {
            return Err(io::Error::other(format!("has more than {most} files")));
        }
        Ok(blobs)
    }

    /// Hands over the bytes of each of these files, in their order.
    ///
    /// # Errors
    /// If git fails, or `each` does.
    pub fn read(
        &self,
        blobs: &[&Blob],
        each: &mut dyn FnMut(&Blob, &[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        if blobs.is_empty() {
            return Ok(());
        }
        let mut child = self
            .command()
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let ids: String = blobs.iter().flat_map(|blob| [&*blob.id, "\n"]).collect();
        let asking = thread::spawn(move || {
            let mut stdin = stdin;
            stdin
                .as_mut()
                .map_or(Ok(()), |stdin| stdin.write_all(ids.as_bytes()))
        });
        let answer = stdout.map_or(Ok(()), |stdout| answers(stdout, blobs, each));
        if answer.is_err() {
            // It may wait for a reader that has gone.
            let _ = child.kill();
        }
        // A question that was not taken shows in the answer.
        let _ = asking.join();
        let status = child.wait()?;
        answer?;
        if status.success() {
            Ok(())
        } else {
            Err(io::Error::other("git: cat-file failed"))
        }
    }
}

/// Reads what `git cat-file --batch` says: `HASH blob SIZE`, a line end, the bytes, a line end.
fn answers(
    stdout: ChildStdout,
    blobs: &[&Blob],
    each: &mut dyn FnMut(&Blob, &[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut stdout = BufReader::new(stdout);
    let mut head = String::new();
    let mut bytes = Vec::new();
    for blob in blobs {
        head.clear();
        stdout.by_ref().take(200).read_line(&mut head)?;
        let size: Option<u64> = head.trim().rsplit(' ').next().and_then(|n| n.parse().ok());
        let size = size.filter(|size| *size == blob.size);
        let size = size.ok_or_else(|| {
            io::Error::other(format!("git: the object of `{}` is not here", blob.path))
        })?;
        bytes.clear();
        stdout.by_ref().take(size).read_to_end(&mut bytes)?;
        each(blob, &bytes)?;
        stdout.read_exact(&mut [0])?;
    }
    Ok(())
}

/// Whether a path of a commit leads nowhere but below the root, and not into what git keeps for itself.
fn is_plain(path: &str) -> bool {
    let is_git = |part: &str| part.eq_ignore_ascii_case(".git");
    Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
        && !path.split('/').any(is_git)
        && !path.is_empty()
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn a_path_stays_below_the_root() {
        assert!(is_plain("a/.github/b.yml"));
        for path in [
            "../a",
            "/a",
            "a/../../b",
            ".git/config",
            "a/.GIT/hooks/x",
            "",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }
}
