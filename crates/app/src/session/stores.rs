//! Places in stores other than the bucket: what the configuration names, opened.

use super::Session;
use crate::wire::{Access, Audience, Failure, FailureCode, Level, PlaceInfo, PlaceVerbs, SpaceRef};
use amphora_config::{Service, StorePlace};
use amphora_storage::{Path, Space, Storage, Verbs};

/// How the owner of such a space begins; no bucket's name has a colon.
const OWNER: &str = "opendal:";

/// A place in another store. One that could not be opened is shown too, and says why when somebody goes there.
pub(super) struct OtherPlace {
    pub info: PlaceInfo,
    storage: Result<Storage, Failure>,
}

/// Opens the stores that a configuration names.
pub(super) fn other_places(places: &[StorePlace]) -> Vec<OtherPlace> {
    places.iter().map(other_place).collect()
}

fn other_place(place: &StorePlace) -> OtherPlace {
    let service = match place.service {
        Service::Fs { .. } => "fs",
        Service::Memory => "memory",
    };
    let owner = format!("{OWNER}{service}/{}", place.name);
    let info = PlaceInfo {
        space: SpaceRef { level: Level::Path, owner: Some(owner.clone()) },
        // Who else reaches a folder or a server, its own rules say, which we do not know.
        audience: Audience::Unknown,
        access: Access::Full,
        verbs: PlaceVerbs { get: true, list: true, write: true, delete: true },
        bucket: place.folder().map(ToOwned::to_owned),
    };
    OtherPlace { info, storage: open(place, &owner) }
}

#[cfg(feature = "opendal")]
fn open(place: &StorePlace, owner: &str) -> Result<Storage, Failure> {
    use amphora_opendal::OpenDalStore;

    let opened = match &place.service {
        Service::Fs { root } => OpenDalStore::folder(root),
        Service::Memory => OpenDalStore::memory(),
    };
    match opened {
        // Two folders of the same name, one after the other, are not the same pictures.
        Ok(store) => {
            Ok(Storage::over(std::sync::Arc::new(store), &format!("{owner} {}", place.folder().unwrap_or_default())))
        }
        Err(error) => Err(Failure::new(
            FailureCode::StorageMissing,
            format!("Couldn't open “{}”: its folder is not there.", place.name),
            "Connect the disk or the network drive that it is on; then connect this storage again.",
        )
        .detail(error.detail)),
    }
}

#[cfg(not(feature = "opendal"))]
fn open(place: &StorePlace, _owner: &str) -> Result<Storage, Failure> {
    Err(Failure::new(
        FailureCode::StorageMissing,
        format!("Couldn't open “{}”: this Amphora was built without places in other stores.", place.name),
        "Use a build with the feature “opendal”.",
    ))
}

impl Session {
    /// The space is in a store other than the storage's own.
    pub(crate) fn is_other_store(&self, space: &SpaceRef) -> bool {
        self.other_place(space).is_some()
    }

    /// The place in another store that a space means, if it means one.
    pub(super) fn other_place(&self, space: &SpaceRef) -> Option<&OtherPlace> {
        self.others.iter().find(|place| place.info.space == *space)
    }
}

impl OtherPlace {
    /// The store, and the one space that it has.
    ///
    /// # Errors
    /// It could not be opened.
    pub fn files(&self) -> Result<(Storage, Space), Failure> {
        let verbs = Verbs { get: true, list: true, write: true, delete: true };
        Ok((self.storage.clone()?, Space::Path(Path { prefix: String::new(), verbs })))
    }
}
