//! What a package manager's command does: its action, and the packages it names with the versions they are held to.

use crate::model::flags::valued_flags;

/// A word of a command after its program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Argument<'a> {
    /// Without its quotes.
    pub text: &'a str,
    /// Whether nothing in it is left to run time.
    pub is_literal: bool,
}

/// What a package manager is told to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Managed {
    /// `apt-get`, `apk`, `pip` … (`pip3` and `python -m pip` are `pip`).
    pub manager: &'static str,
    /// `install`, `update` (of the index), `upgrade`, `clean`, `remove`, or the subcommand as written; `simulate` and `help` if a flag makes nothing
    /// happen.
    pub action: Option<String>,
    /// What it acts on.
    pub packages: Vec<Package>,
}

/// A package that a command names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Package {
    /// Which word names it.
    pub word: usize,
    /// Without its version.
    pub name: String,
    /// What it is held to, as written.
    pub version: Option<String>,
    /// Whether nothing in it is left to run time.
    pub is_known: bool,
    /// Whether it is held to a version, a range of them, a file or a folder.
    pub is_pinned: bool,
    /// Whether what it is held to is a range, which more than one release meets.
    pub is_range: bool,
}

/// Reads a command, if its program is a package manager.
pub(super) fn read(program: &str, words: &[Argument]) -> Option<Managed> {
    if is_python(program) {
        let module = words.iter().position(|word| word.text == "-m")?;
        let runs_pip = words
            .get(module + 1)
            .is_some_and(|word| word.text == "pip" || word.text == "pip3");
        return runs_pip.then(|| act(&Manager::PIP, words, module + 2));
    }
    let manager = Manager::ALL.iter().find(|manager| manager.is(program))?;
    Some(act(manager, words, 0))
}

fn is_python(program: &str) -> bool {
    program.strip_prefix("python").is_some_and(|rest| {
        rest.chars()
            .all(|letter| letter.is_ascii_digit() || letter == '.')
    })
}

/// How a manager's words are read.
struct Manager {
    name: &'static str,
    family: Family,
}

/// Managers that agree on how a package is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Apt,
    Apk,
    Rpm,
    Zypper,
    Python,
    Node,
    Gem,
    Go,
    Cargo,
    Composer,
}

impl Manager {
    const PIP: Self = Self::new("pip", Family::Python);

    const ALL: &'static [Self] = &[
        Self::new("apt-get", Family::Apt),
        Self::new("apt", Family::Apt),
        Self::new("aptitude", Family::Apt),
        Self::new("apk", Family::Apk),
        Self::new("yum", Family::Rpm),
        Self::new("dnf", Family::Rpm),
        Self::new("microdnf", Family::Rpm),
        Self::new("tdnf", Family::Rpm),
        Self::new("zypper", Family::Zypper),
        Self::PIP,
        Self::new("pipx", Family::Python),
        Self::new("uv", Family::Python),
        Self::new("npm", Family::Node),
        Self::new("yarn", Family::Node),
        Self::new("pnpm", Family::Node),
        Self::new("gem", Family::Gem),
        Self::new("go", Family::Go),
        Self::new("cargo", Family::Cargo),
        Self::new("composer", Family::Composer),
    ];

    const fn new(name: &'static str, family: Family) -> Self {
        Self { name, family }
    }

    /// Whether a program of this name is it; `pip3.11` is pip, `dnf5` is dnf.
    fn is(&self, program: &str) -> bool {
        let rest = program.strip_prefix(self.name);
        rest.is_some_and(|rest| {
            rest.is_empty()
                || (matches!(self.name, "pip" | "dnf")
                    && rest
                        .chars()
                        .all(|letter| letter.is_ascii_digit() || letter == '.'))
        })
    }
}

/// Sorts the words into subcommands, flags and packages.
fn act(manager: &Manager, words: &[Argument], from: usize) -> Managed {
    if let Some(action) = aside(manager, words.get(from..).unwrap_or_default()) {
        return Managed {
            manager: manager.name,
            action: Some(action.to_owned()),
            packages: Vec::new(),
        };
    }
    let words_of = Words::sort(manager, words, from);
    let mut plain = words_of.plain.as_slice();
    let mut action = None;
    if let Some((first, rest)) = plain.split_first() {
        let second = rest.first().map(|index| words[*index].text);
        let (name, used) = action_of(manager, words[*first].text, second);
        action = Some(name.to_owned());
        plain = &plain[used.min(plain.len())..];
    } else if manager.name == "yarn" {
        // `yarn` alone installs what its lock file says.
        action = Some("install".to_owned());
    }
    let names_packages = match action.as_deref() {
        Some("install" | "remove" | "upgrade" | "download") => true,
        Some("run") if manager.family == Family::Go => {
            plain = &plain[..plain.len().min(1)];
            true
        }
        _ => false,
    };
    let mut packages: Vec<Package> = Vec::new();
    if names_packages {
        let named = plain.iter().filter_map(|index| {
            let word = words[*index];
            package(manager.family, *index, word, words_of.is_held)
        });
        packages.extend(named);
    }
    Managed {
        manager: manager.name,
        action,
        packages,
    }
}

/// What a flag makes of a command that changes nothing: `simulate`, or `help` for what only prints.
fn aside(manager: &Manager, words: &[Argument]) -> Option<&'static str> {
    let mut flags = Vec::new();
    let mut plain = 0;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word.text == "--" {
            break;
        } else if valued_flags(manager.name).contains(&word.text) {
            words.next();
        } else if word.text.starts_with('-') {
            flags.push(word.text);
        } else {
            plain += 1;
        }
    }
    let says = |names: &[&str]| flags.iter().any(|flag| names.contains(flag));
    let short = |letter| {
        flags.iter().any(|flag| {
            let letters = flag.strip_prefix('-').unwrap_or_default();
            letters.contains(letter) && letters.bytes().all(|byte| b"yqsdfmubVvi".contains(&byte))
        })
    };
    let is_simulated = match manager.family {
        Family::Apt => {
            short('s')
                || says(&[
                    "--simulate",
                    "--just-print",
                    "--dry-run",
                    "--recon",
                    "--no-act",
                    "--print-uris",
                ])
        }
        Family::Apk => short('s') || says(&["--simulate"]),
        Family::Rpm => says(&["--assumeno"]),
        Family::Gem => says(&["--explain"]),
        Family::Go => says(&["-n"]),
        Family::Zypper | Family::Python | Family::Node | Family::Cargo | Family::Composer => {
            says(&["--dry-run"])
        }
    };
    let is_printing = says(&["--help", "-h"]) || (plain == 0 && says(&["--version", "-v", "-V"]));
    match (is_printing, is_simulated) {
        (true, _) => Some("help"),
        (false, true) => Some("simulate"),
        (false, false) => None,
    }
}

/// The words of a command, flags and their values put aside.
struct Words {
    plain: Vec<usize>,
    /// Whether a flag holds every package to a version: `--constraint`, `gem install --version`.
    is_held: bool,
}

impl Words {
    fn sort(manager: &Manager, words: &[Argument], from: usize) -> Self {
        let mut plain = Vec::new();
        let mut is_held = false;
        let mut index = from;
        while let Some(word) = words.get(index) {
            index += 1;
            if word.text == "--" {
                if manager.family == Family::Gem {
                    break;
                }
                continue;
            }
            if !word.text.starts_with('-') || word.text == "-" {
                plain.push(index - 1);
                continue;
            }
            let name = word.text.split('=').next().unwrap_or_default();
            is_held |= holds(manager.family, name);
            let is_attached = name.len() < word.text.len();
            let next = words.get(index).map(|next| next.text);
            let is_switch = matches!(next, Some("true" | "false"));
            if !is_attached && (valued_flags(manager.name).contains(&word.text) || is_switch) {
                index += 1;
            }
        }
        Self { plain, is_held }
    }
}

/// Whether a flag names the version of what is installed, or a file that does.
fn holds(family: Family, flag: &str) -> bool {
    match family {
        Family::Python => matches!(
            flag,
            "-c" | "--constraint" | "--constraints" | "--require-hashes" | "--no-index"
        ),
        Family::Gem => matches!(flag, "-v" | "--version" | "-l" | "--local"),
        Family::Cargo => matches!(flag, "--version" | "--vers" | "--path" | "--rev" | "--tag"),
        _ => false,
    }
}

/// What a subcommand does, and how many words it took to say so.
fn action_of<'a>(manager: &Manager, first: &'a str, second: Option<&'a str>) -> (&'a str, usize) {
    match (manager.family, first) {
        (Family::Rpm, "module") => (second.unwrap_or(first), 2),
        (Family::Rpm, "group" | "groups") if second == Some("install") => ("group-install", 2),
        (Family::Rpm, "groupinstall") => ("group-install", 1),
        (Family::Python, "pip" | "tool") if manager.name == "uv" => match second {
            Some(second) => (simple_action(manager.family, second), 2),
            None => (first, 1),
        },
        (Family::Node | Family::Composer, "global") => match second {
            Some(second) => (simple_action(manager.family, second), 2),
            None => (first, 1),
        },
        (Family::Apk | Family::Python | Family::Node, "cache") => match second {
            Some("clean" | "purge" | "prune" | "clear") => ("clean", 2),
            _ => (first, 1),
        },
        (Family::Node, "store") if second == Some("prune") => ("clean", 2),
        (Family::Go, "mod") if second == Some("download") => ("mod-download", 2),
        _ => (simple_action(manager.family, first), 1),
    }
}

fn simple_action(family: Family, word: &str) -> &str {
    match (family, word) {
        (Family::Apt, "dist-upgrade" | "full-upgrade" | "safe-upgrade")
        | (Family::Rpm, "up" | "update" | "distro-sync" | "update-minimal" | "upgrade-minimal")
        | (Family::Zypper, "up" | "update" | "dup" | "dist-upgrade" | "patch")
        | (Family::Node, "up" | "update")
        | (Family::Gem | Family::Cargo | Family::Composer, "update") => "upgrade",
        (Family::Apt, "autoclean" | "distclean")
        | (Family::Zypper, "cc")
        | (Family::Gem, "cleanup")
        | (Family::Composer, "clear-cache" | "clearcache" | "cc") => "clean",
        (Family::Apt, "purge" | "autoremove" | "autopurge")
        | (Family::Apk, "del")
        | (Family::Rpm, "erase" | "autoremove")
        | (Family::Zypper, "rm")
        | (Family::Python | Family::Gem | Family::Cargo, "uninstall")
        | (Family::Node, "uninstall" | "un" | "unlink" | "rm" | "r") => "remove",
        (Family::Apk | Family::Python | Family::Cargo | Family::Node, "add")
        | (Family::Rpm, "localinstall" | "reinstall" | "in")
        | (Family::Zypper, "in")
        | (Family::Node | Family::Gem, "i" | "in")
        | (Family::Go, "get")
        | (Family::Composer, "require") => "install",
        (Family::Zypper, "si") => "source-install",
        (Family::Rpm, "makecache" | "check-update") | (Family::Zypper, "ref" | "refresh") => {
            "update"
        }
        (_, other) => other,
    }
}

/// Reads a word as a package; `None` if it names something that has no version of its own.
fn package(family: Family, word: usize, argument: Argument, is_held: bool) -> Option<Package> {
    let text = argument.text;
    if text.is_empty() {
        return None;
    }
    let (name, version) = if is_file(family, text) {
        (text, None)
    } else {
        match family {
            Family::Apt => split_at_any(text, &['=', '/']),
            Family::Apk => split_at_any(text, &['=', '~', '<', '>']),
            Family::Rpm => split_rpm(text),
            Family::Zypper => match split_at_any(text, &['=', '<', '>']) {
                (_, None) => split_rpm(text),
                split => split,
            },
            Family::Python => split_python(text),
            Family::Node => split_node(text),
            Family::Gem => split_at_any(text, &[':']),
            Family::Go | Family::Cargo => split_last(text, '@'),
            Family::Composer => split_at_any(text, &[':', '=']),
        }
    };
    let version = version.filter(|version| !version.is_empty());
    let is_range = !is_held
        && !is_file(family, text)
        && version
            .is_some_and(|version| is_range(family, &text[name.len().min(text.len())..], version));
    Some(Package {
        is_range,
        word,
        name: name.to_owned(),
        version: version.map(str::to_owned),
        is_known: argument.is_literal,
        is_pinned: is_held
            || is_file(family, text)
            || version.is_some_and(|version| !matches!(version, "latest" | "next" | "*")),
    })
}

/// Whether a version, with the operator before it in `rest`, is met by more than one release.
fn is_range(family: Family, rest: &str, version: &str) -> bool {
    let numbers = |text: &str| {
        let mut parts = text.split(['-', '+']).next().unwrap_or_default().split('.');
        parts
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.split('.').count())
    };
    let has_wildcard = version
        .split(['.', ','])
        .any(|part| matches!(part, "x" | "X" | "*"));
    match family {
        Family::Python => {
            let rest =
                rest.trim_start_matches(|letter: char| letter != ']' && rest.starts_with('['));
            let rest = rest.trim_start_matches(']').trim_start();
            let is_comparison = rest.starts_with(['<', '>', '~', '!']) || rest.contains(',');
            is_comparison || (rest.starts_with("==") && has_wildcard)
        }
        Family::Node => {
            let operators = ['^', '~', '<', '>', '|', ' '];
            !version.contains(':')
                && (version.contains(operators)
                    || has_wildcard
                    || numbers(version).is_some_and(|count| count < 3))
        }
        Family::Gem | Family::Composer => {
            version.contains(['^', '~', '<', '>', '|']) || has_wildcard
        }
        Family::Cargo => version.contains(['^', '~', '<', '>']) || has_wildcard,
        Family::Go => numbers(version.trim_start_matches('v')).is_some_and(|count| count < 3),
        Family::Apk => rest.starts_with(['~', '<', '>']),
        Family::Apt | Family::Rpm | Family::Zypper => version.contains('*'),
    }
}

/// Whether the word is a file or a folder, which has no other version than itself.
fn is_file(family: Family, text: &str) -> bool {
    let is_url = text.contains("://");
    let is_path = text.starts_with(['/', '.', '~']) || text.starts_with("file:");
    let ends = |endings: &[&str]| endings.iter().any(|ending| text.ends_with(ending));
    match family {
        Family::Apt => is_path || ends(&[".deb"]),
        Family::Apk => is_path || ends(&[".apk"]),
        Family::Rpm | Family::Zypper => is_path || is_url || ends(&[".rpm"]),
        Family::Python => {
            let is_archive = ends(&[".whl", ".zip", ".tar.gz", ".tar.bz2", ".tgz"]);
            let is_repository = ["git+", "hg+", "svn+", "bzr+"]
                .iter()
                .any(|scheme| text.starts_with(scheme));
            !is_repository && (is_path || is_archive || is_url)
        }
        Family::Node => is_path || ends(&[".tgz", ".tar.gz", ".tar"]) || text.starts_with("http"),
        Family::Gem => is_path || ends(&[".gem"]),
        Family::Go => is_path || text == "all" || text == "std" || text == "cmd" || ends(&[".go"]),
        Family::Cargo | Family::Composer => is_path,
    }
}

fn split_at_any<'a>(text: &'a str, marks: &[char]) -> (&'a str, Option<&'a str>) {
    match text.find(marks) {
        Some(at) => (
            &text[..at],
            Some(text[at..].trim_start_matches(['=', '~', '<', '>', ':', '/'])),
        ),
        None => (text, None),
    }
}

fn split_last(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.rsplit_once(mark) {
        Some((name, version)) => (name, Some(version)),
        None => (text, None),
    }
}

/// `name-version[-release]`, `name:stream`; a version begins with a digit, and so does a release.
fn split_rpm(text: &str) -> (&str, Option<&str>) {
    if let Some((name, stream)) = text.split_once(':')
        && !name.contains('-')
    {
        return (name, Some(stream));
    }
    let begins = |at: usize| text[at + 1..].starts_with(|letter: char| letter.is_ascii_digit());
    let Some(last) = text.rfind('-').filter(|at| begins(*at)) else {
        return (text, None);
    };
    let at = match text[..last].rfind('-') {
        Some(before) if begins(before) => before,
        _ => last,
    };
    (&text[..at], Some(&text[at + 1..]))
}

/// `name[extra]==1.2`, `name @ url`, `git+https://…@ref#egg=name`.
fn split_python(text: &str) -> (&str, Option<&str>) {
    if text.contains("://") {
        let address = text.split('#').next().unwrap_or(text);
        let start = address.rfind('/').unwrap_or_default();
        return match address[start..].find('@') {
            Some(at) => (&address[..start + at], Some(&address[start + at + 1..])),
            None => (address, None),
        };
    }
    match text.find(['=', '<', '>', '!', '~', '@']) {
        Some(at) => {
            let version = text[at..].trim_start_matches(['=', '<', '>', '!', '~', '@', ' ']);
            (text[..at].trim_end(), Some(version))
        }
        None => (text, None),
    }
}

/// `name@1.2`, `@scope/name@1.2`, `git+https://…#ref`, `owner/repository#ref`.
fn split_node(text: &str) -> (&str, Option<&str>) {
    let is_scoped = text.starts_with('@');
    if text.contains("://") || (text.contains('/') && !is_scoped) {
        return match text.split_once('#') {
            Some((name, version)) => (name, Some(version)),
            None => (text, None),
        };
    }
    let from = usize::from(is_scoped);
    match text[from..].find('@') {
        Some(at) => (&text[..from + at], Some(&text[from + at + 1..])),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> (String, String) {
        let mut words = line.split(' ');
        let program = words.next().unwrap();
        let words: Vec<Argument> = words
            .map(|text| Argument {
                text,
                is_literal: !text.contains('$'),
            })
            .collect();
        let Some(managed) = read(program, &words) else {
            return (String::new(), String::new());
        };
        let packages: Vec<String> = managed
            .packages
            .iter()
            .map(|package| {
                let mark = if package.is_pinned { "" } else { "!" };
                let version = package.version.as_deref().unwrap_or("");
                format!("{mark}{} {version}", package.name)
                    .trim_end()
                    .to_owned()
            })
            .collect();
        let action = managed.action.unwrap_or_default();
        (format!("{} {action}", managed.manager), packages.join(", "))
    }

    #[track_caller]
    fn tells(line: &str, action: &str, packages: &str) {
        assert_eq!(
            told(line),
            (action.to_owned(), packages.to_owned()),
            "{line}"
        );
    }

    #[test]
    fn flags_and_their_values_are_no_packages() {
        tells(
            "apt-get -yqq --no-install-recommends install -t jessie-backports openjdk=7 ./a.deb curl",
            "apt-get install",
            "openjdk 7, ./a.deb, !curl",
        );
        tells(
            "apk add -X https://a.b/edge --virtual deps git~=2.52 flow",
            "apk install",
            "git 2.52, !flow",
        );
        tells(
            "pip3 install --build /opt/y yamllint==1.20.0",
            "pip install",
            "yamllint 1.20.0",
        );
        tells(
            "npm install --registry https://e.com sax@0.1.1 @my/own",
            "npm install",
            "sax 0.1.1, !@my/own",
        );
        tells("npm run --crazy install", "npm run", "");
        tells(
            "gem install bundler:2.0.1 --use-system-libraries true",
            "gem install",
            "bundler 2.0.1",
        );
    }

    #[test]
    fn each_manager_writes_versions_its_own_way() {
        tells("python3 -m pip install example", "pip install", "!example");
        tells(
            "pip install pykafka -c http://a.b",
            "pip install",
            "pykafka",
        );
        tells(
            "pip install git+https://u@h/r.git#egg=r",
            "pip install",
            "!git+https://u@h/r.git",
        );
        tells(
            "pip install git+https://h/r.git@0.6#egg=r",
            "pip install",
            "git+https://h/r.git 0.6",
        );
        tells(
            "yum install -y gcc-c++-1.1.1 java-11-openjdk",
            "yum install",
            "gcc-c++ 1.1.1, !java-11-openjdk",
        );
        tells("dnf module install -y tomcat:9", "dnf install", "tomcat 9");
        tells(
            "dnf install openssl-1:1.1.1k",
            "dnf install",
            "openssl 1:1.1.1k",
        );
        tells("dnf -y group install Tools", "dnf group-install", "");
        tells(
            "zypper install -y tomcat>=9.0 vim",
            "zypper install",
            "tomcat 9.0, !vim",
        );
        tells(
            "npm install git+ssh://git@github.com:npm/npm.git",
            "npm install",
            "!git+ssh://git@github.com:npm/npm.git",
        );
        tells(
            "go run example.com/pkg@v1.2.3 foobar",
            "go run",
            "example.com/pkg v1.2.3",
        );
        tells("go get -tool foobar@latest", "go install", "!foobar latest");
        tells("yarn global add a", "yarn install", "!a");
        tells("uv pip install a", "uv install", "!a");
        tells(
            "cargo install --version 1.0 ripgrep",
            "cargo install",
            "ripgrep",
        );
    }

    #[test]
    fn other_programs_are_left_alone() {
        tells("notdnf install tomcat", "", "");
        tells("python3 setup.py install", "", "");
        tells("pipenv install black", "", "");
        tells("go", "go ", "");
    }
}
