//! The memory of decompressors, used again: a new one of 100 KB and its tables cost more than a small frame.

use std::io;
use std::sync::{Mutex, PoisonError};

use zstd::zstd_safe::{DCtx, ResetDirective, get_error_name};

/// How many are kept while nobody uses them.
const KEPT_MAX: usize = 8;

static KEPT: Mutex<Vec<DCtx<'static>>> = Mutex::new(Vec::new());

/// Decompresses with one that may have been used before; what it left then is forgotten.
///
/// # Errors
/// Those of `work`, or there is no memory for a new one.
pub(super) fn with<T>(work: impl FnOnce(&mut DCtx<'static>) -> io::Result<T>) -> io::Result<T> {
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let mut context = match kept {
        Some(context) => context,
        None => DCtx::try_create().ok_or(io::ErrorKind::OutOfMemory)?,
    };
    context.reset(ResetDirective::SessionOnly).map_err(|code| io::Error::other(get_error_name(code)))?;
    let done = work(&mut context)?;
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < KEPT_MAX {
        kept.push(context);
    }
    Ok(done)
}
