//! What COPY and RUN take from other stages and images.

use hullmark_tables::{images, references};

use crate::model::dockerfile::base;
use crate::model::dockerfile::{Context, stages};
use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::{FileTables, image, official_images};
use crate::parse::dockerfile::Instruction;

/// How many stages a name is compared with.
const NAMES_COMPARED: usize = 100;
/// The longest name that is compared, in bytes.
const LONGEST_COMPARED: usize = 100;

/// The rows of `--from=` and of `from=` in a mount.
pub(super) fn push(
    tables: &mut FileTables,
    context: &mut Context,
    at: RowRef,
    instruction: &Instruction,
    is_onbuild: bool,
) {
    for flag in &instruction.flags {
        let Some(value) = &flag.value else { continue };
        match (instruction.keyword.as_str(), flag.name.as_str()) {
            ("COPY", "from") => one(tables, context, at, "copy", value, "flags.from", is_onbuild),
            ("RUN", "mount") => {
                let from = value.split(',').find_map(|part| part.strip_prefix("from="));
                if let Some(from) = from {
                    one(
                        tables,
                        context,
                        at,
                        "mount",
                        from,
                        "flags.mount",
                        is_onbuild,
                    );
                }
            }
            _ => {}
        }
    }
}

fn one(
    tables: &mut FileTables,
    context: &mut Context,
    at: RowRef,
    role: &str,
    written: &str,
    field: &str,
    is_onbuild: bool,
) {
    let expanded = context.variables().expand(written);
    let target = expanded.text;
    let current = context.stages.len().saturating_sub(1);
    let by_name = base::find(context, &target);
    let number: Option<usize> = target.parse().ok();
    let found = number
        .filter(|number| *number < current)
        .or(by_name.filter(|found| *found < current));
    if let Some(found) = found {
        stages::uses(context, found);
    }
    let similar = similar_stage(context, &target, current).filter(|_| found.is_none());
    let looks_like_image =
        target.contains(['/', ':', '@', '.']) || official_images::is_one(&target);
    let is_own =
        (by_name == Some(current) || number == Some(current)) && !context.stages.is_empty();
    let stage = context.stages.last().map(|stage| stage.at);
    let row = RowBuilder::at(at)
        .set(references::document, context.document)
        .text(
            references::kind,
            if role == "copy" {
                "copy-from"
            } else {
                "mount-from"
            },
        )
        .text(references::target, &target)
        .text(references::field, field)
        .set(references::is_known, expanded.is_known)
        .set(references::is_onbuild, is_onbuild)
        .set(references::is_own_stage, is_own)
        .set(references::is_number, number.is_some())
        .maybe_text(references::similar, similar.as_deref())
        .set(
            references::may_be_context,
            found.is_none()
                && ((!looks_like_image && context.contexts.has_bake_file(context.source))
                    || context.contexts.replaces(context.source, &target)),
        )
        .set(references::looks_like_image, looks_like_image)
        .set(references::resolves, found.is_some())
        .maybe(references::stage, stage)
        .maybe(
            references::target_stage,
            found.and_then(|found| Some(context.stages.get(found)?.at)),
        );
    tables.add_row(row);
    if found.is_none() && looks_like_image && number.is_none() && !is_own {
        let row = image::row_as(at, context.document, role, written, &target, field);
        let is_built = context.contexts.replaces(context.source, &target);
        let row = row.set(images::is_built, is_built);
        tables.add_row(row.set(images::is_final, false).maybe(images::stage, stage));
    }
}

/// The stage above whose name is nearest, if it is near enough to be meant.
fn similar_stage(context: &Context, target: &str, current: usize) -> Option<String> {
    if target.len() > LONGEST_COMPARED {
        return None;
    }
    let wanted = target.to_ascii_lowercase();
    let names = context.stages.iter().take(current.min(NAMES_COMPARED));
    let near = names.filter_map(|stage| {
        let name = stage.name.as_deref()?;
        if name.len().abs_diff(wanted.len()) > 2 {
            return None;
        }
        let distance = strsim::damerau_levenshtein(name, &wanted);
        let is_near = distance <= 2 && distance * 3 <= name.len();
        is_near.then_some((distance, name))
    });
    near.min().map(|(_, name)| name.to_owned())
}
