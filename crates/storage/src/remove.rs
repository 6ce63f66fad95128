//! Removing objects: one, many, or all of a folder.

use std::collections::{HashMap, HashSet};

use aws_sdk_s3::types::{Delete, ObjectIdentifier};

use crate::control::Control;
use crate::error::{Cause, ErrorKind, StorageError, cause, of_answer};
use crate::key::Key;
use crate::list::Shape;
use crate::space::{Space, Verb};
use crate::storage::{Storage, Target};
use crate::store;

/// S3's limit for one DeleteObjects request.
const A_REQUEST: usize = 1000;

/// A key, and whether it is gone.
pub type Removed = (Key, Result<(), StorageError>);

impl Storage {
    /// Removes one object; one that is not there counts as removed.
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
    /// storage.remove(&Space::Private, &key).await?;
    /// assert!(storage.find(&Space::Private, &key).await?.is_none());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove(&self, space: &Space, key: &Key) -> Result<(), StorageError> {
        self.remove_target(&self.target(space, key, Verb::Delete, "delete")?).await
    }

    /// Removes many objects, each with its own outcome, in the order given.
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// for (key, outcome) in storage.remove_many(&Space::Private, vec![key]).await {
    ///     outcome.map_err(|error| format!("{key} stays: {error}"))?;
    /// }
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove_many(&self, space: &Space, keys: Vec<Key>) -> Vec<Removed> {
        let mut outcomes = Vec::with_capacity(keys.len());
        for some in keys.chunks(A_REQUEST) {
            outcomes.extend(self.remove_some(space, some).await);
        }
        outcomes
    }

    /// Removes everything that begins with `prefix`, which for a folder ends with `/`. Each page of the listing is removed
    /// before the next one is asked for, and `told` hears the outcome of each of its keys: so a folder of any size takes one
    /// page of memory, and what was stopped goes on by being called again. What refuses stays and keeps nothing else.
    ///
    /// # Errors
    /// It cannot be listed, or `Cancelled`; of the page that was under way then, some may be gone untold. See
    /// [`ErrorKind`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let mut stay = Vec::new();
    /// let told = |some: Vec<Removed>| stay.extend(some.into_iter().filter(|(_, outcome)| outcome.is_err()));
    /// storage.remove_folder(&Space::Private, "notes/", told, &control).await?;
    /// assert!(stay.is_empty());
    /// assert!(storage.find(&Space::Private, &key).await?.is_none());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove_folder(
        &self,
        space: &Space,
        prefix: &str,
        mut told: impl FnMut(Vec<Removed>) + Send,
        control: &Control,
    ) -> Result<(), StorageError> {
        let mut token = None;
        loop {
            // A token goes on behind the last key that it gave, whether those before it are still there or not.
            let page = self.list_page(space, prefix, Shape::Deep, token);
            let page = control.run("delete", prefix, page).await?;
            let keys = page.objects.iter().filter_map(|object| Key::parse(&object.key).ok()).collect();
            let removed = async { Ok(self.remove_many(space, keys).await) };
            told(control.run("delete", prefix, removed).await?);
            token = page.next;
            if token.is_none() {
                return Ok(());
            }
        }
    }

    async fn remove_target(&self, target: &Target) -> Result<(), StorageError> {
        if let Some(store) = self.store() {
            return store::remove(store, target).await;
        }
        let sent = self.client().delete_object().bucket(self.bucket()).key(&target.full).send().await;
        sent.map(drop).map_err(|error| StorageError::of(cause(error), "delete", target.key.as_str()))
    }

    async fn remove_some(&self, space: &Space, keys: &[Key]) -> Vec<Removed> {
        let targets: Vec<_> = keys.iter().map(|key| self.target(space, key, Verb::Delete, "delete")).collect();
        // A store takes one at a time, and has no XML to carry names in.
        let one_by_one = |full: &str| self.store().is_some() || !fits_xml(full);
        let together = targets.iter().flatten().filter(|target| !one_by_one(&target.full));
        let together: Vec<&str> = together.map(|target| target.full.as_str()).collect();
        let answered = if together.is_empty() { Ok(Answer::default()) } else { self.delete_objects(&together).await };
        let mut outcomes = Vec::with_capacity(keys.len());
        for (key, target) in keys.iter().zip(targets) {
            let outcome = match target {
                Err(error) => Err(error),
                Ok(target) if one_by_one(&target.full) => self.remove_target(&target).await,
                Ok(target) => match &answered {
                    Ok(answer) => {
                        answer.of(&target.full).map_err(|cause| StorageError::of(cause, "delete", key.as_str()))
                    }
                    Err(failed) => {
                        Err(StorageError::new(failed.kind(), "delete", key.as_str()).with_detail(failed.detail()))
                    }
                },
            };
            outcomes.push((key.clone(), outcome));
        }
        outcomes
    }

    async fn delete_objects(&self, full_keys: &[&str]) -> Result<Answer, StorageError> {
        let mut delete = Delete::builder();
        for key in full_keys {
            let object = ObjectIdentifier::builder().key(*key).build();
            delete = delete.objects(object.map_err(|error| unexpected(&error.to_string()))?);
        }
        let delete = delete.build().map_err(|error| unexpected(&error.to_string()))?;
        let answer = self.client().delete_objects().bucket(self.bucket()).delete(delete).send().await;
        let answer = answer.map_err(|error| StorageError::of(cause(error), "delete", ""))?;
        let deleted = answer.deleted().iter().filter_map(|object| object.key().map(ToOwned::to_owned)).collect();
        let refused = answer.errors().iter().filter_map(|error| {
            let code = error.code().unwrap_or("UnknownError").to_owned();
            Some((error.key()?.to_owned(), code))
        });
        Ok(Answer { deleted, refused: refused.collect() })
    }
}

fn unexpected(detail: &str) -> StorageError {
    StorageError::new(ErrorKind::Unexpected, "delete", "").with_detail(detail)
}

#[derive(Default)]
struct Answer {
    deleted: HashSet<String>,
    refused: HashMap<String, String>,
}

impl Answer {
    fn of(&self, full_key: &str) -> Result<(), Cause> {
        if let Some(code) = self.refused.get(full_key) {
            // An entry of a batch has a code but no status of its own.
            let kind = if code == "AccessDenied" { ErrorKind::AccessDenied } else { of_answer(Some(code), 500) };
            return Err(Cause::new(kind, code.clone()));
        }
        if self.deleted.contains(full_key) {
            return Ok(());
        }
        Err(Cause::new(ErrorKind::Unexpected, "the server's answer leaves this one out"))
    }
}

/// XML 1.0 has no way to write most control characters; such keys are removed one by one, by URL.
fn fits_xml(key: &str) -> bool {
    key.chars().all(|c| match c {
        '\t' | '\n' => true,
        c => c >= ' ' && !('\u{7f}'..='\u{9f}').contains(&c) && !matches!(c, '\u{fffe}' | '\u{ffff}'),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_that_xml_can_carry_go_in_a_batch() {
        for fits in ["a b+ü.txt", "<&>'\"", "a\nb", "📷", "tab\there"] {
            assert!(fits_xml(fits), "{fits:?}");
        }
        for not in ["a\u{1}b", "\u{0}", "a\rb", "\u{ffff}", "\u{85}", "\u{7f}"] {
            assert!(!fits_xml(not), "{not:?}");
        }
    }

    #[test]
    fn what_the_server_leaves_out_does_not_count_as_removed() {
        let answer =
            Answer { deleted: ["a".to_owned()].into(), refused: [("b".to_owned(), "AccessDenied".to_owned())].into() };
        assert!(answer.of("a").is_ok());
        assert_eq!(answer.of("b").unwrap_err().kind, ErrorKind::AccessDenied);
        assert_eq!(answer.of("c").unwrap_err().kind, ErrorKind::Unexpected);
    }
}
