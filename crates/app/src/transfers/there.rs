//! What a target has already: by key, and by size, so that a content is looked for under any name. Does no I/O.

use super::job::Job;
use amphora_storage::ObjectInfo;
use std::collections::HashMap;

/// The files of a target.
#[derive(Debug, Default)]
pub(super) struct There {
    objects: Vec<ObjectInfo>,
    by_key: HashMap<String, usize>,
    by_size: HashMap<u64, Vec<usize>>,
}

impl There {
    /// How many files are known.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// What has the key of this job.
    pub fn at(&self, job: &Job) -> Option<&ObjectInfo> {
        self.by_key.get(&job.key).map(|at| &self.objects[*at])
    }

    /// Everything in the folder of this job that is as long as this.
    pub fn as_long_as<'a>(&'a self, job: &'a Job, size: u64) -> impl Iterator<Item = &'a ObjectInfo> {
        let some = self.by_size.get(&size).into_iter().flatten().map(|at| &self.objects[*at]);
        some.filter(|object| folder_of(&object.key) == folder_of(&job.key))
    }
}

impl Extend<ObjectInfo> for There {
    fn extend<T: IntoIterator<Item = ObjectInfo>>(&mut self, objects: T) {
        for object in objects {
            let at = self.objects.len();
            self.by_key.insert(object.key.clone(), at);
            self.by_size.entry(object.size).or_default().push(at);
            self.objects.push(object);
        }
    }
}

fn folder_of(key: &str) -> &str {
    &key[..key.rfind('/').map_or(0, |at| at + 1)]
}
