//! What a caller holds of a running verb: its progress and the means to stop it.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::error::{ErrorKind, StorageError};

/// How far a transfer is, in bytes of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that went over the wire. Goes back when a part has to be sent again, and reaches `total` only when the
    /// server has acknowledged everything.
    pub loaded: u64,
    /// Of these, what the server has confirmed, part by part, or what is here of a download. It never has to be sent again.
    pub acknowledged: u64,
    /// Bytes in all.
    pub total: u64,
    /// The part that went on, from 1; always 1 where there are no parts.
    pub part: u32,
}

/// Told at every step of a transfer; must be quick.
pub type ProgressFn = Arc<dyn Fn(Progress) + Send + Sync>;

/// Progress and cancellation of one call. The default reports to nobody and never stops.
#[derive(Clone, Default)]
pub struct Control {
    /// Told how far the transfer is.
    pub progress: Option<ProgressFn>,
    /// Stops the call, which then fails with `Cancelled`.
    pub cancel: CancellationToken,
}

impl Control {
    /// Runs until it ends or is stopped.
    pub(crate) async fn run<T>(
        &self,
        action: &'static str,
        object: &str,
        work: impl Future<Output = Result<T, StorageError>>,
    ) -> Result<T, StorageError> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(StorageError::new(ErrorKind::Cancelled, action, object)),
            outcome = work => outcome,
        }
    }
}

impl fmt::Debug for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Control").field("cancelled", &self.cancel.is_cancelled()).finish_non_exhaustive()
    }
}
