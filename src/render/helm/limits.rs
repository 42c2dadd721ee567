//! What a chart may use up: each limit ends in an error at a place.

/// How deep `include`, `template` and `tpl` may call each other.
pub(crate) const CALL_DEPTH: u32 = 300;
/// How deep evaluation may nest over all calls.
pub(crate) const EVAL_DEPTH: u32 = 6_000;
/// How deep blocks and parentheses may nest in one template.
pub(crate) const NESTING: u32 = 200;
/// How many steps a rendering may take: actions, arguments and visited values; large charts take tens of thousands.
pub(crate) const STEPS: u64 = 2_000_000;
/// Bytes of one text that a function makes.
pub(crate) const TEXT_BYTES: usize = 10 << 20;
/// Bytes of all texts that a rendering makes.
pub(crate) const OUTPUT_BYTES: u64 = 256 << 20;
/// Elements of a list that a function makes.
pub(crate) const LIST_ITEMS: usize = 1_000_000;
/// How deep values may nest.
pub(crate) const VALUE_DEPTH: u32 = 200;
/// Bytes of a pattern, and, times 64, of the program it becomes.
pub(crate) const PATTERN_BYTES: usize = 64 << 10;
/// Bytes of one file of a chart.
pub(crate) const FILE_BYTES: u64 = 5 << 20;
/// Files of one chart, its subcharts included.
pub(crate) const FILES: usize = 20_000;
/// Bytes of all files of one chart, its subcharts included.
pub(crate) const CHART_BYTES: u64 = 200 << 20;
/// How deep `charts/` may nest.
pub(crate) const CHART_DEPTH: usize = 8;
/// Nodes of one YAML text, aliases counted as often as they stand for something.
pub(crate) const YAML_NODES: usize = 500_000;
/// Bytes of the stack that a rendering gets: enough for [`EVAL_DEPTH`].
pub(crate) const STACK_BYTES: usize = 256 << 20;
