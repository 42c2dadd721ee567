"""What the scripts of a release share: the version, the platforms, and names of files."""
import hashlib
import os
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Rust's name of a platform, and what npm calls its operating system and processor. The Linux builds are static, so they
# run on glibc and musl alike; the last two are made by a dry run on a developer's machine and never published.
PLATFORMS = {
    "x86_64-unknown-linux-musl": ("linux", "x64"),
    "aarch64-unknown-linux-musl": ("linux", "arm64"),
    "x86_64-apple-darwin": ("darwin", "x64"),
    "aarch64-apple-darwin": ("darwin", "arm64"),
    "x86_64-pc-windows-msvc": ("win32", "x64"),
    "aarch64-pc-windows-msvc": ("win32", "arm64"),
    "x86_64-unknown-linux-gnu": ("linux", "x64"),
    "aarch64-unknown-linux-gnu": ("linux", "arm64"),
}
PUBLISHED = [target for target in PLATFORMS if not target.endswith("-gnu")]
LICENSES = ("LICENSE", "LICENSE-APACHE", "LICENSE-MIT")


def version():
    """The version in Cargo.toml, which is that of every package."""
    text = (ROOT / "Cargo.toml").read_text()
    return re.search(r'^\[workspace\.package\]\nversion = "([^"]+)"$', text, re.M).group(1)


def epoch():
    """The time that files in archives bear: SOURCE_DATE_EPOCH, or the first one that a zip file can say."""
    return max(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), 315532800)


def program(target):
    return "hullmark.exe" if "windows" in target else "hullmark"


def folder(target):
    """The folder in an archive, and the archive's name without its ending."""
    return f"hullmark-{version()}-{target}"


def archive(target):
    return folder(target) + (".zip" if "windows" in target else ".tar.gz")


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
