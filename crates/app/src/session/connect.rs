//! Connecting a storage: read a configuration, show it, open it; hand an invitation on.

use crate::app::App;
use crate::settings::Connected;
use crate::wire::{AppState, ConnectionForm, ConnectionPreview, Failure, FailureCode, NamedFolder, SetupText};
use amphora_config::{Backend, Form, StorePlace};
use std::path::Path;
use std::sync::PoisonError;

/// Larger files are not read at all: no configuration is this long.
const LONGEST_CONFIG: u64 = 1 << 20;

impl App {
    /// Reads an invitation: the link, or the text of a file that holds it.
    ///
    /// # Errors
    /// It is not an invitation, or lacks something.
    pub fn read_invitation(&self, text: &str) -> Result<ConnectionPreview, Failure> {
        let backend = Backend::from_invitation(text).map_err(|error| Failure::of_config(&error))?;
        Ok(self.preview(backend))
    }

    /// Reads a configuration file that the person chose or dropped; it may also hold an invitation.
    /// The path comes from the window's own dialog or a drop, never from the page.
    ///
    /// # Errors
    /// It cannot be read, is not a configuration, or lacks something.
    pub fn read_config_file(&self, path: &Path) -> Result<ConnectionPreview, Failure> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let meta = std::fs::metadata(path).map_err(|error| Failure::of_io("read", &name, &error))?;
        if meta.is_dir() || meta.len() > LONGEST_CONFIG {
            return Err(Failure::new(
                FailureCode::ConfigUnreadable,
                format!("“{name}” is not a storage configuration."),
                "Choose aws-exports.js, amplifyconfiguration.json or amplify_outputs.json of your team's app.",
            ));
        }
        let bytes = std::fs::read(path).map_err(|error| Failure::of_io("read", &name, &error))?;
        let backend = match std::str::from_utf8(&bytes) {
            Ok(text) if text.trim_start().starts_with("amphora://") => Backend::from_invitation(text),
            _ => Backend::from_file(&name, &bytes),
        };
        Ok(self.preview(backend.map_err(|error| Failure::of_config(&error))?))
    }

    /// Reads the configuration file of a drop.
    ///
    /// # Errors
    /// As [`App::read_config_file`]; or the grant was used.
    pub fn read_dropped_config(&self, grant: &str) -> Result<ConnectionPreview, Failure> {
        let paths = self.grants.take(grant)?;
        let path = paths.first().ok_or_else(Failure::grant_used)?;
        self.read_config_file(path)
    }

    /// Reads the form.
    ///
    /// # Errors
    /// A field is missing or wrong.
    pub fn read_form(&self, form: ConnectionForm) -> Result<ConnectionPreview, Failure> {
        let form = Form {
            name: form.name,
            region: form.region,
            bucket: form.bucket,
            bucket_region: form.bucket_region,
            identity_pool_id: form.identity_pool_id,
            user_pool_id: form.user_pool_id,
            user_pool_client_id: form.user_pool_client_id,
            mandatory_sign_in: form.mandatory_sign_in,
            endpoint: form.endpoint,
        };
        let backend = Backend::from_form(&form).map_err(|error| Failure::of_config(&error))?;
        Ok(self.preview(backend))
    }

    /// Opens a storage that was shown before, without the folders of this computer that its configuration may name:
    /// whoever wrote the file may not be who opens it.
    ///
    /// # Errors
    /// The preview is not known (any more), or the choice cannot be saved.
    pub async fn connect(&self, preview: &str) -> Result<AppState, Failure> {
        let mut backend = self.previewed(preview)?;
        backend.places.retain(|place| place.folder().is_none());
        self.connect_to(backend).await
    }

    /// The same with those folders, which the person saw in the preview and agreed to.
    ///
    /// # Errors
    /// As [`App::connect`].
    pub async fn connect_with_folders(&self, preview: &str) -> Result<AppState, Failure> {
        self.connect_to(self.previewed(preview)?).await
    }

    fn previewed(&self, preview: &str) -> Result<Backend, Failure> {
        let backend = self.previews.lock().unwrap_or_else(PoisonError::into_inner).remove(preview);
        backend.ok_or_else(Failure::grant_used)
    }

    async fn connect_to(&self, backend: Backend) -> Result<AppState, Failure> {
        let _one = self.changing.lock().await;
        self.change_settings(|settings| {
            settings.storage = Some(Connected::Team { backend: Box::new(backend.clone()) });
        })?;
        Ok(self.open(backend, false).await)
    }

    /// Opens the same storage again after it could not be reached.
    pub async fn reconnect(&self) -> AppState {
        let _one = self.changing.lock().await;
        self.reopen().await
    }

    /// Leaves the storage; the sign-in stays in the keychain for the next time.
    ///
    /// # Errors
    /// The choice cannot be saved.
    pub async fn disconnect(&self) -> Result<AppState, Failure> {
        let _one = self.changing.lock().await;
        self.change_settings(|settings| settings.storage = None)?;
        Ok(self.replace_session(None))
    }

    /// A link that connects someone else to this storage: public configuration only.
    ///
    /// # Errors
    /// No storage is connected, or it is the practice storage, which lives on this computer only.
    pub fn invitation(&self) -> Result<String, Failure> {
        let session = self.session()?;
        if session.practice {
            return Err(Failure::new(
                FailureCode::NameNotAllowed,
                "Couldn't make an invitation: the practice storage lives on this computer only.",
                "Connect your team's storage to invite others to it.",
            ));
        }
        Ok(session.backend.invitation())
    }

    /// The documentation's policies or CORS rule, filled in with a bucket's name: the one given, else the connected
    /// storage's, else a placeholder to replace.
    #[must_use]
    pub fn setup_text(&self, what: SetupText, bucket: Option<String>) -> String {
        match (what, bucket.filter(|bucket| !bucket.trim().is_empty())) {
            (SetupText::Cors, _) => amphora_config::cors_rule(),
            (SetupText::Policies, Some(bucket)) => amphora_config::policies(bucket.trim()),
            (SetupText::Policies, None) => {
                let session = self.session_if_any();
                let bucket = session.as_ref().map_or("YOUR-BUCKET", |session| &session.backend.bucket.name);
                amphora_config::policies(bucket)
            }
        }
    }

    fn preview(&self, backend: Backend) -> ConnectionPreview {
        let already_connected = self.session_if_any().is_some_and(|session| session.backend.id() == backend.id());
        let preview = ConnectionPreview {
            id: uuid::Uuid::new_v4().to_string(),
            name: backend.name.clone(),
            host: backend.host(),
            region: backend.bucket.region.clone(),
            bucket: backend.bucket.name.clone(),
            sign_in: backend.user_pool.is_some(),
            guests: !backend.mandatory_sign_in,
            already_connected,
            folders: backend.places.iter().filter_map(named_folder).collect(),
        };
        let mut previews = self.previews.lock().unwrap_or_else(PoisonError::into_inner);
        // One screen shows one preview; a page that asks for thousands fills nothing.
        if previews.len() >= 16 {
            previews.clear();
        }
        previews.insert(preview.id.clone(), backend);
        preview
    }
}

fn named_folder(place: &StorePlace) -> Option<NamedFolder> {
    Some(NamedFolder { name: place.name.clone(), folder: place.folder()?.to_owned() })
}
