//! One verb on one object behind the proxy: what it needs, doing it, and whether it ended right.

use std::path::PathBuf;

use amphora_faults::{FaultProxy, Rule};
use amphora_storage::{Body, Control, CopyOptions, IfExists, Key, PutOptions, Space, StorageError};
use amphora_testbed::{PolicySet, Testbed};
use futures::future::join_all;
use tempfile::TempDir;

/// S3's smallest part, so that little makes several.
pub const PART: u64 = 5 << 20;
const SMALL: usize = 300_000;
/// Three parts.
const LARGE: usize = (11 << 20) + 7;

/// A sandbox behind a proxy, and a folder of this computer.
pub struct Bed {
    pub proxy: FaultProxy,
    pub testbed: Testbed,
    pub folder: TempDir,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Upload,
    UploadInParts,
    Download,
    Copy,
    CopyInParts,
    Delete,
    DeleteMany,
}

pub struct Case<'a> {
    bed: &'a Bed,
    pub verb: Verb,
    from: Key,
    to: Key,
    bytes: Vec<u8>,
}

/// Does the same for every verb, each on a bed of its own, side by side: most of it is waiting.
pub async fn each_verb(policy: PolicySet, test: impl AsyncFn(&Bed, Verb)) {
    let test = &test;
    let tests = Verb::ALL.map(|verb| {
        let policy = policy.clone();
        async move { test(&Bed::start(policy).await, verb).await }
    });
    join_all(tests).await;
}

impl Bed {
    pub async fn start(policy: PolicySet) -> Self {
        let proxy = FaultProxy::start().unwrap();
        let testbed = Testbed::with(|options| {
            options.policy = policy;
            options.behind = Some(proxy.port());
        });
        let testbed = testbed.await.unwrap();
        proxy.forward_to(testbed.sandbox().address());
        Self { proxy, testbed, folder: tempfile::tempdir().unwrap() }
    }

    /// A verb that is ready to go, with the line mended and nothing counted yet.
    pub async fn case(&self, verb: Verb, name: &str) -> Case<'_> {
        self.case_of(verb, name, if verb.in_parts() { LARGE } else { SMALL }).await
    }

    /// The same with so many bytes.
    pub async fn case_of(&self, verb: Verb, name: &str, size: usize) -> Case<'_> {
        self.proxy.mend();
        let bytes = content(size);
        let key = |kind: &str| Key::parse(&format!("{kind} {name} {verb:?}.bin")).unwrap();
        let case = Case { bed: self, verb, from: key("from"), to: key("to"), bytes };
        if matches!(verb, Verb::Upload | Verb::UploadInParts) {
            std::fs::write(case.file(), &case.bytes).unwrap();
        } else {
            let options = PutOptions::new(IfExists::Replace);
            let body = Body::Bytes(case.bytes.clone().into());
            let storage = self.testbed.storage();
            storage.put(&Space::Private, &case.from, body, options, &Control::default()).await.unwrap();
        }
        self.proxy.forget();
        case
    }

    /// Uploads in parts that were begun and neither finished nor aborted, and their parts.
    pub async fn unfinished(&self) -> (usize, usize) {
        let sandbox = self.testbed.sandbox();
        (sandbox.unfinished_uploads().await.unwrap(), sandbox.unfinished_parts().await.unwrap())
    }
}

impl Verb {
    pub const ALL: [Self; 7] = [
        Self::Upload,
        Self::UploadInParts,
        Self::Download,
        Self::Copy,
        Self::CopyInParts,
        Self::Delete,
        Self::DeleteMany,
    ];

    pub fn in_parts(self) -> bool {
        matches!(self, Self::UploadInParts | Self::CopyInParts)
    }

    /// The request that does it; with parts: the second part, so that something has gone well before.
    pub fn request(self) -> (&'static str, &'static str) {
        match self {
            Self::Upload | Self::Copy => ("PUT", "/to%20"),
            Self::UploadInParts | Self::CopyInParts => ("PUT", "partNumber=2"),
            Self::Download => ("GET", "/from%20"),
            Self::Delete => ("DELETE", "/from%20"),
            Self::DeleteMany => ("POST", "?delete"),
        }
    }
}

impl Case<'_> {
    /// Has something go wrong with the request that does it.
    pub fn spoil(&self, rule: Rule) {
        let (method, holds) = self.verb.request();
        self.bed.proxy.add(rule.on(method, holds));
    }

    /// How often that request was made.
    pub fn requests(&self) -> usize {
        let (method, holds) = self.verb.request();
        self.bed.proxy.count(method, holds)
    }

    pub async fn act(&self) -> Result<(), StorageError> {
        self.act_with(&Control::default()).await
    }

    pub async fn act_with(&self, control: &Control) -> Result<(), StorageError> {
        let (storage, mine) = (self.bed.testbed.storage(), Space::Private);
        match self.verb {
            Verb::Upload | Verb::UploadInParts => {
                let options = PutOptions { part_size: Some(PART), ..PutOptions::new(IfExists::Fail) };
                storage.put(&mine, &self.to, Body::File(self.file()), options, control).await.map(drop)
            }
            Verb::Download => storage.get_to_file(&mine, &self.from, &self.file(), control).await.map(drop),
            Verb::Copy | Verb::CopyInParts => {
                let options = CopyOptions { part_size: PART, ..CopyOptions::default() };
                storage.copy((&mine, &self.from), (&mine, &self.to), options, control).await.map(drop)
            }
            Verb::Delete => storage.remove(&mine, &self.from).await,
            Verb::DeleteMany => {
                let outcomes = storage.remove_many(&mine, vec![self.from.clone()]).await;
                outcomes.into_iter().try_for_each(|(_, outcome)| outcome)
            }
        }
    }

    /// It is done, byte for byte, and nothing else is there.
    pub async fn is_right(&self, what: &str) {
        self.bed.proxy.mend();
        match self.verb {
            Verb::Upload | Verb::UploadInParts | Verb::Copy | Verb::CopyInParts => {
                assert!(self.stored(&self.to).await == Some(self.bytes.clone()), "{what}: byte for byte");
            }
            Verb::Download => assert!(std::fs::read(self.file()).unwrap() == self.bytes, "{what}: byte for byte"),
            Verb::Delete | Verb::DeleteMany => assert!(self.stored(&self.from).await.is_none(), "{what}: it is gone"),
        }
        let files = std::fs::read_dir(self.bed.folder.path()).unwrap();
        let parts = files.filter(|file| file.as_ref().unwrap().path().extension() != Some("bin".as_ref()));
        assert_eq!(parts.count(), 0, "{what}: no temporary file");
    }

    /// It is not done, and nothing half is there.
    pub async fn has_done_nothing(&self, what: &str) {
        self.bed.proxy.mend();
        match self.verb {
            Verb::Upload | Verb::UploadInParts => assert!(self.stored(&self.to).await.is_none(), "{what}: not there"),
            Verb::Download => assert!(!self.file().exists(), "{what}: no file"),
            Verb::Copy | Verb::CopyInParts => {
                assert!(self.stored(&self.to).await.is_none(), "{what}: no copy");
                assert!(self.stored(&self.from).await == Some(self.bytes.clone()), "{what}: the original is whole");
            }
            Verb::Delete | Verb::DeleteMany => {
                assert!(self.stored(&self.from).await == Some(self.bytes.clone()), "{what}: it is whole");
            }
        }
    }

    async fn stored(&self, key: &Key) -> Option<Vec<u8>> {
        let storage = self.bed.testbed.storage();
        storage.find(&Space::Private, key).await.unwrap()?;
        Some(storage.get(&Space::Private, key, None, &Control::default()).await.unwrap().bytes.to_vec())
    }

    pub fn file(&self) -> PathBuf {
        self.bed.folder.path().join(self.to.as_str())
    }
}

/// Bytes that repeat late, so that a mixed-up part shows.
pub fn content(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect()
}
