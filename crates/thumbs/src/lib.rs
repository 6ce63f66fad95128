//! Picture bytes to thumbnail bytes, and their cache on disk. Knows no network, no desktop and no storage.
//!
//! Everything that comes in is hostile: the kind is told by the bytes and not by the name, memory is counted before it
//! is taken, and what cannot be shown ends as [`NoPreview`]. What goes out is always encoded anew, without metadata.

mod animation;
mod budget;
mod cache;
mod colour;
mod decoder;
mod encode;
mod facts;
mod jpeg;
mod kind;
mod location;
mod memory;
mod no_preview;
mod orientation;
mod picture;
mod pixels;
mod preview;
mod raster;
mod raw;
mod render;
mod shot;
mod shrunk;
#[cfg(any(test, feature = "specimens"))]
pub mod specimens;
mod svg;
mod wanted;
mod webp;

pub use cache::{Cache, CacheKey};
pub use decoder::Decoder;
pub use encode::encode_rgb;
pub use facts::{Facts, HEAD_BYTES, Taken, facts};
pub use kind::{Kind, kind_of};
pub use location::{
    Edit, NotCleaned, PlaceStays, has_location, is_movie, movie_edits, movie_tells_place, without_location,
};
pub use no_preview::NoPreview;
pub use picture::{PLAIN_TEXT, Picture};
pub use preview::{FirstLook, Frame, Previews, first_look};
pub use render::{display, original, thumbnail};
pub use shot::{Shot, shot};
pub use shrunk::shrunk;
