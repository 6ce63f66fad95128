//! What the application does beside the commands: it tells news, reads folders, looks at pictures. Ends with it.

use crate::app::App;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long a quitting application waits for what is under way.
const QUIT_WITHIN: Duration = Duration::from_secs(5);

/// Tasks that hold the application, and with it the data folder, while they run.
#[derive(Debug, Default)]
pub(crate) struct Background {
    /// The application ends.
    pub over: CancellationToken,
    pub tasks: TaskTracker,
}

impl Background {
    async fn end(&self) {
        self.over.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

impl App {
    /// Stops everything that runs, because the application ends, and waits until it has cleaned up behind itself, at the
    /// most a few seconds. Then the data folder is held by the clones of this value only: it is free as soon as they are
    /// dropped.
    pub async fn quit(&self) {
        if let Some(session) = self.session_if_any() {
            session.over.cancel();
        }
        self.transfers.stop_all();
        self.transfers.tasks.close();
        let stopped = async {
            self.shut_door().await;
            self.transfers.tasks.wait().await;
            // Last, because what ends is told.
            self.background.end().await;
        };
        if tokio::time::timeout(QUIT_WITHIN, stopped).await.is_err() {
            tracing::warn!("something was still stopping when the application ended");
            self.background.over.cancel();
        }
        self.transfers.lock().queue.commit();
        self.activities.flush().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[tokio::test]
    async fn the_end_waits_for_whoever_still_holds_something() {
        let (background, held) = (Background::default(), Arc::new(()));
        let (over, mine) = (background.over.clone(), held.clone());
        background.tasks.spawn(async move {
            over.cancelled().await;
            // What is under way is not cut off in its middle.
            tokio::task::spawn_blocking(move || drop(mine)).await.unwrap();
        });
        background.end().await;
        assert_eq!(Arc::strong_count(&held), 1);
    }
}
