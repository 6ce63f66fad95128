//! The stores that a configuration can name.

use opendal::Operator;
use opendal::services::{Fs, Memory};

use crate::OpenDalStore;
use crate::trouble;
use amphora_storage::StoreError;

impl OpenDalStore {
    /// A folder of this computer, or of what is mounted on it. It must be there already: an empty folder in place of a disk
    /// that is not plugged in would take uploads that nobody finds again.
    ///
    /// # Errors
    /// `NotFound`: there is no such folder.
    pub fn folder(root: &str) -> Result<Self, StoreError> {
        if !std::path::Path::new(root).is_dir() {
            let detail = "the folder of this place is not there".to_owned();
            return Err(StoreError { kind: amphora_storage::ErrorKind::NotFound, detail });
        }
        Operator::new(Fs::default().root(root)).map(Self::new).map_err(|error| trouble::kind(&error))
    }

    /// Memory of this process: forgotten with the session.
    ///
    /// # Errors
    /// None that is known; the store's builder may have some.
    pub fn memory() -> Result<Self, StoreError> {
        Operator::new(Memory::default()).map(Self::new).map_err(|error| trouble::kind(&error))
    }
}
