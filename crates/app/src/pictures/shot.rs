//! How one picture was taken, for the panel beside it: read from the beginning of its file when somebody asks.

use crate::app::App;
use crate::wire::{Failure, PictureShot, SpaceRef};
use amphora_storage::{Control, Key};
use amphora_thumbs::{HEAD_BYTES, Shot};

impl App {
    /// What the camera wrote of a picture. Nothing of it is kept.
    ///
    /// # Errors
    /// It is not there, or this account may not read it.
    pub async fn picture_shot(&self, space: &SpaceRef, key: &str) -> Result<PictureShot, Failure> {
        let session = self.session()?;
        let ((storage, space), key) = (session.files(space)?, Key::parse(key));
        let key = key.map_err(|error| Failure::of_storage(&error))?;
        let head = storage.get(&space, &key, Some(0..HEAD_BYTES), &Control::default()).await;
        let head = head.map_err(|error| Failure::of_storage(&error))?;
        if session.over.is_cancelled() {
            return Err(Failure::listing_closed());
        }
        Ok(told(amphora_thumbs::shot(&head.bytes)))
    }
}

fn told(shot: Shot) -> PictureShot {
    let Shot { camera, lens, exposure, aperture, sensitivity, focal_length, place } = shot;
    PictureShot { camera, lens, exposure, aperture, sensitivity, focal_length, place: place.map(written) }
}

/// Four digits behind the point are some ten metres.
fn written((north, east): (f64, f64)) -> String {
    let (latitude, longitude) = (if north < 0.0 { 'S' } else { 'N' }, if east < 0.0 { 'W' } else { 'E' });
    format!("{:.4}° {latitude}, {:.4}° {longitude}", north.abs(), east.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_with_its_sides() {
        assert_eq!(written((-33.86, 151.2)), "33.8600° S, 151.2000° E");
        assert_eq!(written((47.375, -8.5)), "47.3750° N, 8.5000° W");
    }
}
