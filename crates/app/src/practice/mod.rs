//! The practice storage: started on demand, spoken to over loopback as any other, filled once with sample files.

mod samples;

use crate::app::App;
use crate::news::News;
use crate::session::Session;
use crate::settings::Connected;
use crate::wire::{AppState, Failure, FailureCode, Mail};
use amphora_auth::{Auth, Identity, Password, SignInStep};
use amphora_config::Backend;
use amphora_storage::{Body, Control, ErrorKind, IfExists, Key, Owner, PutOptions, Space, Storage};
use async_trait::async_trait;
use samples::{SampleLevel, sample_files};
use std::path::Path;
use std::sync::atomic::Ordering;
use tokio::sync::broadcast::{self, error::RecvError};

/// Starts and speaks for the embedded sandbox. The window gives the real one; `app` itself knows no sandbox.
#[async_trait]
pub trait PracticeStorage: Send + Sync {
    /// Starts it on this folder, or says where the running one is.
    async fn start(&self, folder: &Path) -> Result<Practice, String>;
    /// Sets a new random password for the practice account and tells it, for one sign-in.
    async fn account(&self) -> Result<(String, Password), String>;
    /// The letters that sign-ups "sent", newest first.
    async fn mail(&self) -> Result<Vec<Mail>, String>;
}

/// Where there is none: it runs while the window is open.
pub struct NoPractice;

#[async_trait]
impl PracticeStorage for NoPractice {
    async fn start(&self, _folder: &Path) -> Result<Practice, String> {
        Err("the practice storage runs in the window only".to_owned())
    }

    async fn account(&self) -> Result<(String, Password), String> {
        Err("the practice storage runs in the window only".to_owned())
    }

    async fn mail(&self) -> Result<Vec<Mail>, String> {
        Ok(Vec::new())
    }
}

/// A running practice storage.
pub struct Practice {
    /// Its `aws-exports` as JSON.
    pub config: Vec<u8>,
    /// News of its letters.
    pub letters: broadcast::Receiver<Mail>,
}

impl App {
    /// "Try it on this computer": starts the practice storage, fills it once, signs in as the practice account.
    ///
    /// # Errors
    /// It cannot start.
    pub async fn start_practice(&self) -> Result<AppState, Failure> {
        let backend = self.practice_backend().await?;
        let _one = self.changing.lock().await;
        let auth = self.auth(&backend);
        let identity = self.practice_identity(&auth).await?;
        let session = Session::new(backend, true, auth, Some(identity), &self.pace);
        // Filled before it is shown: the first look is a folder with pictures in it.
        if !self.settings().practice_filled {
            fill(session.storage()?).await?;
        }
        self.change_settings(|settings| {
            settings.storage = Some(Connected::Practice);
            settings.practice_filled = true;
        })?;
        Ok(self.replace_session(Some(session)))
    }

    /// Signs in as the practice account.
    ///
    /// # Errors
    /// The connected storage is not the practice storage, or it fails.
    pub async fn practice_sign_in(&self) -> Result<AppState, Failure> {
        let _one = self.changing.lock().await;
        let session = self.session()?;
        if !session.practice {
            return Err(Failure::not_connected());
        }
        let identity = self.practice_identity(&session.auth).await?;
        Ok(self.change_identity(&session, Some(identity)))
    }

    async fn practice_identity(&self, auth: &Auth) -> Result<Identity, Failure> {
        let (username, password) = self.practice.account().await.map_err(did_not_start)?;
        match auth.sign_in(&username, password).await {
            Ok(SignInStep::Done(identity)) => Ok(identity),
            Ok(_) => Err(did_not_start("the practice account was asked for more than a password")),
            Err(error) => Err(Failure::of_auth("sign in to the practice storage", &error)),
        }
    }

    /// The letters of the practice storage, newest first; none elsewhere.
    ///
    /// # Errors
    /// The practice storage does not answer.
    pub async fn practice_mail(&self) -> Result<Vec<Mail>, Failure> {
        if self.session_if_any().is_none_or(|session| !session.practice) {
            return Ok(Vec::new());
        }
        self.practice.mail().await.map_err(did_not_start)
    }

    pub(crate) async fn practice_backend(&self) -> Result<Backend, Failure> {
        let practice = self.practice.start(&self.data.join("practice")).await.map_err(did_not_start)?;
        if !self.passing_letters.swap(true, Ordering::SeqCst) {
            self.forward_letters(practice.letters);
        }
        let mut backend = Backend::from_file("aws-exports.json", &practice.config)
            .map_err(|error| did_not_start(error.to_string()))?;
        backend.name = "Practice storage".to_owned();
        Ok(backend)
    }

    fn forward_letters(&self, mut letters: broadcast::Receiver<Mail>) {
        let news = self.news.clone();
        tokio::spawn(async move {
            loop {
                match letters.recv().await {
                    Ok(mail) => news.tell(News::Mail(mail)),
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        });
    }
}

async fn fill(storage: &Storage) -> Result<(), Failure> {
    let files = tokio::task::spawn_blocking(sample_files).await.map_err(|error| did_not_start(error.to_string()))?;
    for file in files {
        let space = match file.level {
            SampleLevel::Private => Space::Private,
            SampleLevel::Protected => Space::Protected(Owner::Me),
            SampleLevel::Public => Space::Public,
        };
        let key = Key::parse(file.path).map_err(|error| Failure::of_storage(&error))?;
        let options =
            PutOptions { content_type: Some(file.content_type.to_owned()), ..PutOptions::new(IfExists::Fail) };
        let stored = storage.put(&space, &key, Body::Bytes(file.bytes.into()), options, &Control::default()).await;
        match stored {
            // There already, and perhaps edited since.
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(Failure::of_storage(&error)),
            _ => {}
        }
    }
    Ok(())
}

fn did_not_start(reason: impl Into<String>) -> Failure {
    Failure::new(
        FailureCode::Unexpected,
        "Couldn't start the practice storage.",
        "Close other Amphora windows, check that the disk is not full, and try again.",
    )
    .detail(reason)
}
