//! Listing by ListObjectsV2: pages with and without folders, and whether a key exists. Existence is never asked by HEAD,
//! which the documented policies answer with 403 for a missing key.

use std::time::SystemTime;

use aws_sdk_s3::operation::list_objects_v2::ListObjectsV2Output;
use aws_sdk_s3::types::EncodingType;
use percent_encoding::percent_decode;

use crate::control::Control;
use crate::error::{ErrorKind, StorageError, cause};
use crate::key::Key;
use crate::space::{Space, Verb};
use crate::storage::{Storage, Target};
use crate::store;

/// What a listing says of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectInfo {
    /// The key inside the space.
    pub key: String,
    /// Bytes.
    pub size: u64,
    /// Without quotes.
    pub etag: String,
    /// When it was stored.
    pub modified: Option<SystemTime>,
}

/// How deep a listing goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// What is directly under the prefix; what lies deeper shows as folders.
    Folder,
    /// Everything under the prefix.
    Deep,
}

/// Up to 1,000 entries, in S3's order (UTF-8 bytes).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Objects; a folder's own marker (a key that ends with `/`) is among them.
    pub objects: Vec<ObjectInfo>,
    /// Folders directly under the prefix, inside the space, each with its slash at the end.
    pub folders: Vec<String>,
    /// Asks for the next page; `None` on the last one.
    pub next: Option<String>,
}

/// Where a page begins.
#[derive(Clone, Debug)]
pub(crate) enum From {
    /// With the first key.
    Beginning,
    /// Where another page ended.
    Token(String),
    /// After this key inside the space, which need not exist.
    After(String),
}

impl Storage {
    /// One page of what begins with `prefix` (a plain text, not a folder: `photo` also finds `photos/a.png`).
    ///
    /// # Errors
    /// See [`ErrorKind`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let top = storage.list_page(&Space::Private, "", Shape::Folder, None).await?;
    /// assert_eq!(top.folders, ["notes/"]);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list_page(
        &self,
        space: &Space,
        prefix: &str,
        shape: Shape,
        token: Option<String>,
    ) -> Result<Page, StorageError> {
        self.list_some(space, prefix, shape, token, None).await
    }

    /// As [`Storage::list_page`], with at most `size` entries, 1 to 1,000.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let page = storage.list_some(&Space::Private, "notes/", Shape::Folder, None, Some(1)).await?;
    /// assert_eq!((page.objects.len(), page.next), (1, None));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list_some(
        &self,
        space: &Space,
        prefix: &str,
        shape: Shape,
        token: Option<String>,
        size: Option<u16>,
    ) -> Result<Page, StorageError> {
        self.list_from(space, prefix, shape, token.map_or(From::Beginning, From::Token), size).await
    }

    pub(crate) async fn list_from(
        &self,
        space: &Space,
        prefix: &str,
        shape: Shape,
        from: From,
        size: Option<u16>,
    ) -> Result<Page, StorageError> {
        let level = self.prefix(space, Verb::List, "list", prefix)?;
        if let Some(store) = self.store() {
            return store::list(store, (&level, prefix), shape, from, size).await;
        }
        let (token, after) = match from {
            From::Beginning => (None, None),
            From::Token(token) => (Some(token), None),
            From::After(key) => (None, Some(format!("{level}{key}"))),
        };
        let request = self
            .client()
            .list_objects_v2()
            .bucket(self.bucket())
            .prefix(format!("{level}{prefix}"))
            .set_delimiter((shape == Shape::Folder).then(|| "/".to_owned()))
            .set_continuation_token(token.clone())
            .set_start_after(after)
            .set_max_keys(size.map(|size| i32::from(size.clamp(1, 1000))))
            // XML cannot carry every character of a key, so keys come URL-encoded.
            .encoding_type(EncodingType::Url);
        let answer = request.send().await.map_err(|error| StorageError::of(cause(error), "list", prefix))?;
        let page = page(&answer, &level).ok_or_else(|| no_listing("list", prefix))?;
        if page.next.is_some() && page.next == token {
            let detail = "the server gave the same continuation token again";
            return Err(StorageError::new(ErrorKind::Unexpected, "list", prefix).with_detail(detail));
        }
        Ok(page)
    }

    /// Every page in one. Holds the whole listing in memory; for a folder of unknown size, page instead.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let all = storage.list_all(&Space::Private, "notes/", Shape::Deep, &control).await?;
    /// assert_eq!(all.objects[0].key, "notes/hello.txt");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list_all(
        &self,
        space: &Space,
        prefix: &str,
        shape: Shape,
        control: &Control,
    ) -> Result<Page, StorageError> {
        let mut all = Page::default();
        loop {
            let page = self.list_page(space, prefix, shape, all.next.take());
            let page = control.run("list", prefix, page).await?;
            all.objects.extend(page.objects);
            all.folders.extend(page.folders);
            match page.next {
                Some(next) => all.next = Some(next),
                None => return Ok(all),
            }
        }
    }

    /// What is under exactly this key, if anything.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// assert!(storage.find(&Space::Private, &key).await?.is_some());
    /// assert!(storage.find(&Space::Private, &Key::parse("notes/none.txt")?).await?.is_none());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn find(&self, space: &Space, key: &Key) -> Result<Option<ObjectInfo>, StorageError> {
        self.find_target(&self.target(space, key, Verb::List, "find")?).await
    }

    pub(crate) async fn find_target(&self, target: &Target) -> Result<Option<ObjectInfo>, StorageError> {
        if let Some(store) = self.store() {
            return store::find(store, target).await;
        }
        let request = self.client().list_objects_v2().bucket(self.bucket()).prefix(&target.full);
        // The key itself comes before everything that it begins.
        let answer = request.max_keys(1).encoding_type(EncodingType::Url).send().await;
        let answer = answer.map_err(|error| StorageError::of(cause(error), "find", target.key.as_str()))?;
        let page = page(&answer, &target.prefix).ok_or_else(|| no_listing("find", target.key.as_str()))?;
        let found = page.objects.into_iter().next();
        Ok(found.filter(|object| object.key == target.key.as_str()))
    }
}

/// `None`: the answer is no listing. Every listing says whether it is truncated; the SDK reads any other document, such as
/// the log-in page of a hotel's network, as an empty one.
fn page(answer: &ListObjectsV2Output, level: &str) -> Option<Page> {
    let truncated = answer.is_truncated()?;
    let inside = Inside { level, encoded: answer.encoding_type() == Some(&EncodingType::Url) };
    let objects = answer.contents().iter().filter_map(|object| {
        Some(ObjectInfo {
            key: inside.key(object.key()?)?,
            size: object.size().and_then(|size| u64::try_from(size).ok()).unwrap_or(0),
            etag: unquoted(object.e_tag()),
            modified: object.last_modified().and_then(|at| SystemTime::try_from(*at).ok()),
        })
    });
    let folders = answer.common_prefixes().iter().filter_map(|folder| inside.key(folder.prefix()?));
    let next = answer.next_continuation_token().filter(|_| truncated).map(ToOwned::to_owned);
    Some(Page { objects: objects.collect(), folders: folders.collect(), next })
}

fn no_listing(action: &'static str, object: &str) -> StorageError {
    StorageError::new(ErrorKind::Unexpected, action, object).with_detail("the answer is no listing")
}

/// Takes listed keys for what they are inside a space.
pub(crate) struct Inside<'a> {
    pub level: &'a str,
    pub encoded: bool,
}

impl Inside<'_> {
    /// A key without its level. A marker object of the level itself (`private/ID/`) is no file of anybody.
    pub fn key(&self, listed: &str) -> Option<String> {
        self.decoded(listed).strip_prefix(self.level).filter(|key| !key.is_empty()).map(ToOwned::to_owned)
    }

    pub fn decoded(&self, listed: &str) -> String {
        if self.encoded { decode(listed) } else { listed.to_owned() }
    }
}

/// `EncodingType=url`: a space comes as `+`, everything else that needs it as `%XX`.
fn decode(text: &str) -> String {
    let spaces = text.replace('+', " ");
    // S3 takes no key that is not UTF-8, so nothing is lost here.
    percent_decode(spaces.as_bytes()).decode_utf8_lossy().into_owned()
}

pub(crate) fn unquoted(etag: Option<&str>) -> String {
    etag.unwrap_or_default().trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3::types::{CommonPrefix, Object};
    use proptest::prelude::*;

    use super::*;

    /// As AWS encodes: unreserved characters and `/` as they are, space as `+`.
    fn encode(key: &str) -> String {
        key.bytes()
            .map(|byte| match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' | b'/' => {
                    char::from(byte).to_string()
                }
                b' ' => "+".to_owned(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    }

    fn answer(keys: &[String], folders: &[String], encoding: Option<EncodingType>) -> ListObjectsV2Output {
        ListObjectsV2Output::builder()
            .set_contents(Some(
                keys.iter().map(|key| Object::builder().key(key).size(1).e_tag("\"e\"").build()).collect(),
            ))
            .set_common_prefixes(Some(folders.iter().map(|f| CommonPrefix::builder().prefix(f).build()).collect()))
            .is_truncated(false)
            .set_encoding_type(encoding)
            .build()
    }

    proptest! {
        #[test]
        fn every_key_comes_out_of_an_encoded_listing_as_it_went_in(key in any::<String>(), level in "\\PC{0,12}") {
            prop_assume!(!key.is_empty());
            let full = encode(&format!("{level}{key}"));
            let full = [full];
            let page = page(&answer(&full, &full, Some(EncodingType::Url)), &level).unwrap();
            prop_assert_eq!(&page.objects[0].key, &key);
            prop_assert_eq!(&page.folders[0], &key);
        }
    }

    #[test]
    fn a_server_that_does_not_encode_is_taken_at_its_word() {
        let keys = ["public/a+b%20c.txt".to_owned()];
        assert_eq!(page(&answer(&keys, &[], None), "public/").unwrap().objects[0].key, "a+b%20c.txt");
    }

    #[test]
    fn both_encodings_of_a_space_are_read() {
        let keys = ["p/a+b".to_owned(), "p/a%20b".to_owned(), "p/a%2Bb".to_owned()];
        let page = page(&answer(&keys, &[], Some(EncodingType::Url)), "p/").unwrap();
        let found: Vec<_> = page.objects.iter().map(|object| object.key.as_str()).collect();
        assert_eq!(found, ["a b", "a b", "a+b"]);
    }

    #[test]
    fn the_levels_own_marker_is_left_out_and_etags_lose_their_quotes() {
        let keys = ["private/me/".to_owned(), "private/me/photos/".to_owned()];
        let page = page(&answer(&keys, &[], Some(EncodingType::Url)), "private/me/").unwrap();
        assert_eq!(page.objects.len(), 1);
        assert_eq!((page.objects[0].key.as_str(), page.objects[0].etag.as_str()), ("photos/", "e"));
    }
}
