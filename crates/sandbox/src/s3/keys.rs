//! Gives s3s the secret key to an access key, while its session lives.

use s3s::auth::{S3Auth, SecretKey};
use s3s::{S3Result, s3_error};

use crate::clock::Clock;
use crate::session::Sessions;

/// The sessions, as s3s asks for them.
pub struct Keys {
    sessions: Sessions,
    clock: Clock,
}

impl Keys {
    /// Keys of `sessions` that are not over by `clock`.
    pub fn new(sessions: Sessions, clock: Clock) -> Self {
        Self { sessions, clock }
    }
}

#[async_trait::async_trait]
impl S3Auth for Keys {
    async fn get_secret_key(&self, access_key: &str) -> S3Result<SecretKey> {
        let session = self.sessions.look_up(access_key).ok_or_else(|| {
            s3_error!(InvalidAccessKeyId, "The AWS access key ID you provided does not exist in our records.")
        })?;
        if self.clock.now() >= session.expires_at {
            return Err(s3_error!(ExpiredToken, "The provided token has expired."));
        }
        Ok(SecretKey::from(session.secret_access_key.reveal()))
    }
}
