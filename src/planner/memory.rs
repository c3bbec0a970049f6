//! Large columns come and go while a plan is made, and their memory is used again.

/// So large are the pieces that glibc keeps for further use at most once it has been shown one that large.
const PIECE_BYTES: usize = (32 << 20) - (1 << 16);

/// Lets the allocator keep what is freed while a plan is made instead of giving it back page by page, to be cleared and mapped
/// anew for the next column, which takes longer than to fill it. glibc learns from the first large piece that it gets back
/// (its "dynamic mmap threshold", `mallopt(3)`); others take no harm, as the piece is never touched.
pub(super) fn keep_freed_columns() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(PIECE_BYTES)));
}
