//! The schemas in the program: Kubernetes' own kinds, and custom resources of widely used projects.

use hullmark_schema::{Kind, Schemas};

/// The packed table that `build.rs` makes of `data/kubernetes/*.schema`.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/schemas.bin"));

/// The table.
pub(crate) static SCHEMAS: Schemas<'static> = Schemas::new(PACKED);

/// The newest release of Kubernetes whose fields the table knows.
pub(crate) const NEWEST: u8 = 37;

/// The oldest release that it knows: what is there since then is there in all that are asked for.
pub(crate) const OLDEST: u8 = 11;

/// Whether a kind is one of Kubernetes' own.
pub(crate) fn is_builtin(kind: Kind<'_>) -> bool {
    kind.project().name().is_empty()
}
