//! Placeholders of build tools, which fill in a Dockerfile before the builder reads it.

use crate::parse::dockerfile::{Dockerfile, Instruction, dotted};
use crate::parse::problem::Problem;
use hullmark_tables::faults;

/// Reports the first `${project.version}` that the builder itself would expand; one is enough, since whatever fills it in fills in all.
pub(super) fn find(file: &Dockerfile, problems: &mut Vec<Problem>) {
    let found = file.instructions.iter().find_map(|instruction| {
        let name = name_in(instruction)?;
        Some((name, instruction.body_span()))
    });
    if let Some((name, span)) = found {
        let shown: String = name.chars().take(60).collect();
        problems.push(Problem::new(
            faults::BUILD_PLACEHOLDER,
            span,
            format!(
                "`${{{shown}}}` is a placeholder of a build tool, which the builder cannot expand"
            ),
        ));
    }
}

/// The placeholder in what the builder expands of an instruction.
fn name_in(instruction: &Instruction) -> Option<&str> {
    let is_expanded = matches!(
        instruction.keyword.as_str(),
        "FROM"
            | "ENV"
            | "LABEL"
            | "ARG"
            | "WORKDIR"
            | "USER"
            | "STOPSIGNAL"
            | "COPY"
            | "ADD"
            | "VOLUME"
            | "EXPOSE"
    );
    if !is_expanded {
        return None;
    }
    let mut places = instruction.body.text.match_indices("${");
    places.find_map(|(at, sign)| dotted(&instruction.body.text[at + sign.len()..]))
}
