//! Bytes of memory that requests may hold.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes that are shared by all requests. Clones are handles on one budget.
#[derive(Clone, Debug)]
pub struct Budget {
    limit: u64,
    used: Arc<Mutex<u64>>,
}

/// There is no room now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the queue is full: {used} of {limit} bytes are in use")]
pub struct Full {
    /// Bytes that are in use.
    pub used: u64,
    /// Bytes there are.
    pub limit: u64,
}

/// What one request holds of it, given back when this is dropped.
#[derive(Debug)]
pub struct Reservation {
    budget: Budget,
    bytes: u64,
}

impl Budget {
    /// So many bytes.
    #[must_use]
    pub fn new(limit: u64) -> Self {
        Self { limit, used: Arc::default() }
    }

    /// A reservation of nothing yet.
    #[must_use]
    pub fn reserve(&self) -> Reservation {
        Reservation { budget: self.clone(), bytes: 0 }
    }

    /// Bytes that are in use.
    #[must_use]
    pub fn used(&self) -> u64 {
        *self.lock()
    }

    /// Bytes there are.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }

    fn lock(&self) -> MutexGuard<'_, u64> {
        // A number is whole whenever the lock is free.
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reservation {
    /// So many more bytes. Who is alone always gets them: a request that is larger than the budget would else never come in.
    ///
    /// # Errors
    /// There is no room.
    pub fn grow(&mut self, bytes: u64) -> Result<(), Full> {
        let mut used = self.budget.lock();
        let after = used.saturating_add(bytes);
        if after > self.budget.limit && *used > self.bytes {
            return Err(Full { used: *used, limit: self.budget.limit });
        }
        *used = after;
        self.bytes += bytes;
        Ok(())
    }

    /// So many bytes in all, whether there is room or not: they are in use already.
    pub fn settle(&mut self, bytes: u64) {
        let mut used = self.budget.lock();
        *used = used.saturating_sub(self.bytes).saturating_add(bytes);
        self.bytes = bytes;
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.settle(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_gets_more_than_there_is_but_who_is_alone() {
        let budget = Budget::new(100);
        let mut a = budget.reserve();
        a.grow(90).unwrap();
        let mut b = budget.reserve();
        assert_eq!(b.grow(11), Err(Full { used: 90, limit: 100 }));
        b.grow(10).unwrap();
        assert_eq!(a.grow(1), Err(Full { used: 100, limit: 100 }));
        drop(b);
        // Alone again.
        a.grow(400).unwrap();
        assert_eq!(budget.used(), 490);
        let mut c = budget.reserve();
        assert!(c.grow(1).is_err());
        a.settle(20);
        c.grow(80).unwrap();
        assert_eq!(budget.used(), 100);
        drop((a, c));
        assert_eq!(budget.used(), 0);
    }
}
