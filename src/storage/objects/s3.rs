//! S3-compatible stores.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3Builder, Checksum};
use object_store::path::Path;
use object_store::{BackoffConfig, RetryConfig};

use super::ObjectNode;
use super::connect::Connector;
use crate::ports::storage::StorageError;
use crate::storage::S3Url;

/// Requests that fail in passing are tried again this often, and no longer than [`RETRY_TIME`].
const RETRIES_MAX: usize = 4;
const RETRY_TIME: Duration = Duration::from_secs(20);

/// The region that stores take which have none.
const REGION_DEFAULT: &str = "us-east-1";

/// The store behind an S3 URL. Its keys come from the environment: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for
/// keys that last for a while, `AWS_SESSION_TOKEN`; the region from the URL, `AWS_REGION` or `AWS_DEFAULT_REGION`. `tag` is a
/// random number of this process.
///
/// # Errors
/// No keys, or a URL that the client does not take. Nothing is asked of the server yet.
pub fn open_s3(url: &S3Url, tag: u64, variable: &dyn Fn(&str) -> Option<String>) -> Result<ObjectNode, StorageError> {
    let wrong = |reason: String| StorageError::Url { url: url.to_string(), reason };
    let key = |name: &str| {
        let value = variable(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| wrong(format!("no keys for it: {name} is not set")))
    };
    let region = url.region.clone().or_else(|| variable("AWS_REGION")).or_else(|| variable("AWS_DEFAULT_REGION"));
    let connector = Connector::new().map_err(|e| wrong(format!("no TLS: {e}")))?;
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&url.bucket)
        .with_access_key_id(key("AWS_ACCESS_KEY_ID")?)
        .with_secret_access_key(key("AWS_SECRET_ACCESS_KEY")?)
        .with_region(region.unwrap_or_else(|| REGION_DEFAULT.to_owned()))
        // Not every server that speaks S3 answers deletes in bulk as its client expects.
        .with_disable_bulk_delete(true)
        // Checked by the server on arrival, beside our reading back.
        .with_checksum_algorithm(Checksum::SHA256)
        .with_retry(RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: RETRIES_MAX,
            retry_timeout: RETRY_TIME,
        })
        .with_http_connector(connector);
    if let Some(token) = variable("AWS_SESSION_TOKEN").filter(|token| !token.is_empty()) {
        builder = builder.with_token(token);
    }
    if let Some(endpoint) = &url.endpoint {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    let store = builder.build().map_err(|e| wrong(e.to_string()))?;
    let prefix = Path::parse(&url.prefix).map_err(|e| wrong(e.to_string()))?;
    Ok(ObjectNode::new(Arc::new(store), prefix, url.to_string(), tag))
}
