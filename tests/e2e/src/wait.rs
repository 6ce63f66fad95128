//! Waiting for states, never for times.

use std::time::{Duration, Instant};

/// How long any state may take to come; generous, since a busy machine is no failure.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How long between two looks.
const PAUSE: Duration = Duration::from_millis(60);

/// Looks until there is something to see; panics with what was waited for. Tells each wait, so that a failure shows the way to it.
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    eprintln!("waiting for {what}");
    let began = Instant::now();
    loop {
        // A look that never answers is a state that never comes.
        match tokio::time::timeout(PATIENCE.saturating_sub(began.elapsed()), look()).await {
            Ok(Some(seen)) => return seen,
            Ok(None) => tokio::time::sleep(PAUSE).await,
            Err(_) => panic!("waited {} s in vain for {what}", PATIENCE.as_secs()),
        }
    }
}

/// The same for looks that do not wait themselves.
pub(crate) async fn until_now<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    until(what, || std::future::ready(look())).await
}

/// The answer of the window or its driver; panics with what was asked when none comes.
pub(crate) async fn answered<T>(what: &str, asked: impl IntoFuture<Output = T>) -> T {
    let answer = tokio::time::timeout(PATIENCE, asked.into_future()).await;
    answer.unwrap_or_else(|_| panic!("no answer within {} s from {what}", PATIENCE.as_secs()))
}
