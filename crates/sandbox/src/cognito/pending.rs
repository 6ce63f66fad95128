//! Sign-ins that are under way: what was proven so far and what was asked next. In memory, for three minutes.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::RngCore;
use time::{Duration, OffsetDateTime};

use super::fault::{Fault, FaultKind};
use super::login::Login;
use super::srp::Exchange;
use crate::secret::Secret;

/// Cognito's default.
const LIFETIME: Duration = Duration::minutes(3);

/// More than anybody signs in at once; a bound on what a loop of requests can make us remember.
const CAPACITY: usize = 10_000;

/// A question that a sign-in waits for the answer of.
#[derive(Clone)]
pub enum Challenge {
    /// PASSWORD_VERIFIER: nothing is proven yet.
    Password(Box<(Login, Exchange)>),
    /// NEW_PASSWORD_REQUIRED: the temporary password was right.
    NewPassword,
    /// SOFTWARE_TOKEN_MFA: the password was right.
    SoftwareToken,
    /// SMS_MFA: the password was right, and this code was sent.
    Sms(Secret),
    /// SELECT_MFA_TYPE: the password was right.
    SelectFactor,
    /// MFA_SETUP: the password was right. Then the secret that was handed out.
    SetUp(Option<Secret>),
    /// MFA_SETUP: and a first code proved the authenticator app.
    SetUpDone,
}

/// A sign-in under way.
#[derive(Clone)]
pub struct SignIn {
    /// Who signs in: the sub, or that of a user who does not exist.
    pub sub: String,
    /// What was asked.
    pub challenge: Challenge,
}

/// All sign-ins under way, by the text that the client hands back: SECRET_BLOCK or Session.
#[derive(Default)]
pub struct Pending(Mutex<HashMap<String, (OffsetDateTime, SignIn)>>);

impl Pending {
    /// Remembers a sign-in. Returns its Session.
    pub fn insert(&self, sign_in: SignIn, now: OffsetDateTime) -> Result<String, Fault> {
        let mut random = [0u8; 600];
        rand::rng().fill_bytes(&mut random);
        let session = STANDARD.encode(random);
        let mut all = self.lock();
        if all.len() >= CAPACITY {
            all.retain(|_, (until, _)| *until > now);
        }
        if all.len() >= CAPACITY {
            return Err(Fault::new(FaultKind::TooManyRequests, "Too many requests"));
        }
        all.insert(session.clone(), (now + LIFETIME, sign_in));
        Ok(session)
    }

    /// The sign-in of a session, which stays open for another try.
    pub fn get(&self, session: &str, now: OffsetDateTime) -> Result<SignIn, Fault> {
        let mut all = self.lock();
        match all.get(session) {
            Some((until, sign_in)) if *until > now => Ok(sign_in.clone()),
            Some(_) => {
                all.remove(session);
                Err(Fault::new(FaultKind::NotAuthorized, "Invalid session for the user, session is expired."))
            }
            None => Err(Fault::new(FaultKind::NotAuthorized, "Invalid session for the user.")),
        }
    }

    /// Closes a session. `false` if another answer was faster: only one of them may go on.
    pub fn close(&self, session: &str) -> bool {
        self.lock().remove(session).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, (OffsetDateTime, SignIn)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
