//! Reads the forms of a configuration: aws-exports, nested, flat and Gen 2. Does no I/O. A key that nobody reads is an
//! error that names it, where Amplify takes it for a provider's name and goes on without it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::category::aws_s3::AWS_S3;
use crate::category::{CategoryError, CustomPrefix, Level};
use crate::encryption::CustomerKey;
use crate::space::IdentityId;

/// Keys that may stand flat; others go inside `AWSS3`.
const FLAT: [&str; 10] = [
    "bucket",
    "region",
    "level",
    "track",
    "customPrefix",
    "serverSideEncryption",
    "SSECustomerAlgorithm",
    "SSECustomerKey",
    "SSECustomerKeyMD5",
    "SSEKMSKeyId",
];
/// Other categories of Amplify, which read their own part of the same object.
const OTHERS: [&str; 12] = [
    "Auth",
    "Analytics",
    "API",
    "Cache",
    "Geo",
    "Interactions",
    "Notifications",
    "Predictions",
    "PubSub",
    "XR",
    "oauth",
    "ssr",
];
const GEN_2: [&str; 7] = ["version", "auth", "data", "geo", "analytics", "notifications", "custom"];
const MOCK: &str = "aws_user_files_s3_dangerously_connect_to_http_endpoint_for_testing";
/// Where `amplify mock storage` listens.
const MOCK_ENDPOINT: &str = "http://localhost:20005";

/// What each provider is told, by its name.
pub(super) type Routed = BTreeMap<String, Map<String, Value>>;

/// Sorts a configuration by provider. `known` are the providers that were added.
pub(super) fn route(config: &Value, known: &[String]) -> Result<Routed, CategoryError> {
    let config = object("the configuration", config)?;
    let (mut routed, mut unknown) = (Routed::new(), Vec::new());
    let gen_2 = config.get("version").and_then(Value::as_str).is_some_and(|version| version.starts_with('1'));
    for (key, value) in config {
        match key.as_str() {
            "Storage" => inside("Storage.", object(key, value)?, known, &mut routed, &mut unknown)?,
            "storage" if gen_2 => {
                routed.entry(AWS_S3.to_owned()).or_default().extend(outputs(object(key, value)?, &mut unknown)?);
            }
            _ if gen_2 && GEN_2.contains(&key.as_str()) => {}
            "aws_user_files_s3_bucket" => put(&mut routed, "bucket", value.clone()),
            "aws_user_files_s3_bucket_region" => put(&mut routed, "region", value.clone()),
            MOCK => {
                if truth(key, value)? {
                    put(&mut routed, "endpoint", MOCK_ENDPOINT.into());
                }
            }
            _ if key.starts_with("aws_") || OTHERS.contains(&key.as_str()) => {}
            _ => {
                let one = Map::from_iter([(key.clone(), value.clone())]);
                inside("", &one, known, &mut routed, &mut unknown)?;
            }
        }
    }
    if unknown.is_empty() { Ok(routed) } else { Err(CategoryError::UnknownKeys(unknown)) }
}

fn put(routed: &mut Routed, key: &str, value: Value) {
    routed.entry(AWS_S3.to_owned()).or_default().insert(key.to_owned(), value);
}

fn inside(
    at: &str,
    config: &Map<String, Value>,
    known: &[String],
    routed: &mut Routed,
    unknown: &mut Vec<String>,
) -> Result<(), CategoryError> {
    for (key, value) in config {
        if known.contains(key) {
            routed.entry(key.clone()).or_default().extend(object(key, value)?.clone());
        } else if FLAT.contains(&key.as_str()) {
            put(routed, key, value.clone());
        } else {
            unknown.push(format!("{at}{key}"));
        }
    }
    Ok(())
}

/// The `storage` of an amplify_outputs.json.
fn outputs(storage: &Map<String, Value>, unknown: &mut Vec<String>) -> Result<Map<String, Value>, CategoryError> {
    let mut config = Map::new();
    for (key, value) in storage {
        match key.as_str() {
            "bucket_name" => drop(config.insert("bucket".to_owned(), value.clone())),
            "aws_region" => drop(config.insert("region".to_owned(), value.clone())),
            "buckets" => drop(config.insert("buckets".to_owned(), value.clone())),
            _ => unknown.push(format!("storage.{key}")),
        }
    }
    Ok(config)
}

/// A bucket by its friendly name (Gen 2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedBucket {
    pub bucket: String,
    pub region: String,
}

/// What `AWSS3` is configured with; `None` was not configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AwsS3Config {
    pub bucket: Option<String>,
    pub region: Option<String>,
    pub endpoint: Option<String>,
    pub buckets: BTreeMap<String, NamedBucket>,
    pub level: Option<Level>,
    pub track: Option<bool>,
    pub custom_prefix: Option<CustomPrefix>,
    pub identity_id: Option<IdentityId>,
    pub expires: Option<u64>,
    pub content_type: Option<String>,
    pub cache_control: Option<String>,
    pub server_side_encryption: Option<String>,
    pub kms_key_id: Option<String>,
    pub customer_key: Option<CustomerKey>,
    /// Parts of 5 MiB, four at once, no guess of the content type: as Amplify Storage 1.x sends.
    pub compatible: bool,
}

impl AwsS3Config {
    /// This configuration with the keys of `more` on top.
    pub fn with(&self, more: &Map<String, Value>) -> Result<Self, CategoryError> {
        let (mut config, mut unknown) = (self.clone(), Vec::new());
        let (mut secret, mut md5) = (None, None);
        for (key, value) in more {
            match key.as_str() {
                "bucket" => config.bucket = Some(text(key, value)?),
                "region" => config.region = Some(text(key, value)?),
                "endpoint" => config.endpoint = Some(text(key, value)?),
                "buckets" => config.buckets = buckets(value)?,
                "level" => config.level = Some(text(key, value)?.parse()?),
                "track" => config.track = Some(truth(key, value)?),
                "customPrefix" => config.custom_prefix = Some(custom_prefix(value)?),
                "identityId" => config.identity_id = Some(IdentityId::new(text(key, value)?)),
                "expires" => config.expires = Some(seconds(value)?),
                "contentType" => config.content_type = Some(text(key, value)?),
                "cacheControl" => config.cache_control = Some(text(key, value)?),
                "serverSideEncryption" => config.server_side_encryption = Some(encryption(key, value)?),
                "SSEKMSKeyId" => config.kms_key_id = Some(text(key, value)?),
                "SSECustomerKey" => secret = Some(text(key, value)?),
                "SSECustomerKeyMD5" => md5 = Some(text(key, value)?),
                "SSECustomerAlgorithm" if value == "AES256" => {}
                "SSECustomerAlgorithm" => return Err(wrong(key, "AES256, the only one there is")),
                "compatible" => config.compatible = truth(key, value)?,
                _ => unknown.push(format!("{AWS_S3}.{key}")),
            }
        }
        if !unknown.is_empty() {
            return Err(CategoryError::UnknownKeys(unknown));
        }
        match secret {
            Some(secret) => config.customer_key = Some(CustomerKey::parse(&secret, md5.as_deref())?),
            None if md5.is_some() => return Err(wrong("SSECustomerKeyMD5", "given together with its SSECustomerKey")),
            None => {}
        }
        Ok(config)
    }

    /// What is configured now, without the encryption key.
    pub fn tell(&self) -> Value {
        let level = self.level.map(|level| format!("{level:?}").to_lowercase());
        serde_json::json!({ AWS_S3: { "bucket": self.bucket, "region": self.region, "level": level, "track": self.track } })
    }
}

fn wrong(key: &str, expected: &'static str) -> CategoryError {
    CategoryError::WrongType { key: key.to_owned(), expected }
}

fn object<'a>(key: &str, value: &'a Value) -> Result<&'a Map<String, Value>, CategoryError> {
    value.as_object().ok_or_else(|| wrong(key, "an object"))
}

fn text(key: &str, value: &Value) -> Result<String, CategoryError> {
    value.as_str().map(ToOwned::to_owned).ok_or_else(|| wrong(key, "a text"))
}

/// The command-line tool of Amplify writes some truths as texts.
fn truth(key: &str, value: &Value) -> Result<bool, CategoryError> {
    match value {
        Value::Bool(truth) => Ok(*truth),
        Value::String(text) if text == "true" => Ok(true),
        Value::String(text) if text == "false" => Ok(false),
        _ => Err(wrong(key, "true or false")),
    }
}

fn encryption(key: &str, value: &Value) -> Result<String, CategoryError> {
    let name = text(key, value)?;
    if matches!(name.as_str(), "AES256" | "aws:kms") { Ok(name) } else { Err(wrong(key, "AES256 or aws:kms")) }
}

fn seconds(value: &Value) -> Result<u64, CategoryError> {
    match value {
        Value::Number(number) => number.as_u64().ok_or_else(|| wrong("expires", "a whole number of seconds")),
        Value::String(_) => Err(CategoryError::ExpiryNotANumber("string")),
        Value::Bool(_) => Err(CategoryError::ExpiryNotANumber("boolean")),
        _ => Err(CategoryError::ExpiryNotANumber("object")),
    }
}

fn custom_prefix(value: &Value) -> Result<CustomPrefix, CategoryError> {
    let mut prefix = CustomPrefix::default();
    for (key, value) in object("customPrefix", value)? {
        let slot = match key.as_str() {
            "public" => &mut prefix.public,
            "protected" => &mut prefix.protected,
            "private" => &mut prefix.private,
            _ => return Err(CategoryError::UnknownKeys(vec![format!("customPrefix.{key}")])),
        };
        *slot = Some(text(key, value)?);
    }
    Ok(prefix)
}

fn buckets(value: &Value) -> Result<BTreeMap<String, NamedBucket>, CategoryError> {
    let mut named = BTreeMap::new();
    for bucket in value.as_array().ok_or_else(|| wrong("buckets", "a list"))? {
        let field = |key: &str| text(key, bucket.get(key).unwrap_or(&Value::Null));
        let here = NamedBucket { bucket: field("bucket_name")?, region: field("aws_region")? };
        if named.insert(field("name")?, here).is_some() {
            return Err(wrong("buckets", "a list in which every name is there once"));
        }
    }
    Ok(named)
}
