//! Names that would leave their place, and links that do.

use otlp_part::ports::storage::{CopyId, SegmentName, StorageError};

use crate::lab::*;

/// At least 200 texts that are no names.
fn attempts() -> Vec<String> {
    let steps =
        ["..", ".", "", "../..", "....//", "..\\", "%2e%2e", "..%2f", "%2e%2e%2f", "..;", "\u{2024}\u{2024}", "．．"];
    let ends = [
        "",
        "/",
        "/etc/passwd",
        "\\",
        "/x",
        "\0",
        "\n",
        "#1",
        "?x",
        "*",
        " ",
        "\u{202e}x",
        "/./a",
        "//a",
        "/../b",
        "/.otlp-part-node.json",
        "~",
    ];
    let mut all: Vec<String> =
        steps.iter().flat_map(|step| ends.iter().map(move |end| format!("{step}{end}"))).collect();
    all.extend(ends.iter().filter(|end| !end.is_empty()).map(|end| format!("partition_1_0001{end}")));
    all
}

#[test]
fn no_name_leaves_its_place() {
    let attempts = attempts();
    assert!(attempts.len() >= 200, "{}", attempts.len());
    for attempt in &attempts {
        assert!(CopyId::parse(attempt).is_err(), "{attempt:?}");
        assert!(SegmentName::parse(attempt).is_err(), "{attempt:?}");
        assert!(attempt.parse::<otlp_part::model::PartitionId>().is_err(), "{attempt:?}");
    }
}

#[test]
fn links_are_not_followed() {
    let backend = Backend::file();
    let (node, other) = (backend.node("n1"), backend.node("n2"));
    block_on(async {
        write(&other, &place("c"), "s", b"precious", Some(1)).await;
        let partition = backend.path("n1", "c").parent().unwrap().to_owned();
        // The copy is a link to another node's.
        std::fs::create_dir(&partition).unwrap();
        std::os::unix::fs::symlink(backend.path("n2", "c"), partition.join("c")).unwrap();
        for result in [node.list(&place("c")).await.map(drop), node.delete_copy(&place("c")).await] {
            assert!(matches!(result, Err(StorageError::Corrupt { .. })), "{result:?}");
        }
        assert_eq!(node.copies(place("c").partition()).await.unwrap().strangers, ["c"]);
        // The partition is.
        std::fs::remove_dir_all(&partition).unwrap();
        std::os::unix::fs::symlink(backend.path("n2", "c").parent().unwrap(), &partition).unwrap();
        for result in [node.list(&place("c")).await.map(drop), node.delete_copy(&place("c")).await] {
            assert!(matches!(result, Err(StorageError::Corrupt { .. })), "{result:?}");
        }
        assert_eq!(tree(&other, &place("c")).await.len(), 1);
    });
}
