//! Credentials in plain text: those told by their own form anywhere in a file, and those that an option or a variable of a script
//! takes.

use hullmark_tables::secrets;

use crate::model::FileTables;
use crate::model::place::TextPlace;
use crate::model::row::RowBuilder;
use crate::model::secret;
use crate::model::table::Table;
use crate::parse::shell::script::{Command, Script};
use crate::sources::{Kind, Source};
use crate::span::Span;

/// A word of a command line and where it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Argument<'a> {
    /// Without its quotes.
    pub text: &'a str,
    /// Its bytes in the file, with its quotes.
    pub span: Span,
    /// Whether nothing in it is left to run time.
    pub is_literal: bool,
}

/// How many credentials of one file become rows.
const MOST: usize = 1_000;

/// What in the text of a file is a credential by its own form; what a variable's name tells is left to the rules about variables.
pub(super) fn build_rows(tables: &mut FileTables, source: &Source) {
    if !tables.wants(Table::Secrets) {
        return;
    }
    let mut named = std::mem::take(&mut tables.named_secrets);
    named.sort_unstable_by_key(|span| span.start);
    for token in secret::tokens(&source.text) {
        let span = Span::new(token.range.start, token.range.end);
        let number = named.partition_point(|named| named.start <= span.start);
        let is_named = number
            .checked_sub(1)
            .is_some_and(|number| span.start < named[number].end);
        if is_named {
            continue;
        }
        let is_told = || {
            let password = &source.text[token.range.clone()];
            let mut known = named.iter().take(MOST).map(|span| span.of(&source.text));
            known.any(|text| text.trim_matches(['"', '\'']) == password)
        };
        if token.kind == "AWS access key" && is_beside_reference(&source.text, token.range.start)
            || token.kind == "password in a URL" && is_told()
        {
            continue;
        }
        let holder = tables.resource(span).and_then(|resource| holder(resource));
        let is_dummy =
            is_dummy(&source.path) || token.kind == "private key" && is_of_test(&source.path);
        if is_dummy && matches!(token.kind, "private key" | "password in a URL") {
            continue;
        }
        let at = tables.text(TextPlace::new(span, format!("secret[{}]", token.kind)));
        let row = RowBuilder::at(at)
            .word(secrets::source, "text")
            .word(secrets::kind, token.kind)
            .text(secrets::shown, &token.shown)
            .maybe_text(secrets::holder, holder.as_deref())
            .set(secrets::is_in_dockerfile, source.kind == Kind::Dockerfile)
            .set(
                secrets::is_in_workflow,
                matches!(source.kind, Kind::Workflow | Kind::Action),
            )
            .set(secrets::is_in_compose, source.kind == Kind::Compose)
            .set(
                secrets::is_for_neighbour,
                token.kind == "password in a URL" && is_for_neighbour(&token.shown),
            );
        tables.add_row(row);
    }
}

/// Whether the host of an address is named without a domain, as containers beside it are: `postgres://app:…@db:5432`.
pub(super) fn is_for_neighbour(address: &str) -> bool {
    let host = address.rsplit_once('@').map_or("", |(_, host)| host);
    let name = host.split(':').next().unwrap_or_default();
    !name.is_empty() && !name.contains(['.', '$', '{'])
}

/// How far from a key's id the reference to the key is, in bytes.
const NEAR: usize = 300;

/// Whether the id of a key is written where the key itself is read from a Secret: `accessKeyID` beside `secretAccessKeySecretRef`. The id alone opens nothing.
fn is_beside_reference(text: &str, at: usize) -> bool {
    let is_border = |at: &usize| text.is_char_boundary(*at);
    let start = (at.saturating_sub(NEAR)..=at).find(is_border).unwrap_or(at);
    let end = (at + NEAR).min(text.len());
    let end = (at..=end).rev().find(is_border).unwrap_or(at);
    let around = &text[start..end];
    let before = &text[start..at];
    let line = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    line.contains("accesskeyid")
        && [
            "secretAccessKeySecretRef:",
            "secretAccessKeyRef:",
            "secretAccessKeySecret:",
        ]
        .iter()
        .any(|key| around.contains(key))
}

/// Whether a file says by its name that what it holds guards nothing: `dummy_tls_secret.yaml`, `snakeoil.yml`.
pub(super) fn is_dummy(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let mut words = name.split(['-', '_', '.', ' ']);
    words.any(|word| matches!(word, "dummy" | "fake" | "snakeoil" | "mock" | "insecure"))
}

/// Whether a file lies in a folder of tests, whose keys were made for them.
pub(super) fn is_of_test(path: &str) -> bool {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').any(|folder| {
        matches!(
            folder.to_ascii_lowercase().as_str(),
            "test"
                | "tests"
                | "testing"
                | "testutil"
                | "testutils"
                | "testdata"
                | "test-data"
                | "e2e"
                | "fixtures"
                | "integration-tests"
        )
    })
}

/// `Kind name` of `Kind/namespace/name`.
fn holder(resource: &str) -> Option<String> {
    let (kind, rest) = resource.split_once('/')?;
    let name = rest.rsplit('/').next().filter(|name| !name.is_empty())?;
    Some(format!("{kind} {name}"))
}

/// What the commands of a script are handed.
pub(super) fn of_script(tables: &mut FileTables, script: &Script, source: &str, path: &str) {
    for command in &script.commands {
        if tables.rows(Table::Secrets).len() > MOST {
            return;
        }
        of_command(tables, command, source, path);
    }
}

fn of_command(tables: &mut FileTables, command: &Command, source: &str, path: &str) {
    for assign in &command.assigns {
        if let Some(value) = assign.word.literal().and_then(|text| text.split_once('=')) {
            let word = Argument {
                text: &assign.word.text,
                span: Span::new(assign.word.range.start, assign.word.range.end),
                is_literal: true,
            };
            let found = Found {
                source: "assignment",
                name: &assign.name,
                value: value.1,
            };
            add(tables, &word, &found, source, path);
        }
    }
    let Some(program) = command.name() else {
        return;
    };
    let words: Vec<Argument> = command
        .arguments()
        .iter()
        .map(|word| Argument {
            text: &word.text,
            span: Span::new(word.range.start, word.range.end),
            is_literal: word.is_literal(),
        })
        .collect();
    of_arguments(tables, program, &words, source, path);
}

/// A credential that the words of a command show.
struct Found<'a> {
    source: &'static str,
    name: &'a str,
    value: &'a str,
}

/// The credentials among the arguments of a program; its name is empty where the image decides what runs.
pub(super) fn of_arguments(
    tables: &mut FileTables,
    program: &str,
    words: &[Argument],
    source: &str,
    path: &str,
) {
    let sets = matches!(
        program,
        "export" | "declare" | "local" | "readonly" | "typeset" | "setx" | "set"
    );
    // What these print or look for is no credential of theirs.
    if matches!(
        program,
        "echo" | "printf" | "grep" | "sed" | "awk" | "[" | "[[" | "test" | "read" | "case"
    ) {
        return;
    }
    let is_engine = matches!(program, "docker" | "podman" | "nerdctl");
    let subcommand = words.first().map_or("", |word| word.text);
    for (number, word) in words.iter().enumerate() {
        let next = words.get(number + 1);
        if let Some((name, value, holder)) = argument(program, subcommand, word, next) {
            let found = Found {
                source: match subcommand {
                    _ if sets => "assignment",
                    "run" | "create" if source == "step" && is_engine => "container",
                    _ => "argument",
                },
                name,
                value,
            };
            if holder.is_literal {
                add(tables, holder, &found, source, path);
            }
        }
    }
}

/// The option that a word gives, the credential it takes, and the word that this is in.
fn argument<'a>(
    program: &str,
    subcommand: &str,
    word: &'a Argument<'a>,
    next: Option<&'a Argument<'a>>,
) -> Option<(&'a str, &'a str, &'a Argument<'a>)> {
    let text = word.text;
    if let Some(value) = text.strip_prefix("pass:") {
        return (program == "openssl").then_some(("pass:", value, word));
    }
    let Some(option) = text.strip_prefix('-') else {
        let (name, value) = text.split_once('=')?;
        let is_name = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
        return (is_name && secret::is_secret_name(name)).then_some((name, value, word));
    };
    let logs_in = matches!(program, "curl" | "curlie" | "xh" | "http");
    if logs_in && matches!(text, "-u" | "--user" | "-U" | "--proxy-user") {
        let next = next?;
        let (user, password) = next.text.split_once(':')?;
        return (user != password).then_some((text, password, next));
    }
    if let Some((name, value)) = text.split_once('=').filter(|_| option.starts_with('-')) {
        if logs_in && matches!(name, "--user" | "--proxy-user") {
            let (user, password) = value.split_once(':')?;
            return (user != password).then_some((name, password, word));
        }
        if let Some((inner, value)) = value.split_once('=')
            && matches!(
                name,
                "--from-literal"
                    | "--set"
                    | "--set-string"
                    | "--build-arg"
                    | "--env"
                    | "--from-env"
            )
        {
            return secret::is_secret_name(inner).then_some((inner, value, word));
        }
        let is_other = names_object(name, value) || is_way_to_log_in(name, value);
        return (takes_secret(name) && !is_other).then_some((name, value, word));
    }
    let is_database = ["mysql", "mariadb"]
        .iter()
        .any(|name| program.starts_with(name));
    if is_database && let Some(value) = text.strip_prefix("-p").filter(|value| value.len() > 2) {
        return Some(("-p", value, word));
    }
    let takes_next = takes_secret(text)
        || matches!(
            (program, text),
            (
                "sshpass" | "mongo" | "mongosh" | "mongodump" | "mongorestore" | "mongoimport",
                "-p"
            ) | ("redis-cli", "-a")
                | ("sqlcmd" | "zip" | "unzip" | "bcp", "-P")
                | ("ldapsearch" | "ldapadd" | "ldapmodify" | "ldapwhoami", "-w")
        )
        || (matches!(
            program,
            "docker" | "podman" | "buildah" | "skopeo" | "helm" | "oc" | "az" | "nerdctl"
        ) && matches!(subcommand, "login" | "registry")
            && text == "-p");
    let next = next.filter(|next| takes_next && !next.text.starts_with('-'))?;
    (!names_object(text, next.text) && !is_way_to_log_in(text, next.text))
        .then_some((text, next.text, next))
}

/// Whether an option that is called `--secret` is given the name of a Secret: words in small letters with hyphens.
fn names_object(option: &str, value: &str) -> bool {
    matches!(option.trim_start_matches('-'), "secret" | "secrets")
        && value.contains('-')
        && value
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// Whether an option that is called `--auth` is told how people log in: `--auth password`.
fn is_way_to_log_in(option: &str, value: &str) -> bool {
    option.trim_start_matches('-') == "auth" && matches!(value, "password" | "token" | "secret")
}

/// Options whose value is an identifier, whatever their names say: of a cluster, of a request that is not to be repeated, of a page.
const IDENTIFIERS: &[&str] = &[
    "initial-cluster-token",
    "client-token",
    "client-request-token",
    "continuation-token",
    "continue-token",
    "creation-token",
    "discovery-token-ca-cert-hash",
    "idempotency-token",
    "next-token",
    "page-token",
    "pagination-token",
    "request-token",
    "starting-token",
    "caller-reference-token",
];

/// Whether an option says which kind of credential, or who hands it out: `--registryCredentialHelpers`, `--token-type`.
fn is_of_kind(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "helper",
        "helpers",
        "provider",
        "providers",
        "type",
        "types",
        "class",
        "source",
        "mode",
        "format",
        "algorithm",
        "ttl",
        "timeout",
        "length",
        "expiration",
        "duration",
        "lifetime",
        "name",
        "path",
        "file",
        "dir",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}

/// Whether an option's name says that it takes a credential: `--db-password`, `--requirepass`, `-storepass`.
fn takes_secret(option: &str) -> bool {
    let name = option.trim_start_matches('-');
    if IDENTIFIERS.contains(&name) || is_of_kind(name) {
        return false;
    }
    let joined = matches!(name, "requirepass" | "masterauth" | "rootpw" | "adminpw")
        || (name.ends_with("pass") && !name.ends_with("bypass") && name.len() > 3);
    // `-token` is an option of a program in Go or Java; letters alone are not.
    name.len() > 3 && (joined || secret::is_secret_name(name))
}

/// A row, if the value is a credential that its own form does not tell already.
fn add(tables: &mut FileTables, word: &Argument, found: &Found, source: &str, path: &str) {
    let Found { name, value, .. } = *found;
    let is_secret = found.source != "assignment" || secret::looks_secret(name, Some(value));
    let is_file = [
        ".pem", ".key", ".json", ".yaml", ".yml", ".txt", ".crt", ".jks", ".p12", ".env",
    ]
    .iter()
    .any(|end| value.ends_with(end));
    let is_settings = [
        "id=", "type=", "src=", "source=", "env=", "@", "http://", "https://",
    ]
    .iter()
    .any(|start| value.starts_with(start));
    let is_path = ["~/", "/", "./", "../"]
        .iter()
        .any(|start| value.starts_with(start))
        && is_named_for_key(name);
    // A database that a job starts for its tests keeps nothing.
    let is_test = source == "step" && secret::is_well_known("", value);
    if !is_secret
        || is_file
        || is_settings
        || is_path
        || is_test
        || !secret::looks_like_password(value)
        || secret::is_other(name, value)
        || secret::kind(value).is_some()
        || value.contains(['{', '$', '`'])
    {
        return;
    }
    let at = tables.text(TextPlace::new(
        value_span(word, value),
        format!("{path}/secret[{name}]"),
    ));
    let row = RowBuilder::at(at)
        .word(secrets::source, found.source)
        .word(secrets::kind, "password")
        .text(secrets::name, name)
        .text(secrets::shown, &secret::shown(value))
        .set(
            secrets::is_in_dockerfile,
            matches!(
                source,
                "run" | "heredoc" | "cmd" | "entrypoint" | "healthcheck"
            ),
        )
        .set(secrets::is_in_workflow, source == "step");
    tables.add_row(row);
}

/// Whether an option takes a key, which is a file where its value is a path: `--private-key ~/.ssh/id_rsa`. A password may begin with a slash.
fn is_named_for_key(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("key") || name.contains("cert") || name.contains("identity")
}

/// The bytes of the value at the end of a word, as far as the word is written as it is read.
fn value_span(word: &Argument, value: &str) -> Span {
    let length = (word.span.end - word.span.start) as usize;
    let quotes = length.saturating_sub(word.text.len());
    if quotes % 2 == 1 || quotes > 2 {
        return word.span;
    }
    let end = word.span.end as usize - quotes / 2;
    Span::new(end - value.len().min(length), end)
}
