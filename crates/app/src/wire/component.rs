//! What the components ask for: picked files, putting them or bytes under a key, how that ended.

use super::{Audience, ByteSize, Consent, Failure, Id, PhotoChoices, PhotosFound, SpaceRef};
use serde::{Deserialize, Serialize};
use specta::Type;

/// One file that the person picked for a component. Holds no path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PickedFile {
    /// The right to read it, until it is put somewhere or many others were picked.
    pub grant: String,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: ByteSize,
    /// Its media type by its name, as a browser tells it; empty where the name says nothing.
    #[serde(rename = "type")]
    pub media_type: String,
}

/// What the dialog of a picker offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PickOptions {
    /// The dialog's title.
    pub title: String,
    /// Media types as in HTML: `image/*`, `text/plain,.md`. A hint only.
    pub accept: String,
    /// More than one file may be picked.
    pub several: bool,
}

/// Where a component puts something, and as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PutTo {
    /// The space.
    pub space: SpaceRef,
    /// The key inside it.
    pub key: String,
    /// The content type; none is guessed from the name.
    pub content_type: Option<String>,
    /// What the person said to others reading it.
    pub consent: Consent,
    /// Takes the place of what has the key. Only for the content of a component's own key.
    pub replace: bool,
    /// What was chosen for photos; none where nobody was asked.
    pub photos: Option<PhotoChoices>,
    /// The key is the component's own: a photo goes there also where its content lies under another name.
    pub own_key: bool,
}

/// The answer to putting something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum PutAnswer {
    /// It is there.
    Stored {
        /// Its key.
        key: String,
    },
    /// It is in the queue.
    Queued {
        /// Names the transfer.
        transfer: Id,
    },
    /// Others could read or change it: ask first. The right to read the file is still good.
    NeedsConsent {
        /// Who could.
        audience: Audience,
    },
    /// There are photos among the files that others could see: ask what becomes of them. The right to read them is still good.
    NeedsChoices {
        /// Who could read or change them, where that is still to be agreed to as well.
        audience: Option<Audience>,
        /// What was found.
        found: PhotosFound,
        /// What is chosen unless the person says otherwise.
        choices: PhotoChoices,
    },
}

/// How a queued file stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum PutEnd {
    /// Not over: under way, in line, paused, or waiting for an answer.
    UnderWay,
    /// It is there.
    Stored {
        /// Its key; another than was asked for when both were kept.
        key: String,
    },
    /// It is not there.
    Failed {
        /// Why.
        failure: Failure,
    },
}
