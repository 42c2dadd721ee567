//! Stages: what each builds on, and what is in force at its end through the chain of FROM.

use hullmark_tables::{containers, images, stages};

use crate::model::dockerfile::Context;
use crate::model::dockerfile::base::{
    find, is_bare, is_broken_ungiven, is_nonroot, is_untagged_ungiven, is_windows, starting_workdir,
};
use crate::model::dockerfile::stage::{INHERITING, Stage, User};
use crate::model::dockerfile::startup;
use crate::model::place::{RowRef, TextPlace};
use crate::model::row::RowBuilder;
use crate::model::{FileTables, image, official_images};
use crate::parse::dockerfile::{Instruction, unquote};

/// Begins the stage of a FROM.
pub(super) fn open(tables: &mut FileTables, context: &mut Context, instruction: &Instruction) {
    let written = instruction
        .words
        .first()
        .map(|word| word.text.clone())
        .unwrap_or_default();
    let expanded = context.globals.expand(&written);
    let base = unquote(&expanded.text);
    let named = instruction
        .words
        .get(1)
        .is_some_and(|word| word.text.eq_ignore_ascii_case("as"));
    let name = instruction.words.get(2).filter(|_| named);
    let number = context.stages.len();
    let label = name.map_or_else(|| number.to_string(), |name| name.text.clone());
    let mut place = TextPlace::new(instruction.span, format!("stage[{label}]"))
        .field("keyword", instruction.keyword_span);
    if let Some(word) = instruction.words.first() {
        place = place
            .field("base", word.span)
            .field("arguments.0", word.span);
    }
    if let Some(word) = name {
        place = place
            .field("as", instruction.words[1].span)
            .field("name", word.span)
            .field("arguments.2", word.span);
    }
    let platform = instruction
        .flags
        .iter()
        .find(|flag| flag.name == "platform");
    if let Some(flag) = platform {
        place = place
            .field("platform", flag.span)
            .field("flags.platform", flag.span);
    }
    let at = tables.text(place);
    let base_stage = find(context, &base);
    let mut stage = Stage::without_base(at);
    stage.name = name.map(|name| name.text.to_ascii_lowercase());
    stage.told_shell = context.told_shell;
    stage.platform = platform.and_then(|flag| flag.value.clone());
    stage.is_nonroot = is_nonroot(&base);
    let shows_windows = context.windows.get(context.stages.len()).copied();
    stage.is_windows = is_windows(&base, stage.platform.as_deref()) || shows_windows == Some(true);
    if let Some(parent) = base_stage.and_then(|number| context.stages.get_mut(number)) {
        parent.is_used = true;
        // Each stage holds all variables in force; a chain of 20,000 stages would hold as many times as many.
        if number < INHERITING {
            stage.variables = parent.variables.clone();
            stage.handed_on.clone_from(&parent.handed_on);
        }
        stage.shell.clone_from(&parent.shell);
        stage.told_shell = parent.told_shell;
        stage.user.clone_from(&parent.user);
        stage.workdir.clone_from(&parent.workdir);
        stage.sh = parent.sh;
        stage.is_windows |= parent.is_windows;
        stage.is_nonroot = parent.is_nonroot;
        stage.starting_image.clone_from(&parent.starting_image);
    } else if expanded.is_known {
        stage.starting_image = Some(base.clone());
    }
    stage.written = (
        instruction.keyword_span.of(&context.source.text).to_owned(),
        name.map(|_| instruction.words[1].text.clone()),
        name.map(|name| name.text.clone()),
    );
    stage.undefined = context.globals.undefined(&written);
    stage.undefined_platform = stage
        .platform
        .as_deref()
        .map_or_else(Vec::new, |platform| context.globals.undefined(platform));
    stage.base = Some(base);
    stage.base_is_known = expanded.is_known;
    stage.is_broken_ungiven = is_broken_ungiven(context, &written);
    stage.is_untagged_ungiven = is_untagged_ungiven(context, &written);
    stage.base_text = written;
    stage.base_stage = base_stage;
    if let Some(name) = &stage.name {
        let earlier = context.names.insert(name.clone(), context.stages.len());
        stage.namesake = earlier.and_then(|number| Some(context.stages.get(number)?.at));
    }
    context.stages.push(stage);
}

/// Notes that something is copied or mounted from a stage.
pub(super) fn uses(context: &mut Context, number: usize) {
    if let Some(stage) = context.stages.get_mut(number) {
        stage.is_used = true;
    }
}

/// The rows of all stages, of their bases and of the final container.
pub(super) fn push(tables: &mut FileTables, context: &Context) {
    let last = context.stages.len().checked_sub(1);
    for (number, stage) in context.stages.iter().enumerate() {
        let is_final = Some(number) == last;
        push_stage(tables, context, number, stage, is_final);
        let base = stage
            .base
            .as_deref()
            .filter(|base| *base != "scratch" && stage.base_stage.is_none());
        if let Some(base) = base {
            let row = image::row_as(
                stage.at,
                context.document,
                "base",
                &stage.base_text,
                base,
                "arguments.0",
            );
            let row = match argument_of(context, &stage.base_text) {
                Some((name, (at, field))) => row
                    .maybe_text(images::tag_argument, name)
                    .set(images::tag_at, *at)
                    .text(images::tag_field, field),
                None => row,
            };
            tables.add_row(
                row.set(images::is_final, is_final)
                    .set(images::is_own, is_own(context, base))
                    .set(
                        images::is_built,
                        context.contexts.replaces(context.source, base),
                    )
                    .set(images::is_untagged_ungiven, stage.is_untagged_ungiven)
                    .set(images::stage, stage.at),
            );
        }
    }
}

/// Whether the repository itself builds the image, for all that its name and those of folders say.
fn is_own(context: &Context, base: &str) -> bool {
    let name = base.split(['@', ' ']).next().unwrap_or(base);
    let last = name.rsplit('/').next().unwrap_or(name);
    let last = last.split(':').next().unwrap_or(last);
    !official_images::is_one(name.split(':').next().unwrap_or(name))
        && (context.contexts.builds_image(context.source, last)
            || context.contexts.builds_beside(context.source, last)
            || ends(last).any(|end| context.contexts.builds_image(context.source, end))
            || with_owner(name, last)
                .is_some_and(|folder| context.contexts.builds_image(context.source, &folder))
            || without_family(name, last)
                .is_some_and(|rest| context.contexts.builds_image(context.source, rest))
            || context
                .contexts
                .tags_image(context.source, without_tag(name, last)))
}

/// The ends of a name that are words joined with hyphens: `base-java` of `kelp-docker-base-java`.
fn ends(name: &str) -> impl Iterator<Item = &str> {
    let ends = name.match_indices('-').map(|(at, _)| &name[at + 1..]);
    ends.filter(|end| end.contains('-'))
}

/// A reference up to the end of its last name.
fn without_tag<'t>(reference: &'t str, last: &str) -> &'t str {
    let start = reference.rfind('/').map_or(0, |slash| slash + 1);
    reference.get(..start + last.len()).unwrap_or(reference)
}

/// The name of an image behind that of its owner, as a folder is called: `acme-base` for `acme/base`.
fn with_owner(name: &str, last: &str) -> Option<String> {
    let (path, _) = name.rsplit_once('/')?;
    let owner = path.rsplit('/').next().unwrap_or(path);
    Some([owner, "-", last].concat())
}

/// The name of an image without what all images of its family begin with: `base` for `confluentinc/cp-base`.
fn without_family<'t>(name: &str, last: &'t str) -> Option<&'t str> {
    let (_, rest) = last.split_once('-').filter(|_| name.contains('/'))?;
    (!rest.is_empty()).then_some(rest)
}

/// The ARG above the first FROM that gives a base its tag, the beginning of its tag, or all of its name; with its own name where it is the tag and
/// nothing else: `VERSION` of `app:${VERSION}`.
fn argument_of<'c, 't>(
    context: &'c Context,
    base: &'t str,
) -> Option<(Option<&'t str>, &'c (RowRef, String))> {
    let base = base.trim_matches('"');
    if let Some((name, "")) = variable(base) {
        return Some((None, context.arguments.get(name)?));
    }
    let (_, tag) = base
        .rsplit_once(':')
        .filter(|(_, tag)| !tag.contains('}') || tag.contains('{'))?;
    let (name, rest) = variable(tag)?;
    Some((
        rest.is_empty().then_some(name),
        context.arguments.get(name)?,
    ))
}

/// The variable that a text begins with, and what is behind it.
fn variable(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('$')?;
    if let Some(inner) = rest.strip_prefix('{') {
        let (inner, behind) = inner.split_once('}')?;
        let name = inner.split_once(":-").map_or(inner, |(name, _)| name);
        return Some((name, behind));
    }
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let end = rest.find(|sign| !is_name(sign)).unwrap_or(rest.len());
    (end > 0).then(|| rest.split_at(end))
}

/// What an image built from the file is probably called: `api` for `api.Dockerfile`, `Dockerfile.api` and `services/api/Dockerfile`.
fn likely_name(path: &str) -> Option<&str> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let named = file
        .strip_suffix(".Dockerfile")
        .or_else(|| file.strip_prefix("Dockerfile."));
    let name = named.or_else(|| folder.rsplit('/').next());
    name.filter(|name| !matches!(*name, "" | "docker" | "build" | "deploy" | "."))
}

/// The longest line of stages that build on each other, for those who look up it.
const LINEAGE: usize = 32;

/// The stage and those that it builds on, nearest first.
fn lineage(context: &Context, number: usize) -> Vec<RowRef> {
    let line = std::iter::successors(Some(number), |number| {
        context.stages.get(*number)?.base_stage
    });
    line.take(LINEAGE)
        .filter_map(|number| Some(context.stages.get(number)?.at))
        .collect()
}

fn push_stage(
    tables: &mut FileTables,
    context: &Context,
    number: usize,
    stage: &Stage,
    is_final: bool,
) {
    let user = stage.user.as_ref();
    let row = RowBuilder::at(stage.at)
        .set(stages::document, context.document)
        .text(stages::path, &context.source.path)
        .maybe_text(stages::likely_name, likely_name(&context.source.path))
        .set(stages::number, number)
        .maybe_text(stages::name, stage.name.as_deref())
        .maybe(stages::namesake, stage.namesake)
        .maybe_text(stages::platform, stage.platform.as_deref())
        .text(stages::base, &stage.base_text)
        .set(stages::has_base, stage.base.is_some())
        .text(stages::from_written, &stage.written.0)
        .maybe_text(stages::as_written, stage.written.1.as_deref())
        .maybe_text(stages::written_name, stage.written.2.as_deref())
        .texts(stages::undefined_variables, &stage.undefined)
        .texts(
            stages::undefined_platform_variables,
            &stage.undefined_platform,
        )
        .set(stages::lineage, lineage(context, number))
        .maybe_text(
            stages::base_image,
            stage.base.as_deref().filter(|_| stage.base_is_known),
        )
        .maybe(stages::base_stage, stage.base_stage)
        .set(stages::is_broken_ungiven, stage.is_broken_ungiven)
        .set(stages::is_final, is_final)
        .set(stages::is_used, stage.is_used || is_final)
        .set(stages::is_target, stage.is_target() && !is_final)
        .set(stages::is_scratch, stage.base.as_deref() == Some("scratch"))
        .set(stages::is_windows, stage.is_windows)
        .maybe_text(stages::starting_image, stage.starting_image.as_deref())
        .maybe_text(
            stages::starting_workdir,
            stage.starting_image.as_deref().and_then(starting_workdir),
        )
        .set(stages::base_is_nonroot, stage.is_nonroot)
        .set(stages::base_is_root, stage.base_is_root())
        .set(
            stages::base_is_bare,
            stage.starting_image.as_deref().is_some_and(is_bare),
        )
        .maybe_text(stages::sh, stage.sh())
        .set(stages::user_set, user.is_some())
        .set(stages::sets_user, stage.sets_user)
        .set(
            stages::user_is_known,
            user.is_some_and(|user| user.is_known),
        )
        .set(stages::is_root, user.is_some_and(User::is_root))
        .set(
            stages::user_is_argument,
            user.is_some_and(|user| user.is_argument),
        )
        .maybe_text(
            stages::user,
            user.filter(|user| user.is_known)
                .map(|user| user.name.as_str()),
        )
        .set(
            stages::user_is_number,
            user.is_some_and(|user| user.name.bytes().all(|byte| byte.is_ascii_digit())),
        )
        .maybe(stages::user_at, user.map(|user| user.at))
        .maybe_text(stages::workdir, stage.workdir.as_deref())
        .texts(stages::shell, stage.shell.iter().flatten())
        .set(stages::has_shell, stage.shell.is_some())
        .texts(stages::exposed, &stage.ports)
        .set(stages::users, stage.ats("USER"))
        .set(stages::healthchecks, stage.ats("HEALTHCHECK"))
        .set(stages::cmds, stage.ats("CMD"))
        .set(stages::entrypoints, stage.ats("ENTRYPOINT"))
        .set(
            stages::script_steps_down,
            is_final && stage.base_is_root() && startup::steps_down(context, stage),
        );
    tables.add_row(row);
    if is_final {
        let name = stage.name.as_deref().unwrap_or_default();
        let row = RowBuilder::at(stage.at)
            .set(containers::document, context.document)
            .text(containers::kind, "dockerfile")
            .text(containers::role, "dockerfile")
            .text(containers::name, name)
            .text(containers::image, &stage.base_text);
        tables.add_row(row);
    }
}
