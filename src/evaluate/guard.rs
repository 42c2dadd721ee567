//! A panic in a rule or in the engine becomes an error of that rule, not the end of the run.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What `run` gives, or why it panicked. Whatever `run` was changing must not be used again.
///
/// # Errors
/// If it panics.
pub fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        format!("panicked: {}", text.as_deref().unwrap_or("no message"))
    })
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_is_an_error() {
        assert_eq!(guarded(|| 1), Ok(1));
        let number = std::hint::black_box(3);
        let panicked = guarded(|| assert_eq!(number, 4, "no four"));
        assert!(panicked.unwrap_err().contains("no four"));
    }
}
