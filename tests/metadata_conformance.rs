//! One suite that every backend of the metadata port passes.
//!
//! A backend joins by implementing [`Backend`] and one line `conformance!(name, Type);`.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod metadata;
#[path = "metadata/model.rs"]
mod model;
#[path = "metadata/etcd.rs"]
mod on_etcd;
#[path = "metadata/snapshots.rs"]
mod snapshots;
mod support_etcd;

use otlp_part::ports::metadata::REQUEST_BYTES_MAX;

use metadata::{Backend, Memory, Sqlite, leases, reads, run, scans, transactions, values, watches};

macro_rules! conformance {
    ($name:ident, $backend:ty) => {
        conformance!($name, $backend:
            transactions: every_writing_transaction_is_one_revision,
            transactions: create_and_mod_revision_and_version_follow_the_key,
            transactions: all_comparisons_must_hold,
            transactions: a_conflict_tells_what_was_found,
            transactions: a_range_in_which_nothing_is_newer,
            transactions: what_changes_nothing_makes_no_revision,
            transactions: misuse_is_refused_and_changes_nothing,
            transactions: compaction_forgets_what_was_before,
            reads: several_ranges_are_of_one_revision,
            reads: the_past_reads_as_it_was,
            reads: the_future_does_not_read,
            reads: scans_go_in_key_order_and_end_early,
            reads: history_is_newest_first,
            reads: history_begins_where_the_store_was_compacted,
            scans: a_scan_finds_every_key_once_whatever_they_look_like,
            watches: a_watch_plays_the_past_and_goes_on,
            watches: a_watch_sees_its_range_only,
            watches: a_watch_resumes_without_gap_or_repeat,
            watches: a_watch_may_start_in_the_future,
            watches: a_watch_says_when_it_missed_something,
            watches: a_watch_wakes_for_a_change_made_while_it_waits,
            leases: keys_go_when_their_lease_ends,
            leases: renewed_leases_stay,
            leases: revoked_leases_take_their_keys,
            leases: a_put_without_lease_takes_the_key_off,
            values: values_are_bytes,
            values: odd_keys_are_keys
        );
    };
    ($name:ident, $backend:ty: $($group:ident: $check:ident),+) => {
        mod $name {
            use super::*;
            $(
                #[test]
                fn $check() {
                    run(async { $group::$check(<$backend>::open().await).await });
                }
            )+
        }
    };
}

/// All but the leases' ends, for which real time has to pass.
macro_rules! conformance_but_time {
    ($name:ident, $backend:ty) => {
        conformance!($name, $backend:
            transactions: every_writing_transaction_is_one_revision,
            transactions: all_comparisons_must_hold,
            transactions: a_conflict_tells_what_was_found,
            transactions: a_range_in_which_nothing_is_newer,
            transactions: what_changes_nothing_makes_no_revision,
            transactions: misuse_is_refused_and_changes_nothing,
            transactions: compaction_forgets_what_was_before,
            reads: several_ranges_are_of_one_revision,
            reads: the_past_reads_as_it_was,
            reads: the_future_does_not_read,
            reads: scans_go_in_key_order_and_end_early,
            reads: history_is_newest_first,
            reads: history_begins_where_the_store_was_compacted,
            watches: a_watch_plays_the_past_and_goes_on,
            watches: a_watch_resumes_without_gap_or_repeat,
            watches: a_watch_may_start_in_the_future,
            watches: a_watch_says_when_it_missed_something,
            watches: a_watch_wakes_for_a_change_made_while_it_waits,
            leases: revoked_leases_take_their_keys,
            values: values_are_bytes,
            values: odd_keys_are_keys
        );
    };
}

conformance!(etcd, on_etcd::OneNode);
conformance!(etcd_of_another_version, on_etcd::OtherVersion);
conformance!(etcd_three_nodes, on_etcd::ThreeNodes);
conformance_but_time!(etcd_with_client_certificates, on_etcd::ClientCertificates);
conformance_but_time!(etcd_with_passwords, on_etcd::Passwords);
conformance!(etcd_with_an_audit_trail, on_etcd::OneNode: reads: audit_entries_lead_to_revisions);
conformance!(etcd_with_large_values, on_etcd::OneNode: scans: large_values_are_scanned_in_smaller_pages);
conformance!(memory, Memory);
conformance!(sqlite, Sqlite);
conformance!(memory_with_times, Memory: reads: times_lead_to_revisions);
conformance!(sqlite_with_times, Sqlite: reads: times_lead_to_revisions);

/// etcd's 128 operations, on a store in memory.
struct SmallMemory;
impl Backend for SmallMemory {
    type Store = otlp_part::metadata::MemoryStore;
    async fn open() -> metadata::Stage<Self::Store> {
        let limits = otlp_part::ports::metadata::Limits {
            operations_max: 128,
            value_bytes_max: 1000,
            request_bytes_max: REQUEST_BYTES_MAX,
        };
        let stage = Memory::stage();
        metadata::Stage { store: stage.store.clone().with_limits(limits), ..stage }
    }
}
conformance!(memory_with_limits, SmallMemory:
    transactions: misuse_is_refused_and_changes_nothing,
    values: values_are_bytes
);
