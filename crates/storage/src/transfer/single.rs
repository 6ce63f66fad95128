//! One PutObject.

use super::{Told, Upload, etag_is_md5, if_match};
use crate::attributes::with_attributes;
use crate::body::Fault;
use crate::checksum::{Algorithm, told_checksum};
use crate::client::{Attempts, for_sending};
use crate::encryption::with_customer_key;
use crate::error::{ErrorKind, StorageError, cause};
use crate::list::unquoted;
use crate::storage::Target;

impl Upload<'_> {
    pub(super) async fn single(&self, target: &Target, only_new: bool) -> Result<String, StorageError> {
        self.control.run("upload", target.key.as_str(), self.put_object(target, only_new)).await
    }

    async fn put_object(&self, target: &Target, only_new: bool) -> Result<String, StorageError> {
        let algorithm = Algorithm::of_one_request(self.checksum);
        let (fault, attempts) = (Fault::default(), Attempts::of(self.storage));
        let _turn = self.storage.pace().turn(self.lane).await;
        let slice = self.slice(1, 0..self.source.len(), algorithm, &fault);
        let body = slice.to_stream().await.map_err(|error| self.file_error(error, target))?;
        let request = self.storage.client().put_object().bucket(self.storage.bucket()).key(&target.full);
        let request = with_customer_key!(with_attributes!(request, &self.attributes), self.storage);
        let request = request
            .body(body)
            .content_length(i64::try_from(self.source.len()).unwrap_or(i64::MAX))
            .content_type(&self.content_type)
            .checksum_algorithm(algorithm.named())
            .set_if_none_match(only_new.then(|| "*".to_owned()))
            .set_if_match(if_match(only_new, self.replaces.as_deref()));
        let settings = for_sending(self.source.len(), &attempts);
        let error = match request.customize().config_override(settings).send().await {
            Ok(answer) => {
                let (checksum, etag) = (told_checksum!(answer, algorithm), unquoted(answer.e_tag()));
                let etag_is_md5 = etag_is_md5!(answer);
                self.verify(&slice, Told { checksum: checksum.as_deref(), etag: &etag, etag_is_md5 }, target).await?;
                slice.acknowledged();
                return Ok(etag);
            }
            Err(error) => error,
        };
        let conditional = only_new || self.replaces.is_some();
        let refused = conditional && error.raw_response().is_some_and(|answer| answer.status().as_u16() == 412);
        if !refused {
            return Err(self.error(cause(error), &fault, target));
        }
        if attempts.more_than_one()
            && let Some(etag) = self.stored_already(target).await
        {
            slice.acknowledged();
            return Ok(etag);
        }
        let mut cause = cause(error);
        cause.kind = ErrorKind::AlreadyExists;
        Err(StorageError::of(cause, "upload", target.key.as_str()))
    }
}
