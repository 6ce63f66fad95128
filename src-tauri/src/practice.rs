//! The embedded sandbox as the application's practice storage.

use amphora_app::wire::{Id, Mail, Millis};
use amphora_app::{Password, Practice, PracticeStorage};
use amphora_sandbox::{Options, Sandbox};
use async_trait::async_trait;
use std::path::Path;
use std::sync::{OnceLock, PoisonError, RwLock};
use tokio::sync::Mutex;
use tokio::sync::broadcast::{self, error::RecvError};

/// The account that practice starts with.
const ACCOUNT: (&str, &str) = ("practice", "practice@example.com");

/// Runs in this process; the application speaks to it over loopback.
#[derive(Default)]
pub struct EmbeddedSandbox {
    starting: Mutex<()>,
    running: OnceLock<Sandbox>,
    letters: RwLock<Option<broadcast::Sender<Mail>>>,
}

#[async_trait]
impl PracticeStorage for EmbeddedSandbox {
    async fn start(&self, folder: &Path) -> Result<Practice, String> {
        let _one = self.starting.lock().await;
        if self.running.get().is_none() {
            let sandbox = Sandbox::start(Options::new(folder)).await.map_err(|error| error.to_string())?;
            self.forward(&sandbox);
            if self.running.set(sandbox).is_err() {
                return Err("started twice".to_owned());
            }
        }
        let sandbox = self.running()?;
        let letters = self.letters.read().unwrap_or_else(PoisonError::into_inner);
        let letters = letters.as_ref().ok_or("no letters")?.subscribe();
        Ok(Practice { config: sandbox.aws_exports_json().into_bytes(), letters })
    }

    async fn account(&self) -> Result<(String, Password), String> {
        let (name, email) = ACCOUNT;
        // Random for this one sign-in, and kept nowhere. The prefix satisfies the pool's rules.
        let password = format!("Aa1{}", uuid::Uuid::new_v4());
        self.running()?.ensure_user(name, email, &password).await.map_err(|error| error.to_string())?;
        Ok((name.to_owned(), Password::new(password)))
    }

    async fn mail(&self) -> Result<Vec<Mail>, String> {
        let letters = self.running()?.outbox().await.map_err(|error| error.to_string())?;
        Ok(letters.into_iter().map(letter).collect())
    }
}

impl EmbeddedSandbox {
    fn running(&self) -> Result<&Sandbox, String> {
        self.running.get().ok_or_else(|| "not started".to_owned())
    }

    fn forward(&self, sandbox: &Sandbox) {
        let send = broadcast::Sender::new(16);
        *self.letters.write().unwrap_or_else(PoisonError::into_inner) = Some(send.clone());
        let mut arriving = sandbox.subscribe_outbox();
        tokio::spawn(async move {
            loop {
                match arriving.recv().await {
                    // Nobody listening is no loss: the letters are also asked for.
                    Ok(mail) => drop(send.send(letter(mail))),
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        });
    }
}

fn letter(mail: amphora_sandbox::cognito::Mail) -> Mail {
    let at = Millis::from(std::time::SystemTime::from(mail.at));
    Mail { id: Id(u64::try_from(mail.id).unwrap_or_default()), to: mail.to, subject: mail.subject, code: mail.code, at }
}
