//! The gallery of components in a plain browser: each component in each state looks as it was last looked at and accepted.
//! Compared perceptually, reduced, so that it holds where fonts are drawn a little differently. After a wanted change:
//! `AMPHORA_ACCEPT=1 cargo test -p amphora-e2e gallery`, then look at what changed in tests/e2e/gallery.

use std::fs;
use std::path::{Path, PathBuf};

use amphora_e2e::{Desktop, KeychainService, Window, likeness, pages};
use image::RgbImage;

use crate::journey;

/// Cells that may look different: a caret, a border on the edge of a cell.
const ALIKE: f64 = 0.04;

#[tokio::test]
async fn every_component_looks_as_it_was_accepted() {
    journey("gallery", KeychainService::None, async |desktop: &Desktop| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let built = root.join("../../ui/dist-gallery");
        assert!(built.join("gallery.html").is_file(), "the gallery is built by `npm run gallery` in ui");
        let address = pages::serve(built);
        for theme in ["light", "dark"] {
            let window = Window::browse(desktop, &format!("{address}/gallery.html?theme={theme}")).await;
            window.see("button", "Select a Photo").await;
            for said in [
                "Stored by this component, then read.",
                "Nothing is drawn, and onError was told why.",
                "You're not allowed to upload to this folder.",
                "Nothing to show",
                "The image has been selected",
            ] {
                window.reads(said).await;
            }
            window.settle().await;
            let wide = window.script(TOO_WIDE, vec![]).await;
            assert_eq!(wide, serde_json::json!([]), "nothing sticks out of its frame");
            let pictures = window.pictures("figure").await;
            assert!(pictures.len() > 20, "every component is there");
            let mut other = Vec::new();
            for (name, picture) in &pictures {
                other.extend(other_than_accepted(root, (name, theme), picture));
            }
            assert!(other.is_empty(), "these look different; see tests/e2e/shots: {other:#?}");
            window.leave().await;

            // The driver pictures no page under a dialog; how the dialog looks is held by the journeys of the window.
            let window = Window::browse(desktop, &format!("{address}/gallery.html?theme={theme}&show=question")).await;
            window.see("alertdialog", "Upload 1 item to Public?").await;
            window.leave().await;
        }
    })
    .await;
}

/// How a picture differs from what was accepted under this name and theme, if it does. Where it is to be accepted, it is.
fn other_than_accepted(root: &Path, (name, theme): (&str, &str), picture: &RgbImage) -> Option<String> {
    let now = likeness::reduced(picture);
    let file = accepted(&root.join("gallery"), name, theme);
    if std::env::var_os("AMPHORA_ACCEPT").is_some() {
        now.save(&file).expect("the folder is ours");
        return None;
    }
    let was = image::open(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())).into_rgb8();
    let difference = likeness::difference(&was, &now);
    if difference <= ALIKE {
        return None;
    }
    picture.save(root.join("shots").join(file.file_name().expect("it has a name"))).ok();
    Some(format!("{name} ({theme}): {:.0} % of it", difference * 100.0))
}

/// Frames whose content is wider than they are.
const TOO_WIDE: &str = "return [...document.querySelectorAll('figure')]
    .filter((figure) => figure.lastElementChild.scrollWidth > figure.lastElementChild.clientWidth + 1)
    .map((figure) => figure.ariaLabel);";

fn accepted(folder: &Path, name: &str, theme: &str) -> PathBuf {
    fs::create_dir_all(folder).expect("the checkout can be written");
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    folder.join(format!("{plain}-{theme}.png").to_lowercase())
}
