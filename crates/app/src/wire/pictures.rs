//! What is known of pictures beside their rows, and the sections of an album.

use super::{Id, Millis};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What the file of a picture says of it. Only of pictures that were looked at, here or on an earlier visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PictureFacts {
    /// Of which row.
    pub id: u32,
    /// Pixels of the picture as it is looked at; none where the file does not say it in its beginning.
    pub size: Option<PictureSize>,
    /// When it was taken, by the clock of the camera: milliseconds from 1970-01-01 00:00 to that reading, so format it
    /// **as UTC**, wherever the window is.
    pub taken: Option<Millis>,
    /// Minutes that the camera's time was ahead of UTC, where it said so.
    pub utc_offset: Option<i16>,
    /// It tells where it was taken.
    pub has_location: bool,
    /// The longest edge of what `thumb` shows at once, without fetching the whole file; 0 where that shows nothing.
    pub first_look: u32,
}

/// How a picture was taken, as its camera wrote it, without units. What it did not write is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PictureShot {
    /// Maker and model.
    pub camera: Option<String>,
    /// The lens.
    pub lens: Option<String>,
    /// Seconds: `1/250`, `2.5`.
    pub exposure: Option<String>,
    /// The f-number: `2.8`.
    pub aperture: Option<String>,
    /// By ISO 12232.
    pub sensitivity: Option<u32>,
    /// Millimetres.
    pub focal_length: Option<String>,
    /// Where it was taken: `33.8600° S, 151.2000° E`.
    pub place: Option<String>,
}

/// Pixels across and down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PictureSize {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

/// Pictures of a listing were looked at. Rows stay where they are until sections are asked for again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PicturesNews {
    /// Of which listing.
    pub listing: Id,
    /// What was learned, some hundred at the most.
    pub facts: Vec<PictureFacts>,
    /// The order by date taken is another one now.
    pub order_changed: bool,
}

/// How an album is cut into sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AlbumBy {
    /// A section a day.
    Day,
    /// A section a month.
    Month,
    /// A section a year.
    Year,
}

/// A listing as sections, in the order of its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AlbumSections {
    /// The listing's revision that the positions belong to.
    pub revision: Id,
    /// Rows of the listing: all sections together.
    pub count: u32,
    /// Pictures that nobody looked at yet. They stand at the time when they were stored.
    pub unseen: u32,
    /// The sections, without gaps.
    pub sections: Vec<AlbumSection>,
}

/// Neighbouring rows of one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AlbumSection {
    /// `2026-07-14`, `2026-07` or `2026`; `folders`; `none` for what has no date; `all` in an order without time.
    pub id: String,
    /// Position of its first row.
    pub start: u32,
    /// How many rows.
    pub count: u32,
    /// Of these, pictures.
    pub pictures: u32,
    /// Videos.
    pub videos: u32,
    /// Texts.
    pub texts: u32,
    /// The widths of its tiles together when each is 100 high: what a justified layout needs to tell its height. A tile
    /// whose size is not known counts as a square.
    pub widths: u32,
}
