//! Whether the data of two nodes lies in one place, whatever their URLs look like.

use std::path::{Path, PathBuf};

use super::{DataUrl, S3Url};
use crate::model::NodeId;

/// Two nodes whose data is not apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The node whose place holds the other's; of two in the same place, the first.
    pub outer: NodeId,
    /// The other.
    pub inner: NodeId,
    /// Whether they are the same; else `inner` lies within `outer`.
    pub is_same: bool,
}

/// A place in one spelling: links resolved, a directory known by its device and number where the system tells them.
#[derive(Clone, Debug)]
enum Canonical {
    Directory { path: PathBuf, identity: Option<(u64, u64)> },
    Objects(S3Url),
}

impl Canonical {
    fn of(url: DataUrl) -> Self {
        match url {
            DataUrl::File(path) => {
                // Of a directory that is not there the path has to do.
                let path = std::fs::canonicalize(&path).unwrap_or_else(|_| path.components().collect());
                let identity = identity(&path);
                Self::Directory { path, identity }
            }
            DataUrl::S3(url) => Self::Objects(url),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Directory { path: a, identity: x }, Self::Directory { path: b, identity: y }) => {
                a == b || (x.is_some() && x == y)
            }
            (Self::Objects(a), Self::Objects(b)) => server(a) == server(b) && a.prefix == b.prefix,
            (Self::Directory { .. }, Self::Objects(_)) | (Self::Objects(_), Self::Directory { .. }) => false,
        }
    }

    fn holds(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Directory { path: a, .. }, Self::Directory { path: b, .. }) => b.starts_with(a),
            (Self::Objects(a), Self::Objects(b)) => {
                let within = a.prefix.is_empty() || b.prefix.starts_with(&format!("{}/", a.prefix));
                server(a) == server(b) && within
            }
            (Self::Directory { .. }, Self::Objects(_)) | (Self::Objects(_), Self::Directory { .. }) => false,
        }
    }
}

/// The region does not tell buckets apart.
fn server(url: &S3Url) -> (&str, Option<String>) {
    (&url.bucket, url.endpoint.as_ref().map(|endpoint| endpoint.to_ascii_lowercase()))
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<(u64, u64)> {
    None
}

/// Which nodes' data is not apart, by node. URLs that cannot be read are left out: they are errors of their own.
#[must_use]
pub fn overlaps(nodes: &[(NodeId, String)]) -> Vec<Overlap> {
    let mut places: Vec<(&NodeId, Canonical)> =
        nodes.iter().filter_map(|(node, url)| Some((node, Canonical::of(DataUrl::parse(url).ok()?)))).collect();
    places.sort_by(|a, b| a.0.cmp(b.0));
    let mut found = Vec::new();
    for (i, (first, a)) in places.iter().enumerate() {
        for (second, b) in &places[i + 1..] {
            let (outer, inner) = if a.is_same(b) || a.holds(b) { (first, second) } else { (second, first) };
            if a.is_same(b) || a.holds(b) || b.holds(a) {
                let (outer, inner) = ((*outer).clone(), (*inner).clone());
                found.push(Overlap { outer, inner, is_same: a.is_same(b) });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(urls: &[&str]) -> Vec<(String, String, bool)> {
        let nodes: Vec<_> =
            (1..).zip(urls).map(|(n, url)| (format!("n{n}").parse().unwrap(), (*url).to_owned())).collect();
        overlaps(&nodes).into_iter().map(|o| (o.outer.to_string(), o.inner.to_string(), o.is_same)).collect()
    }

    #[test]
    fn one_directory_under_many_names_is_found() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        std::fs::create_dir_all(root.join("a/b")).unwrap();
        std::fs::create_dir(root.join("ab")).unwrap();
        std::os::unix::fs::symlink(root.join("a"), root.join("link")).unwrap();
        let url = |name: &str| format!("file://{}/{name}", root.display());
        let pair = |a: &str, b: &str| found(&[&url(a), &url(b)]);
        let n = |a: &str, b: &str, same| vec![(a.to_owned(), b.to_owned(), same)];
        assert_eq!(pair("a", "a/"), n("n1", "n2", true));
        assert_eq!(pair("a", "link"), n("n1", "n2", true));
        assert_eq!(pair("link/b", "a"), n("n2", "n1", false));
        assert_eq!(pair("a", "ab"), []);
        assert_eq!(pair("gone", "gone/"), n("n1", "n2", true));
        assert_eq!(found(&[&url("a"), "nonsense", "s3://a/b"]), []);
    }

    #[test]
    fn prefixes_of_one_bucket_are_compared_by_their_parts() {
        let same = |a: &str, b: &str| found(&[a, b]).first().map(|(_, _, same)| *same);
        assert_eq!(same("s3://b/p", "s3://b/p/?region=x"), Some(true));
        assert_eq!(same("s3://b/p", "s3://b/p/q"), Some(false));
        assert_eq!(same("s3://b", "s3://b/q"), Some(false));
        assert_eq!(same("s3://b/p", "s3://b/pq"), None);
        assert_eq!(same("s3://b/p?endpoint=http://x", "s3://b/p"), None);
    }
}
