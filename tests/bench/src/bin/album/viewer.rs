//! The engine of the window, asked as the window asks it.

use amphora_app::wire::{Filter, Id, Keychain, Level, MediaFilter, PlaceRef, Row, Sort, SortBy, SpaceRef};
use amphora_app::{App, InMemory, NoPractice, Password, PictureRequest, SecretStore, Surroundings};
use amphora_bench::Done;
use amphora_bench::server::PERSON;
use amphora_sandbox::Sandbox;
use futures::{StreamExt, TryStreamExt, stream};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Requests of a page to one place at a time.
const AT_ONCE: usize = 6;
/// The edge of a tile.
const EDGE: u32 = 256;

/// Which picture a tile asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Tile {
    /// The first that can be shown.
    First,
    /// The sharp one.
    Sharp,
}

/// An album that is open.
pub(crate) struct Opened {
    id: Id,
    pub(crate) rows: Vec<Row>,
}

/// Somebody who looks at albums.
pub(crate) struct Viewer {
    app: App,
    folder: PathBuf,
    secrets: Arc<dyn SecretStore>,
}

impl Viewer {
    /// Connects and signs in on a computer that has seen nothing yet.
    pub(crate) async fn new(folder: PathBuf, sandbox: &Sandbox) -> Done<Self> {
        std::fs::create_dir_all(&folder)?;
        let configuration = folder.join("aws-exports.json");
        std::fs::write(&configuration, sandbox.aws_exports_json())?;
        let secrets: Arc<dyn SecretStore> = Arc::new(InMemory::default());
        let app = started(&folder, &secrets).await?;
        let preview = app.read_config_file(&configuration).map_err(|failure| failure.message)?;
        app.connect(&preview.id).await.map_err(|failure| failure.message)?;
        app.sign_in(PERSON.0, Password::new(PERSON.1.to_owned())).await.map_err(|failure| failure.message)?;
        Ok(Self { app, folder, secrets })
    }

    /// Ends the engine and starts it again: only what is on the disk is known.
    pub(crate) async fn restarted(self) -> Done<Self> {
        let Self { app, folder, secrets } = self;
        app.quit().await;
        drop(app);
        let app = started(&folder, &secrets).await?;
        Ok(Self { app, folder, secrets })
    }

    /// Opens an album, the last taken first.
    pub(crate) async fn open(&self, folder: &str) -> Done<Opened> {
        let space = SpaceRef { level: Level::Public, owner: None };
        let place = PlaceRef { space, folder: folder.to_owned() };
        let filter = Filter { text: String::new(), media: MediaFilter::All, album: None };
        let sort = Sort { by: SortBy::Taken, descending: true };
        let opened = self.app.open_listing(place, sort, filter).await.map_err(|failure| failure.message)?;
        if let Some(failure) = opened.failure {
            return Err(failure.message.into());
        }
        let rows = self.app.rows(opened.id, 0, opened.count).map_err(|failure| failure.message)?;
        Ok(Opened { id: opened.id, rows })
    }

    /// Asks what is known of the pictures in view.
    pub(crate) fn facts(&self, album: &Opened, range: &Range<usize>) -> Done<()> {
        let (start, end) = (u32::try_from(range.start)?, u32::try_from(range.end)?);
        self.app.picture_facts(album.id, start, end).map_err(|failure| failure.message)?;
        Ok(())
    }

    /// Asks for tiles until every one has shown a picture.
    pub(crate) async fn tiles(&self, album: &Opened, range: Range<usize>, tile: Tile) -> Done<()> {
        let first = match tile {
            Tile::First => "&first=1",
            Tile::Sharp => "",
        };
        let end = range.end.min(album.rows.len());
        let asked = stream::iter(&album.rows[range.start..end]).map(|row| async move {
            let query = format!("size={EDGE}&v={}{first}", row.etag);
            let request = PictureRequest::parse(&format!("/thumb/public/-/{}", row.key), &query).ok_or("no address")?;
            let served = self.app.picture(&request).await.map_err(|failure| failure.message)?;
            if served.bytes.is_empty() { Err(format!("{} shows nothing", row.key).into()) } else { Done::Ok(()) }
        });
        asked.buffer_unordered(AT_ONCE).try_collect().await
    }
}

/// The engine on a folder.
async fn started(folder: &Path, secrets: &Arc<dyn SecretStore>) -> Done<App> {
    let started = App::new(Surroundings {
        data_folder: folder.join("data"),
        secrets: secrets.clone(),
        keychain: Keychain::Kept,
        practice: Arc::new(NoPractice),
        news: Arc::new(()),
    });
    let app = started.map_err(|failure| failure.message)?;
    app.restore().await;
    Ok(app)
}
