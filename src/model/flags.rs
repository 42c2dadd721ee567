//! Which flags of well-known programs take their value from the next word: without it a value is taken for an argument.

use lists::{
    APK, APT, CARGO, COMPOSER, CURL, DNF, GEM, GIT, GO, NPM, PIP, SUDO, TAR, USERADD, UV, WGET,
    ZYPPER,
};

/// The flags of `program` that take the next word as their value, when they have none attached.
pub(super) fn valued_flags(program: &str) -> &'static [&'static str] {
    match program {
        "apt" | "apt-get" | "aptitude" => APT,
        "apk" => APK,
        "yum" | "dnf" | "dnf5" | "microdnf" | "tdnf" | "yum-config-manager" => DNF,
        "zypper" => ZYPPER,
        "uv" => UV,
        "pipx" => PIP,
        "npm" | "yarn" | "pnpm" => NPM,
        "gem" => GEM,
        "go" => GO,
        "cargo" => CARGO,
        "composer" => COMPOSER,
        "curl" => CURL,
        "wget" => WGET,
        "git" => GIT,
        "useradd" | "adduser" | "usermod" => USERADD,
        "tar" => TAR,
        "sudo" => SUDO,
        _ if program.starts_with("pip") => PIP,
        _ => &[],
    }
}

/// Sorted by what reads well, not one a line.
#[rustfmt::skip]
mod lists {
    pub const APT: &[&str] = &[
        "-t", "--target-release", "--default-release", "-o", "--option", "-c", "--config-file", "-a",
        "--host-architecture", "-P", "--build-profiles",
    ];
    pub const APK: &[&str] = &[
        "-X", "--repository", "-t", "--virtual", "-p", "--root", "--arch", "--cache-dir", "--keys-dir",
        "--repositories-file", "--wait", "--cache-max-age", "--progress-fd", "--timeout",
    ];
    pub const DNF: &[&str] = &[
        "-c", "--config", "-x", "--exclude", "--excludepkgs", "--repo", "--repoid", "--enablerepo", "--disablerepo",
        "--enable-repo", "--disable-repo", "--setopt", "--installroot", "--releasever", "--forcearch", "--comment",
        "-d", "-e", "--debuglevel", "--errorlevel", "--advisory", "--bz", "--cve", "--sec-severity", "--disableplugin",
        "--enableplugin", "--downloaddir", "--destdir", "-R", "--randomwait", "--rpmverbosity", "--disableexcludes",
        "--color", "--arch", "--archlist", "--add-repo", "--from-repo", "--setvar",
    ];
    pub const ZYPPER: &[&str] = &[
        "-R", "--root", "-r", "--repo", "--from", "-t", "--type", "-p", "--plus-repo", "--plus-content", "-c",
        "--config", "-D", "--reposd-dir", "-C", "--cache-dir", "--installroot", "--solv-cache-dir", "--raw-cache-dir",
        "--pkg-cache-dir", "--download", "--releasever",
    ];
    pub const PIP: &[&str] = &[
        "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "-c", "--constraint", "-r", "--requirement",
        "-e", "--editable", "-t", "--target", "--platform", "--python-version", "--implementation", "--abi", "--root",
        "--prefix", "--src", "-b", "--build", "--upgrade-strategy", "--no-binary", "--only-binary", "--progress-bar",
        "--root-user-action", "--global-option", "--install-option", "--config-settings", "-C", "--build-option",
        "--proxy", "--retries", "--timeout", "--exists-action", "--trusted-host", "--cert", "--client-cert",
        "--cache-dir", "--log", "--python", "--use-feature", "--use-deprecated", "--report", "--group", "-d", "--dest",
        "--keyring-provider", "--resume-retries", "--pip-args", "--spec", "--suffix", "--preinstall",
        "--build-constraint",
    ];
    pub const UV: &[&str] = &[
        "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "-c", "--constraint", "-r", "--requirement",
        "-e", "--editable", "-t", "--target", "--platform", "--python-version", "--implementation", "--abi", "--root",
        "--prefix", "--src", "-b", "--build", "--upgrade-strategy", "--no-binary", "--only-binary", "--progress-bar",
        "--root-user-action", "--global-option", "--install-option", "--config-settings", "-C", "--build-option",
        "--proxy", "--retries", "--timeout", "--exists-action", "--trusted-host", "--cert", "--client-cert",
        "--cache-dir", "--log", "--python", "--use-feature", "--use-deprecated", "--report", "--group", "-d", "--dest",
        "--keyring-provider", "--resume-retries", "--pip-args", "--spec", "--suffix", "--preinstall",
        "--build-constraint", "-p", "--index", "--default-index", "--index-strategy", "--resolution", "--exclude-newer",
        "--directory", "--project", "--config-file", "--allow-insecure-host", "--link-mode", "--prerelease", "--with",
        "--with-editable", "--package", "--extra", "--override", "-P", "--upgrade-package", "--refresh-package",
        "--reinstall-package", "--no-build-package", "--color", "--tag", "--branch", "--rev", "--optional",
        "--torch-backend", "--fork-strategy", "--config-setting", "-w", "--with-requirements", "--python-platform",
        "--no-binary-package",
    ];
    pub const NPM: &[&str] = &[
        "--registry", "--loglevel", "--prefix", "-C", "--cache", "--omit", "--include", "--only", "--tag",
        "--userconfig", "--globalconfig", "--workspace", "-w", "--otp", "--install-strategy", "--scope", "--cafile",
        "--ca", "--proxy", "--https-proxy", "--fetch-retries", "--fetch-timeout", "--fetch-retry-maxtimeout",
        "--fetch-retry-mintimeout", "--maxsockets", "--network-timeout", "--network-concurrency", "--cwd",
        "--modules-folder", "--cache-folder", "--mutex", "--store-dir", "--filter", "-F", "--dir", "--reporter",
        "--global-dir", "--global-bin-dir", "--save-prefix", "--depth", "--node-options", "--script-shell", "--before",
        "--libc", "--os", "--cpu", "--global-folder", "--preferred-cache-folder", "--cache-min", "--cache-max",
        "--noproxy", "--user",
    ];
    pub const GEM: &[&str] = &[
        "-v", "--version", "-i", "--install-dir", "-n", "--bindir", "-s", "--source", "-P", "--trust-policy",
        "--platform", "-p", "--http-proxy", "--document", "-g", "--file", "-B", "--bulk-threshold", "--build-root",
        "--target-rbconfig", "--config-file", "--without",
    ];
    pub const GO: &[&str] = &[
        "-tags", "-ldflags", "-gcflags", "-asmflags", "-mod", "-modfile", "-o", "-p", "-C", "-exec", "-buildmode",
        "-pkgdir", "-overlay", "-toolexec", "-compiler", "-installsuffix", "-pgo", "-covermode", "-coverpkg",
        "-gccgoflags",
    ];
    pub const CARGO: &[&str] = &[
        "--version", "--vers", "--git", "--branch", "--tag", "--rev", "--path", "--root", "--registry", "--index", "-F",
        "--features", "--target", "--target-dir", "--profile", "-j", "--jobs", "--bin", "--example", "--color",
        "--config", "-Z", "--rename", "-p", "--package", "-C", "--manifest-path", "--message-format",
    ];
    pub const COMPOSER: &[&str] = &[
        "-d", "--working-dir", "--prefer-install", "--ignore-platform-req", "--apcu-autoloader-prefix",
        "--audit-format", "--repository", "--repository-url", "--stability",
    ];
    pub const CURL: &[&str] = &[
        "-o", "--output", "-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "--data-ascii", "--json",
        "-H", "--header", "-u", "--user", "-A", "--user-agent", "-e", "--referer", "-b", "--cookie", "-c",
        "--cookie-jar", "-F", "--form", "--form-string", "-T", "--upload-file", "-X", "--request", "-x", "--proxy",
        "-U", "--proxy-user", "-m", "--max-time", "--connect-timeout", "--retry", "--retry-delay", "--retry-max-time",
        "-w", "--write-out", "-K", "--config", "-E", "--cert", "--cert-type", "--key", "--key-type", "--cacert",
        "--capath", "--ciphers", "-C", "--continue-at", "-r", "--range", "--resolve", "--connect-to", "--limit-rate",
        "-Y", "--speed-limit", "-y", "--speed-time", "--url", "--interface", "--max-redirs", "--max-filesize", "-z",
        "--time-cond", "--output-dir", "--unix-socket", "--proto", "--proto-default", "--proto-redir", "--tls-max",
        "--noproxy", "-D", "--dump-header", "--aws-sigv4", "--oauth2-bearer", "--stderr", "--trace", "--trace-ascii",
        "-Q", "--quote", "-P", "--ftp-port", "--pinnedpubkey", "--netrc-file", "--variable", "--keepalive-time",
        "--rate", "--create-file-mode", "--dns-servers", "--doh-url", "--engine", "--expect100-timeout", "--pass",
        "--hostpubmd5",
    ];
    pub const WGET: &[&str] = &[
        "-O", "--output-document", "-o", "--output-file", "-a", "--append-output", "-e", "--execute", "-i",
        "--input-file", "-B", "--base", "-t", "--tries", "-T", "--timeout", "-w", "--wait", "--waitretry", "-Q",
        "--quota", "-P", "--directory-prefix", "-U", "--user-agent", "--header", "--referer", "--user", "--password",
        "--http-user", "--http-password", "--post-data", "--post-file", "--method", "--body-data", "--body-file",
        "--ca-certificate", "--ca-directory", "--certificate", "--private-key", "--load-cookies", "--save-cookies",
        "-l", "--level", "-A", "--accept", "-R", "--reject", "-D", "--domains", "-I", "--include-directories", "-X",
        "--exclude-directories", "--limit-rate", "--connect-timeout", "--read-timeout", "--dns-timeout",
        "--bind-address", "--secure-protocol", "--cut-dirs", "--max-redirect", "--progress", "--restrict-file-names",
        "--retry-on-http-error", "--default-page", "--compression", "--config", "--local-encoding", "--remote-encoding",
        "--ciphers",
    ];
    pub const GIT: &[&str] = &[
        "-C", "-c", "--git-dir", "--work-tree", "--namespace", "-b", "--branch", "--depth", "-o", "--origin",
        "--reference", "-j", "--jobs", "--filter", "-u", "--upload-pack", "--shallow-since", "--shallow-exclude",
        "--template", "--separate-git-dir", "-m", "--message", "-F", "--file", "--config", "--author", "--date", "-n",
        "--sort", "--format", "--pretty",
    ];
    pub const USERADD: &[&str] = &[
        "-b", "--base-dir", "-c", "--comment", "--gecos", "-d", "--home-dir", "--home", "-e", "--expiredate", "-f",
        "--inactive", "-g", "--gid", "-G", "--groups", "-k", "--skel", "-K", "--key", "-p", "--password", "-R",
        "--root", "-P", "--prefix", "-s", "--shell", "-u", "--uid", "-Z", "--selinux-user", "-h", "--ingroup",
        "--firstuid", "--lastuid", "--firstgid", "--lastgid", "--conf", "-l", "--login",
    ];
    pub const TAR: &[&str] = &[
        "-f", "--file", "-C", "--directory", "--strip-components", "--exclude", "-X", "--exclude-from", "-T",
        "--files-from", "--transform", "--xform", "-I", "--use-compress-program", "--owner", "--group", "--mode",
        "--mtime", "--checkpoint", "-g", "--listed-incremental",
    ];
    pub const SUDO: &[&str] = &[
        "-u", "--user", "-g", "--group", "-p", "--prompt", "-C", "--close-from", "-h", "--host", "-r", "--role", "-t",
        "--type", "-T", "--command-timeout", "-U", "-D", "--chdir", "-R", "--chroot",
    ];
}
