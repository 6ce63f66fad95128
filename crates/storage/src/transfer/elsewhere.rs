//! Sends a content to a store that is not S3, in one go.

use bytes::Bytes;
use futures::stream::{self, StreamExt};

use super::Upload;
use crate::body::Fault;
use crate::error::{ErrorKind, StorageError};
use crate::pace::Way;
use crate::storage::Target;
use crate::store::{Content, Store};

/// What one read of the content takes from the disk.
const PIECE: usize = 256 * 1024;

impl Upload<'_> {
    /// Sends the content to a store, piece by piece. A store keeps nothing of a content that was not whole.
    pub(super) async fn send_to_store(
        &self,
        store: &dyn Store,
        target: &Target,
        only_new: bool,
    ) -> Result<String, StorageError> {
        let fault = Fault::default();
        let _turn = self.storage.pace().turn(self.lane).await;
        let pieces = stream::try_unfold(0, |at| {
            let fault = fault.clone();
            async move { self.piece(at).await.inspect_err(|error| fault.put(error.kind().into())) }
        });
        let content = Content { bytes: pieces.boxed(), content_type: &self.content_type, only_new };
        let kept = store.write(&target.full, content).await;
        if self.control.cancel.is_cancelled() && kept.is_err() {
            return Err(StorageError::new(ErrorKind::Cancelled, "upload", target.key.as_str()));
        }
        kept.map_err(|error| self.error(error.into(), &fault, target))
    }

    async fn piece(&self, at: u64) -> std::io::Result<Option<(Bytes, u64)>> {
        if self.control.cancel.is_cancelled() {
            return Err(std::io::ErrorKind::Interrupted.into());
        }
        let left = self.source.len() - at;
        if left == 0 {
            // The last look is before the content counts as whole.
            let unchanged = self.source.is_unchanged().await;
            return if unchanged { Ok(None) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) };
        }
        let piece = left.min(self.storage.pace().piece(PIECE) as u64);
        self.storage.pace().go(Way::Up, piece).await;
        let bytes = self.source.read(at, piece as usize).await?;
        let len = bytes.len() as u64;
        self.meter.add(1, len);
        Ok(Some((bytes, at + len)))
    }
}
