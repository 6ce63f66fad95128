//! The files that the practice storage starts with: pictures painted in code and a few notes. Always the same bytes.

mod canvas;
mod coast;
mod encode;
mod land;
mod notes;
mod posters;
mod terrain;

use SampleLevel::{Private, Protected, Public};
use encode::{photo, png, turned_photo};
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
    sample("Summer 2026/harbour_at_dawn.jpg", Private, || photo(&coast::harbour_at_dawn(), "2026:07:18 05:41:00")),
    sample("Summer 2026/hills_at_dusk.jpg", Private, || photo(&land::hills_at_dusk(), "2026:07:18 21:12:00")),
    sample("Summer 2026/lighthouse.jpg", Private, || photo(&coast::lighthouse(), "2026:07:19 23:04:00")),
    sample("Summer 2026/city_at_night.jpg", Private, || photo(&land::city_at_night(), "2026:08:02 23:30:00")),
    sample("Summer 2026/first_snow.jpg", Private, || photo(&land::first_snow(), "2026:08:14 09:15:00")),
    sample("Summer 2026/evening from the ferry.jpg", Private, || {
        turned_photo(&coast::evening_from_the_ferry(), "2026:07:19 20:48:00")
    }),
    sample("Exhibition/tides.jpg", Protected, || photo(&posters::tides(), "2026:05:03 11:00:00")),
    sample("Exhibition/circles.jpg", Protected, || photo(&posters::circles(), "2026:05:03 11:20:00")),
    sample("Exhibition/dunes.jpg", Protected, || photo(&posters::dunes(), "2026:05:04 16:05:00")),
    sample("Welcome/balloons.jpg", Public, || photo(&land::balloons(), "2026:06:21 18:30:00")),
    sample("Welcome/under_the_stars.jpg", Public, || photo(&land::under_the_stars(), "2026:06:21 23:55:00")),
    sample("Welcome/amphora.png", Public, || png(&posters::amphora())),
];

const fn sample(path: &'static str, level: SampleLevel, paint: fn() -> Vec<u8>) -> Painting {
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
    fn photos_say_when_they_were_taken_so_that_an_album_has_days() {
        let samples = sample_files();
        let taken = |sample: &Sample| amphora_thumbs::facts(&sample.bytes).taken.map(|taken| taken.clock);
        for sample in samples.iter().filter(|sample| sample.path.ends_with(".jpg")) {
            assert!(taken(sample).is_some(), "{}", sample.path);
        }
        let dawn = samples.iter().find(|sample| sample.path.ends_with("harbour_at_dawn.jpg")).unwrap();
        let by_its_clock = time::macros::datetime!(2026-07-18 05:41 UTC).unix_timestamp() * 1000;
        assert_eq!(taken(dawn), Some(by_its_clock));
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
