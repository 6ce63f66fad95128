//! The gallery of components in a plain browser: each component in each state looks as it was last looked at and accepted.
//! Compared perceptually, reduced, so that it holds where fonts are drawn a little differently. After a wanted change:
//! `AMPHORA_ACCEPT=1 cargo test -p amphora-e2e gallery`, then look at what changed in tests/e2e/gallery.

use std::fs;
use std::path::{Path, PathBuf};

use amphora_e2e::{Desktop, KeychainService, Window, likeness, pages};

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
            window.reads("Stored by this component, then read.").await;
            window.settle().await;
            let wide = window.script(TOO_WIDE, vec![]).await;
            assert_eq!(wide, serde_json::json!([]), "nothing sticks out of its frame");
            let pictures = window.pictures("figure").await;
            assert!(pictures.len() > 20, "every component is there");
            let mut other = Vec::new();
            for (name, picture) in &pictures {
                let now = likeness::reduced(picture);
                let file = accepted(&root.join("gallery"), name, theme);
                if std::env::var_os("AMPHORA_ACCEPT").is_some() {
                    now.save(&file).expect("the folder is ours");
                    continue;
                }
                let was = image::open(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())).into_rgb8();
                let difference = likeness::difference(&was, &now);
                if difference > ALIKE {
                    picture.save(root.join("shots").join(file.file_name().expect("it has a name"))).ok();
                    other.push(format!("{name} ({theme}): {:.0} % of it", difference * 100.0));
                }
            }
            assert!(other.is_empty(), "these look different; see tests/e2e/shots: {other:#?}");
            window.leave().await;
        }
    })
    .await;
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
