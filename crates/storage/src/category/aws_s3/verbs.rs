//! The verbs of `AWSS3`, untracked: options become those of [`Storage`](crate::Storage), which does it.

use std::sync::Arc;
use std::time::Duration;

use super::AwsS3;
use crate::body::Body;
use crate::category::{
    CallOptions, CategoryError, CopyCall, GetCall, Got, ListCall, ListItem, Listed, PutCall, PutProgress, PutResult,
    RemoveCall,
};
use crate::conflict::IfExists;
use crate::control::Control;
use crate::copy::CopyOptions;
use crate::encryption::Encryption;
use crate::key::Key;
use crate::list::{ObjectInfo, Shape};
use crate::presign::{LinkOptions, MAX_LINK_LIFE};
use crate::put::PutOptions;
use crate::space::Verb;

/// Amplify's life of a link, in seconds.
const LINK_LIFE: u64 = 900;
/// What Amplify Storage 1.x sends: parts of 5 MiB, and this type for everything.
const COMPATIBLE_PART: u64 = 5 * 1024 * 1024;
/// Amplify's parts in flight.
const COMPATIBLE_AT_ONCE: usize = 4;
const COMPATIBLE_TYPE: &str = "binary/octet-stream";

impl AwsS3 {
    pub(super) async fn put_now(&self, key: &str, body: Body, options: PutCall) -> Result<PutResult, CategoryError> {
        let config = self.config();
        let (mut storage, space) = self.open(&config, &options.call).await?;
        if let Some(customer_key) = options.customer_key.or(config.customer_key) {
            storage = storage.with_customer_key(customer_key);
        }
        let key = Key::parse(key)?;
        let mut attributes = options.attributes;
        attributes.cache_control = attributes.cache_control.or(config.cache_control);
        attributes.encryption =
            attributes.encryption.or_else(|| match (config.server_side_encryption?.as_str(), config.kms_key_id) {
                ("aws:kms", key_id) => Some(Encryption::Kms { key_id }),
                _ => Some(Encryption::Aes256),
            });
        let mut put = PutOptions::new(options.if_exists.unwrap_or(IfExists::Fail));
        put.attributes = attributes;
        put.content_type = options.content_type.or(config.content_type);
        if config.compatible {
            put.content_type.get_or_insert_with(|| COMPATIBLE_TYPE.to_owned());
            (put.part_size, put.concurrency) = (Some(COMPATIBLE_PART), COMPATIBLE_AT_ONCE);
        }
        let full = format!("{}{key}", storage.prefix(&space, Verb::Write, "upload", key.as_str())?);
        let mut control = Control { cancel: options.call.cancel, ..Control::default() };
        if let Some(report) = options.progress {
            control.progress = Some(Arc::new(move |progress| {
                let (loaded, total, part) = (progress.loaded, progress.total, progress.part);
                report(PutProgress { loaded, total, part, key: full.clone() });
            }));
        }
        let stored = storage.put(&space, &key, body, put, &control).await?;
        Ok(PutResult { key: stored.key.as_str().to_owned() })
    }

    pub(super) async fn get_now(&self, key: &str, options: GetCall) -> Result<Got, CategoryError> {
        let config = self.config();
        let life = options.expires.or(config.expires).filter(|seconds| *seconds > 0).unwrap_or(LINK_LIFE);
        if !options.download && life > MAX_LINK_LIFE.as_secs() {
            return Err(CategoryError::ExpiryTooLong);
        }
        let (mut storage, space) = self.open(&config, &options.call).await?;
        if let Some(customer_key) = options.customer_key.or(config.customer_key) {
            storage = storage.with_customer_key(customer_key);
        }
        let key = Key::parse(key)?;
        let control = Control { cancel: options.call.cancel, ..Control::default() };
        if options.download {
            return Ok(Got::Object(storage.get(&space, &key, None, &control).await?));
        }
        let link = LinkOptions {
            life: Duration::from_secs(life),
            only_existing: options.validate_object_existence.unwrap_or(true),
            content_type: options.content_type,
            content_disposition: options.response.content_disposition,
            cache_control: options.response.cache_control,
            content_encoding: options.response.content_encoding,
            content_language: options.response.content_language,
        };
        let link = storage.presign_get(&space, &key, link);
        Ok(Got::Url(control.run("share", key.as_str(), link).await?))
    }

    pub(super) async fn remove_now(&self, key: &str, options: RemoveCall) -> Result<(), CategoryError> {
        let (storage, space) = self.open(&self.config(), &options.call).await?;
        let key = Key::parse(key)?;
        let control = Control { cancel: options.call.cancel, ..Control::default() };
        Ok(control.run("delete", key.as_str(), storage.remove(&space, &key)).await?)
    }

    pub(super) async fn list_now(&self, path: &str, options: ListCall) -> Result<Listed, CategoryError> {
        let (storage, space) = self.open(&self.config(), &options.call).await?;
        let control = Control { cancel: options.call.cancel, ..Control::default() };
        let page = match (options.page_size, options.next_token) {
            (None, None) => storage.list_all(&space, path, Shape::Deep, &control).await?,
            (size, token) => {
                let page = storage.list_some(&space, path, Shape::Deep, token, size);
                control.run("list", path, page).await?
            }
        };
        Ok(Listed { items: page.objects.into_iter().map(item).collect(), next_token: page.next })
    }

    pub(super) async fn copy_now(&self, from: &str, to: &str, options: CopyCall) -> Result<PutResult, CategoryError> {
        let config = self.config();
        let CopyCall { call, to_level, if_exists } = options;
        let (storage, from_space) = self.open(&config, &call).await?;
        let own = CallOptions { level: to_level, identity_id: None, ..call.clone() };
        let to_space = self.space(&config, &own, storage.identity())?;
        let (from, to) = (Key::parse(from)?, Key::parse(to)?);
        let control = Control { cancel: call.cancel, ..Control::default() };
        let how = CopyOptions { if_exists: if_exists.unwrap_or(IfExists::Fail), ..CopyOptions::default() };
        let stored = storage.copy((&from_space, &from), (&to_space, &to), how, &control).await?;
        Ok(PutResult { key: stored.key.as_str().to_owned() })
    }
}

fn item(object: ObjectInfo) -> ListItem {
    let ObjectInfo { key, size, etag, modified } = object;
    ListItem { key, e_tag: format!("\"{etag}\""), last_modified: modified, size }
}
