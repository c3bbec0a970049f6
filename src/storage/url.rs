//! Data URLs: where a node's data is.

use std::fmt;
use std::path::PathBuf;

use crate::ports::storage::StorageError;

/// Where a node's data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataUrl {
    /// `file:///path`: a directory of this machine, by an absolute path.
    File(PathBuf),
    /// `s3://bucket/prefix`: any S3-compatible store.
    S3(S3Url),
}

/// A place in an S3-compatible store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Url {
    /// The bucket.
    pub bucket: String,
    /// What every key starts with, without slashes at its ends; may be empty.
    pub prefix: String,
    /// `?endpoint=`: the server; `None` = Amazon's.
    pub endpoint: Option<String>,
    /// `&region=`.
    pub region: Option<String>,
}

impl DataUrl {
    /// Reads a data URL. A path or prefix with `.` or `..` in it is refused, as is whatever would be ignored.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, StorageError> {
        let wrong = |reason: &str| StorageError::Url { url: without_secrets(text), reason: reason.to_owned() };
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(wrong("it holds white space or control characters; write %20 for a space"));
        }
        // The parser resolves `..` silently.
        let path = text.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase().replace("%2e", ".");
        if path.split(['/', '\\']).any(|part| part == "." || part == "..") {
            return Err(wrong("its path holds . or .."));
        }
        let url = url::Url::parse(text).map_err(|e| wrong(&e.to_string()))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("it holds a user or password; keys come from the environment"));
        }
        if url.fragment().is_some() {
            return Err(wrong("it holds a #"));
        }
        match url.scheme() {
            // The parser takes whatever follows for a path: `file:` would be the root of the machine.
            "file" if !text.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("file:///")) => {
                Err(wrong("a directory of this machine has three slashes: file:///path"))
            }
            "file" => Self::file(&url).map_err(wrong),
            "s3" => S3Url::of(&url).map(Self::S3).map_err(|reason| wrong(&reason)),
            _ => Err(wrong("its scheme is neither file nor s3")),
        }
    }

    fn file(url: &url::Url) -> Result<Self, &'static str> {
        if url.query().is_some() {
            return Err("it holds a ?");
        }
        url.to_file_path().map(Self::File).map_err(|()| "its path cannot be one of this machine")
    }
}

impl S3Url {
    fn of(url: &url::Url) -> Result<Self, String> {
        let bucket = url.host_str().unwrap_or_default().to_owned();
        let known = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if bucket.is_empty() || !bucket.chars().all(known) {
            return Err("it names no bucket: s3://bucket/prefix".to_owned());
        }
        if url.port().is_some() {
            return Err("it holds a port; the server is named by ?endpoint=http://host:port".to_owned());
        }
        let prefix = url.path().trim_matches('/').to_owned();
        let part = |part: &str| !part.is_empty() && part.chars().all(|c| known(c) || "=+@:,".contains(c));
        if !prefix.is_empty() && !prefix.split('/').all(part) {
            return Err("its prefix holds other characters than letters, digits and . _ - = + @ : ,".to_owned());
        }
        let mut parsed = Self { bucket, prefix, endpoint: None, region: None };
        for (name, value) in url.query_pairs() {
            let place = match name.as_ref() {
                "endpoint" => &mut parsed.endpoint,
                "region" => &mut parsed.region,
                other => return Err(format!("it holds {other:?}; known are endpoint and region")),
            };
            if value.is_empty() || place.replace(value.trim_end_matches('/').to_owned()).is_some() {
                return Err(format!("its {name} is empty or stands there twice"));
            }
        }
        if let Some(endpoint) = &parsed.endpoint {
            check_endpoint(endpoint)?;
        }
        Ok(parsed)
    }
}

fn check_endpoint(endpoint: &str) -> Result<(), String> {
    let url = url::Url::parse(endpoint).map_err(|e| format!("its endpoint: {e}"))?;
    let plain = ["http", "https"].contains(&url.scheme())
        && url.host_str().is_some()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if plain { Ok(()) } else { Err("its endpoint is not of the form http://host:port or https://host".to_owned()) }
}

/// What may be shown of a URL that cannot be read: it may hold a password all the same.
fn without_secrets(text: &str) -> String {
    match (text.find("://"), text.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => format!("{}://…{}", &text[..scheme], &text[at..]),
        _ => text.to_owned(),
    }
}

/// The URL in one spelling.
impl fmt::Display for DataUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => match url::Url::from_file_path(path) {
                Ok(url) => f.write_str(url.as_str()),
                Err(()) => write!(f, "file://{}", path.display()),
            },
            Self::S3(s3) => s3.fmt(f),
        }
    }
}

impl fmt::Display for S3Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bucket, prefix, endpoint, region } = self;
        write!(f, "s3://{bucket}")?;
        if !prefix.is_empty() {
            write!(f, "/{prefix}")?;
        }
        let mut mark = '?';
        for (name, value) in [("endpoint", endpoint), ("region", region)] {
            if let Some(value) = value {
                write!(f, "{mark}{name}={value}")?;
                mark = '&';
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> String {
        match DataUrl::parse(text) {
            Err(error) => error.to_string(),
            Ok(url) => panic!("{text} is read as {url:?}"),
        }
    }

    #[test]
    fn both_kinds_are_read_and_written() {
        for (text, written) in [
            ("file:///data/node-1", "file:///data/node-1"),
            ("file:///data/my%20disk/", "file:///data/my%20disk"),
            ("s3://bucket", "s3://bucket"),
            ("s3://bucket/", "s3://bucket"),
            ("s3://bucket/a/b/", "s3://bucket/a/b"),
            (
                "s3://b/p?endpoint=http://127.0.0.1:9000/&region=eu-1",
                "s3://b/p?endpoint=http://127.0.0.1:9000&region=eu-1",
            ),
        ] {
            let url = DataUrl::parse(text).unwrap();
            assert_eq!(url.to_string(), written, "{text}");
            assert_eq!(DataUrl::parse(written).unwrap(), url, "{text}");
        }
        assert_eq!(DataUrl::parse("file:///a%20b").unwrap(), DataUrl::File("/a b".into()));
    }

    #[test]
    fn what_would_be_ignored_or_leave_its_place_is_refused() {
        for bad in [
            "",
            "data",
            "/data",
            "file:",
            "file:data",
            "file:/data",
            "file://host/data",
            "file:///data?x=1",
            "file:///data#x",
            "file:///data/../etc",
            "file:///data/%2e%2E/etc",
            "file:///a b",
            "http://x/y",
            "s3://",
            "s3:///p",
            "s3://b:9000/p",
            "s3://b/a//b",
            "s3://b/../c",
            "s3://b/a%2fb",
            "s3://b/p?x=1",
            "s3://b/p?endpoint=",
            "s3://b/p?endpoint=ftp://x",
            "s3://b/p?endpoint=http://x&endpoint=http://y",
            "s3://b/p?region=",
            "s3://b/p#x",
            "file:///a\u{1b}[31m",
            "s3://b/p?endpoint=http://u:p@x",
        ] {
            assert!(!reason(bad).is_empty());
        }
    }

    #[test]
    fn passwords_are_not_repeated() {
        for text in
            ["s3://key:hush@bucket/p", "s3://key:hush@/p", "ftp://u:hush@h/x", "s3://b/p?endpoint=http://u:hush@x"]
        {
            assert!(!reason(text).contains("hush"), "{}", reason(text));
        }
    }
}
