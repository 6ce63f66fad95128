//! `amphora-cli`: the window's engine without a window, for scripts and servers.

mod arguments;
mod lines;
mod output;
mod own;
mod request;

use amphora_app::script::{End, Holder, Request};
use amphora_app::wire::{FailureCode, Keychain};
use amphora_app::{App, IDENTIFIER, InMemory, NoPractice, OsKeychain, SecretStore, Surroundings, data_folder};
use arguments::{Arguments, What};
use clap::{CommandFactory, Parser};
use output::Output;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a holder of the data folder may be on its way: its door is not open yet, or it is about to end.
const HOLDER_WITHIN: Duration = Duration::from_secs(5);
/// How often it is tried meanwhile.
const TRY_EVERY: Duration = Duration::from_millis(50);

/// A request of the SDK makes some hundred small allocations: glibc's allocator needs a fifth more of the processor's time for
/// many small files. Jemalloc does not build with Microsoft's tools.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::OFF).init();
    let arguments = Arguments::parse();
    if let What::Completions { shell } = arguments.what {
        clap_complete::generate(shell, &mut Arguments::command(), "amphora-cli", &mut std::io::stdout());
        return ExitCode::SUCCESS;
    }
    let output = Output::new(arguments.common.json);
    let done = run(&arguments, &output).await;
    output.end();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(end) => {
            output.failed(&end);
            ExitCode::from(code_of(&end))
        }
    }
}

/// Has the holder of the data folder do it, or becomes the holder.
async fn run(arguments: &Arguments, output: &Output) -> Result<(), End> {
    let request = request::request_of(arguments)?;
    let as_whom = request::as_whom(arguments)?;
    let begun = Instant::now();
    loop {
        let holder = Holder::of(&data_folder()).await;
        // Who signs in or connects needs the folder for itself: there is nothing to wait for while somebody works with it.
        let waits = request.is_some() || holder.is_none();
        if let (Some(request), Some(holder)) = (&request, holder)
            && let Some(end) = holder.ask(&as_whom, request, &|told| lines::print(output, &told)).await
        {
            return end;
        }
        match hold().await {
            Ok(app) => return do_it(&app, arguments, request, output).await,
            Err(End::Failure(failure))
                if waits && failure.code == FailureCode::BusyElsewhere && begun.elapsed() < HOLDER_WITHIN =>
            {
                tokio::time::sleep(TRY_EVERY).await;
            }
            Err(end) => return Err(end),
        }
    }
}

async fn hold() -> Result<App, End> {
    let (secrets, keychain): (Arc<dyn SecretStore>, _) = match OsKeychain::open(IDENTIFIER).await {
        Ok(keychain) => (Arc::new(keychain), Keychain::Kept),
        Err(_) => (Arc::new(InMemory::default()), Keychain::ThisRunOnly),
    };
    Ok(App::new(Surroundings {
        data_folder: data_folder(),
        secrets,
        keychain,
        practice: Arc::new(NoPractice),
        news: Arc::new(()),
    })?)
}

async fn do_it(app: &App, arguments: &Arguments, request: Option<Request>, output: &Output) -> Result<(), End> {
    let done = own::run(app, arguments, request, output).await;
    app.quit().await;
    done
}

/// 1 partly, 2 usage, 3 sign in first, 4 not there, 5 not allowed, 6 the name is taken, 7 no connection, 8 another process
/// holds the data folder and does not do this, 9 anything else.
fn code_of(end: &End) -> u8 {
    let failure = match end {
        End::Partly => return 1,
        End::Usage(_) => return 2,
        End::Failure(failure) => failure,
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
        | FailureCode::LocationStays
        | FailureCode::GrantUsed
        | FailureCode::Unexpected => 9,
    }
}
