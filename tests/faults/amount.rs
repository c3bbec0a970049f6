//! How much is tried.

/// Everything, and not the part that each run tries.
#[expect(clippy::disallowed_methods, reason = "a switch of this test program")]
pub(crate) fn is_full() -> bool {
    std::env::var("OTLP_PART_FAULTS").is_ok_and(|value| value == "full")
}
