//! Everything below a prefix, read in several ranges of keys side by side.
//!
//! S3 gives 1,000 keys an answer, one answer after the other. The folders right below the prefix tell where the keys can be
//! cut; each range is then read on its own. A range costs at most one answer that is not full.

use std::collections::BTreeSet;
use std::ops::Bound;

use futures::stream::{self, StreamExt, TryStreamExt};

use crate::control::Control;
use crate::error::StorageError;
use crate::list::{From, ObjectInfo, Shape};
use crate::space::Space;
use crate::storage::Storage;

/// Ranges read side by side.
const SIDE_BY_SIDE: usize = 8;
/// Ranges for each of them, so that one large folder does not keep all others waiting for it.
const RANGES_EACH: usize = 4;
/// With fewer folders the whole is read in one go: it is either small or has nowhere to be cut.
const WORTH_IT: usize = 16;

impl Storage {
    /// Every object below `prefix`, in S3's order (UTF-8 bytes); folders' markers are among them. Faster than
    /// [`Storage::list_all`] where there are many folders. Holds all of it in memory.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let all = storage.list_deep(&Space::Private, "", &control).await?;
    /// assert_eq!(all[0].key, "notes/hello.txt");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list_deep(
        &self,
        space: &Space,
        prefix: &str,
        control: &Control,
    ) -> Result<Vec<ObjectInfo>, StorageError> {
        let first = control.run("list", prefix, self.list_page(space, prefix, Shape::Folder, None)).await?;
        if first.next.is_none() && first.folders.is_empty() {
            return Ok(first.objects);
        }
        let mut folders = first.folders;
        let mut token = first.next;
        while !folders.is_empty() && token.is_some() {
            let page = control.run("list", prefix, self.list_page(space, prefix, Shape::Folder, token)).await?;
            folders.extend(page.folders);
            token = page.next;
        }
        let reading = ranges(&folders).into_iter().map(|range| self.list_range(space, prefix, range, control));
        let read: Vec<Vec<ObjectInfo>> = stream::iter(reading).buffered(SIDE_BY_SIDE).try_collect().await?;
        Ok(read.into_iter().flatten().collect())
    }

    async fn list_range(
        &self,
        space: &Space,
        prefix: &str,
        (after, last): (Bound<String>, Bound<String>),
        control: &Control,
    ) -> Result<Vec<ObjectInfo>, StorageError> {
        let mut from = match after {
            Bound::Excluded(key) => From::After(key),
            _ => From::Beginning,
        };
        let mut objects: Vec<ObjectInfo> = Vec::new();
        loop {
            let page = self.list_from(space, prefix, Shape::Deep, from, None);
            let page = control.run("list", prefix, page).await?;
            objects.extend(page.objects);
            if let Bound::Included(last) = &last {
                let within = objects.partition_point(|object| object.key.as_bytes() <= last.as_bytes());
                if within < objects.len() {
                    objects.truncate(within);
                    return Ok(objects);
                }
            }
            match page.next {
                Some(token) => from = From::Token(token),
                None => return Ok(objects),
            }
        }
    }
}

/// Cuts all keys at some of the folders' names, which are in S3's order: each range begins after where the one before ends.
fn ranges(folders: &[String]) -> Vec<(Bound<String>, Bound<String>)> {
    let parts = if folders.len() < WORTH_IT { 1 } else { (SIDE_BY_SIDE * RANGES_EACH).min(folders.len()) };
    let cuts = (1..parts).map(|part| folders[part * folders.len() / parts].trim_end_matches('/').to_owned());
    // Without their slashes the names are in another order: `a!/` comes before `a/`, `a` before `a!`.
    let cuts: BTreeSet<String> = cuts.collect();
    let mut after = Bound::Unbounded;
    let mut ranges = Vec::with_capacity(parts);
    for cut in cuts {
        ranges.push((after, Bound::Included(cut.clone())));
        after = Bound::Excluded(cut);
    }
    ranges.push((after, Bound::Unbounded));
    ranges
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_key_is_in_exactly_one_range(
            folders in prop::collection::btree_set("[a-c!0~]{1,4}", 0..60),
            keys in prop::collection::vec("[a-c!0~/]{1,8}", 0..60),
        ) {
            let mut folders: Vec<String> = folders.into_iter().map(|folder| format!("{folder}/")).collect();
            folders.sort();
            let ranges = ranges(&folders);
            for key in keys.iter().chain(&folders) {
                let holds = |(after, last): &&(Bound<String>, Bound<String>)| {
                    let above = match after { Bound::Excluded(after) => key > after, _ => true };
                    let below = match last { Bound::Included(last) => key <= last, _ => true };
                    above && below
                };
                prop_assert_eq!(ranges.iter().filter(holds).count(), 1, "{}", key);
            }
        }
    }

    #[test]
    fn few_folders_are_read_in_one_go_and_many_in_several() {
        let folders = |count: usize| (0..count).map(|number| format!("f{number:05}/")).collect::<Vec<_>>();
        assert_eq!(ranges(&folders(3)), [(Bound::Unbounded, Bound::Unbounded)]);
        assert_eq!(ranges(&folders(10_000)).len(), SIDE_BY_SIDE * RANGES_EACH);
    }
}
