//! `amphora-cli`: the window's engine without a window, for scripts and servers.

mod address;
mod arguments;
mod commands;
mod copying;
mod output;

use amphora_app::wire::{Failure, FailureCode, Keychain, Mail};
use amphora_app::{App, IDENTIFIER, InMemory, News, NewsSink, OsKeychain, Password, Practice, PracticeStorage};
use amphora_app::{SecretStore, Surroundings, data_folder};
use arguments::{Arguments, What};
use async_trait::async_trait;
use clap::{CommandFactory, Parser};
use output::Output;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::OFF).init();
    let arguments = Arguments::parse();
    if let What::Completions { shell } = arguments.what {
        clap_complete::generate(shell, &mut Arguments::command(), "amphora-cli", &mut std::io::stdout());
        return ExitCode::SUCCESS;
    }
    let output = Output { json: arguments.common.json };
    match run(&arguments, &output).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(end) => {
            output.failed(&end);
            ExitCode::from(end.code())
        }
    }
}

async fn run(arguments: &Arguments, output: &Output) -> Result<(), End> {
    let (secrets, keychain): (Arc<dyn SecretStore>, _) = match OsKeychain::open(IDENTIFIER).await {
        Ok(keychain) => (Arc::new(keychain), Keychain::Kept),
        Err(_) => (Arc::new(InMemory::default()), Keychain::ThisRunOnly),
    };
    let app = App::new(Surroundings {
        data_folder: data_folder(),
        secrets,
        keychain,
        practice: Arc::new(InTheWindow),
        news: Arc::new(Nobody),
    })?;
    let done = commands::run(&app, arguments, output).await;
    app.quit().await;
    done
}

/// Why a command did not do all of it.
#[derive(Debug)]
pub enum End {
    /// The engine's own reason.
    Failure(Box<Failure>),
    /// The command line was not meant like this.
    Usage(String),
    /// Some of it failed or waits for an answer, and each was told.
    Partly,
}

impl End {
    /// 1 partly, 2 usage, 3 sign in first, 4 not there, 5 not allowed, 6 the name is taken, 7 no connection, 8 the window
    /// is open, 9 anything else.
    fn code(&self) -> u8 {
        let failure = match self {
            Self::Partly => return 1,
            Self::Usage(_) => return 2,
            Self::Failure(failure) => failure,
        };
        match failure.code {
            FailureCode::NeedsAccount
            | FailureCode::SignedOut
            | FailureCode::WrongPassword
            | FailureCode::WrongCode
            | FailureCode::CodeExpired
            | FailureCode::NotConfirmed
            | FailureCode::PasswordTooWeak => 3,
            FailureCode::NotFound | FailureCode::StorageMissing => 4,
            FailureCode::AccessDenied => 5,
            FailureCode::AlreadyExists | FailureCode::AccountExists => 6,
            FailureCode::Offline | FailureCode::Throttled | FailureCode::ClockSkew => 7,
            FailureCode::BusyElsewhere => 8,
            FailureCode::ConfigUnreadable
            | FailureCode::ConfigIncomplete
            | FailureCode::NameNotAllowed
            | FailureCode::PatternUnreadable => 2,
            FailureCode::ChangedMeanwhile
            | FailureCode::LocalFile
            | FailureCode::DiskFull
            | FailureCode::Cancelled
            | FailureCode::TooLarge
            | FailureCode::NotAPicture
            | FailureCode::GrantUsed
            | FailureCode::Unexpected => 9,
        }
    }
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        Self::Failure(Box::new(failure))
    }
}

/// Nothing is shown, so nobody needs to hear of changes.
struct Nobody;

impl NewsSink for Nobody {
    fn tell(&self, _news: News) {}
}

/// The practice storage runs while the window is open.
struct InTheWindow;

#[async_trait]
impl PracticeStorage for InTheWindow {
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
