//! Signing in and out, creating accounts, codes and passwords.

use crate::app::App;
use crate::wire::{AppState, ChallengeAnswer, CodeChannel, CodeDelivery, Failure, FailureCode, SignInStep, SignUpStep};
use amphora_auth::{Answer, Auth, AuthError, Channel, Password, SignInStep as Step};

impl App {
    /// Signs in; the password is gone from memory when this returns.
    ///
    /// # Errors
    /// Wrong password, no connection, …
    pub async fn sign_in(&self, username: &str, password: Password) -> Result<SignInStep, Failure> {
        let auth = self.session()?.auth.clone();
        let step = auth.sign_in(username.trim(), password).await;
        self.after(step.map_err(|error| Failure::of_auth("sign in", &error))?).await
    }

    /// Answers a sign-in that asked for more.
    ///
    /// # Errors
    /// Wrong code, a password that is too weak, no sign-in under way, …
    pub async fn answer_challenge(&self, answer: ChallengeAnswer) -> Result<SignInStep, Failure> {
        let auth = self.session()?.auth.clone();
        let answer = match answer {
            ChallengeAnswer::NewPassword { password } => Answer::NewPassword(Password::new(password)),
            ChallengeAnswer::Code { code } => Answer::Code(code.trim().to_owned()),
        };
        let step = auth.answer(answer).await;
        self.after(step.map_err(|error| Failure::of_auth("sign in", &error))?).await
    }

    /// Creates an account.
    ///
    /// # Errors
    /// The name is taken, the password too weak, …
    pub async fn sign_up(&self, username: &str, email: &str, password: Password) -> Result<SignUpStep, Failure> {
        let step = self.session()?.auth.sign_up(username.trim(), email.trim(), password).await;
        let step = step.map_err(|error| Failure::of_auth("create the account", &error))?;
        Ok(SignUpStep { confirmed: step.confirmed, delivery: step.delivery.map(delivery) })
    }

    /// Confirms a new account with the code that was sent.
    ///
    /// # Errors
    /// Wrong or old code, …
    pub async fn confirm_sign_up(&self, username: &str, code: &str) -> Result<(), Failure> {
        let done = self.session()?.auth.confirm_sign_up(username.trim(), code.trim()).await;
        done.map_err(|error| Failure::of_auth("confirm the account", &error))
    }

    /// Sends the code again.
    ///
    /// # Errors
    /// Too many tries, …
    pub async fn resend_code(&self, username: &str) -> Result<CodeDelivery, Failure> {
        let sent = self.session()?.auth.resend_code(username.trim()).await;
        sent.map(delivery).map_err(|error| Failure::of_auth("send the code again", &error))
    }

    /// Sends a code for choosing another password.
    ///
    /// # Errors
    /// Too many tries, …
    pub async fn forgot_password(&self, username: &str) -> Result<CodeDelivery, Failure> {
        let sent = self.session()?.auth.forgot_password(username.trim()).await;
        sent.map(delivery).map_err(|error| Failure::of_auth("send a code", &error))
    }

    /// Chooses another password with that code.
    ///
    /// # Errors
    /// Wrong code, a password that is too weak, …
    pub async fn reset_password(&self, username: &str, code: &str, password: Password) -> Result<(), Failure> {
        let done = self.session()?.auth.reset_password(username.trim(), code.trim(), password).await;
        done.map_err(|error| Failure::of_auth("change the password", &error))
    }

    /// Signs out; goes on as a guest where the storage takes guests.
    ///
    /// # Errors
    /// The keychain refuses to forget the sign-in.
    pub async fn sign_out(&self) -> Result<AppState, Failure> {
        let _one = self.changing.lock().await;
        let session = self.session()?;
        // What runs as this person stops, and waits in line for them, before the person is gone.
        session.over.cancel();
        self.transfers.owner_changed();
        let out = session.auth.sign_out().await;
        let auth = session.auth.clone();
        let guest = self.guest(&auth).await;
        // Signed out in this run also when the keychain refuses to forget: then that is told.
        let state = self.change_identity(&session, guest);
        self.pictures.forget(session.private_scopes()).await;
        out.map(|()| state).map_err(|error| Failure::of_auth("sign out", &error))
    }

    /// The guest identity, where the storage takes guests.
    async fn guest(&self, auth: &Auth) -> Option<amphora_auth::Identity> {
        let log = |error: &AuthError| tracing::info!(%error, "no guest here");
        auth.guest().await.inspect_err(log).ok()
    }

    pub(crate) async fn after(&self, step: Step) -> Result<SignInStep, Failure> {
        Ok(match step {
            Step::Done(identity) => {
                let _one = self.changing.lock().await;
                let session = self.session()?;
                // Another storage was opened, or somebody signed out, while this sign-in was under way.
                if session.auth.identity().as_ref() != Some(&identity) {
                    return Err(Failure::new(FailureCode::Cancelled, "The sign-in was stopped.", "Sign in again."));
                }
                SignInStep::Done { state: Box::new(self.change_identity(&session, Some(identity))) }
            }
            Step::NewPassword => SignInStep::NewPassword,
            Step::Code { channel } => SignInStep::Code { channel: code_channel(channel) },
            Step::SetUpTotp { secret, uri } => SignInStep::SetUpTotp { secret, uri },
            Step::ConfirmFirst => SignInStep::ConfirmFirst,
        })
    }
}

fn code_channel(channel: Channel) -> CodeChannel {
    match channel {
        Channel::Sms => CodeChannel::Sms,
        Channel::Totp => CodeChannel::Totp,
        Channel::Email => CodeChannel::Email,
    }
}

fn delivery(sent: amphora_auth::CodeDelivery) -> CodeDelivery {
    CodeDelivery { medium: sent.medium, destination: sent.destination }
}
