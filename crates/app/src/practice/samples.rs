//! The files that the practice storage starts with: pictures painted in code and a few notes. Always the same bytes.

mod canvas;
mod coast;
mod encode;
mod land;
mod notes;
mod posters;
mod terrain;

use SampleLevel::{Private, Protected, Public};
use encode::{jpeg, png, turned_jpeg};
use std::thread;

/// A sample file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Its key inside the space.
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Where it belongs.
    pub level: SampleLevel,
}

/// The level that a sample is put at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleLevel {
    /// Only the practice account sees it.
    Private,
    /// Everyone sees it, the practice account changes it.
    Protected,
    /// Everyone sees and changes it.
    Public,
}

/// A picture to be painted.
struct Painting {
    path: &'static str,
    level: SampleLevel,
    paint: fn() -> Vec<u8>,
}

const PAINTINGS: [Painting; 12] = [
    photo("Summer 2026/harbour_at_dawn.jpg", Private, || jpeg(&coast::harbour_at_dawn())),
    photo("Summer 2026/hills_at_dusk.jpg", Private, || jpeg(&land::hills_at_dusk())),
    photo("Summer 2026/lighthouse.jpg", Private, || jpeg(&coast::lighthouse())),
    photo("Summer 2026/city_at_night.jpg", Private, || jpeg(&land::city_at_night())),
    photo("Summer 2026/first_snow.jpg", Private, || jpeg(&land::first_snow())),
    photo("Summer 2026/evening from the ferry.jpg", Private, || turned_jpeg(&coast::evening_from_the_ferry())),
    photo("Exhibition/tides.jpg", Protected, || jpeg(&posters::tides())),
    photo("Exhibition/circles.jpg", Protected, || jpeg(&posters::circles())),
    photo("Exhibition/dunes.jpg", Protected, || jpeg(&posters::dunes())),
    photo("Welcome/balloons.jpg", Public, || jpeg(&land::balloons())),
    photo("Welcome/under_the_stars.jpg", Public, || jpeg(&land::under_the_stars())),
    photo("Welcome/amphora.png", Public, || png(&posters::amphora())),
];

const fn photo(path: &'static str, level: SampleLevel, paint: fn() -> Vec<u8>) -> Painting {
    Painting { path, level, paint }
}

/// Paints and writes all sample files. Takes about a second without optimisation: call it off the async threads.
#[must_use]
pub fn sample_files() -> Vec<Sample> {
    let mut files: Vec<_> = thread::scope(|scope| {
        let painters: Vec<_> = PAINTINGS.iter().map(|painting| scope.spawn(|| painted(painting))).collect();
        painters.into_iter().map(|painter| painter.join().expect("paint and brushes never fail")).collect()
    });
    files.extend(notes::NOTES.iter().map(|&(path, content_type, level, text)| Sample {
        path,
        content_type,
        bytes: text.into(),
        level,
    }));
    files
}

fn painted(painting: &Painting) -> Sample {
    let &Painting { path, level, paint } = painting;
    let content_type = if path.ends_with(".png") { "image/png" } else { "image/jpeg" };
    Sample { path, content_type, bytes: paint(), level }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn samples_are_the_same_every_time_and_every_picture_opens() {
        let samples = sample_files();
        assert_eq!(samples, sample_files(), "a second run gives the same bytes");
        let pictures = samples.iter().filter(|sample| sample.content_type.starts_with("image/"));
        let shapes: HashSet<_> = pictures
            .map(|sample| {
                let image = image::load_from_memory(&sample.bytes).expect(sample.path);
                assert!(image.width().max(image.height()) >= 700, "{} is large enough to look at", sample.path);
                (image.width(), image.height())
            })
            .collect();
        assert!(shapes.len() >= 8, "an album of one shape shows little: {shapes:?}");
    }

    #[test]
    fn every_level_has_something_to_show_and_no_path_comes_twice() {
        let samples = sample_files();
        for level in [SampleLevel::Private, SampleLevel::Protected, SampleLevel::Public] {
            assert!(samples.iter().any(|sample| sample.level == level), "{level:?}");
        }
        let paths: HashSet<_> = samples.iter().map(|sample| sample.path).collect();
        assert_eq!(paths.len(), samples.len());
    }

    #[test]
    fn one_picture_lies_on_its_side_and_says_so() {
        let samples = sample_files();
        let ferry = samples.iter().find(|sample| sample.path.contains("ferry")).unwrap();
        let stored = image::load_from_memory(&ferry.bytes).unwrap();
        assert!(stored.width() > stored.height(), "stored as the sensor lies");
        let shown = amphora_thumbs::thumbnail(&ferry.bytes, 256).unwrap();
        assert!(shown.height > shown.width, "shown upright");
    }
}
