//! Proves a password without sending it: Secure Remote Password, as Cognito does it (`USER_SRP_AUTH`).

use super::challenge::{self, Progress, Reply};
use crate::config::UserPool;
use crate::error::{Action, AuthError, AuthErrorKind};
use crate::password::Password;
use crate::pools::Pools;
use crate::refused::refused;
use aws_cognito_srp::{SrpClient, SrpError, User, VerificationParameters};
use aws_sdk_cognitoidentityprovider::types::{AuthFlowType, ChallengeNameType};
use std::collections::HashMap;

const ACTION: Action = Action::SignIn;

/// Begins a sign-in.
pub(crate) async fn begin(pools: &Pools, username: &str, password: Password) -> Result<Progress, AuthError> {
    let pool = pools.user_pool(ACTION)?;
    if username.is_empty() || password.reveal().is_empty() {
        return Err(AuthError::new(ACTION, AuthErrorKind::WrongPassword));
    }
    match prove(pools, pool, username, password).await {
        Ok(reply) => challenge::progress(pools, username.to_owned(), reply).await,
        Err(error) if error.kind() == AuthErrorKind::NotConfirmed => Ok(Progress::ConfirmFirst),
        Err(error) => Err(error),
    }
}

async fn prove(pools: &Pools, pool: &UserPool, username: &str, password: Password) -> Result<Reply, AuthError> {
    if !pool.id.contains('_') {
        return Err(AuthError::new(ACTION, AuthErrorKind::PoolMissing).with_detail("the pool id has no underscore"));
    }
    let user = User::new(&pool.id, username, password.reveal());
    let client_id = pool.client_id.clone();
    // Powers of 3,072-bit numbers: too long for a thread that serves others.
    let (client, a) = off_thread(move || {
        let client = SrpClient::new(user, &client_id, None);
        let a = client.get_auth_parameters().a;
        (client, a)
    })
    .await?;
    let opened = pools
        .clients
        .people
        .initiate_auth()
        .auth_flow(AuthFlowType::UserSrpAuth)
        .client_id(&pool.client_id)
        .auth_parameters("USERNAME", username)
        .auth_parameters("SRP_A", a)
        .send()
        .await
        .map_err(|error| refused(ACTION, &pools.clock, error))?;
    if opened.challenge_name != Some(ChallengeNameType::PasswordVerifier) {
        return Ok(Reply::from(opened));
    }
    let asked = opened.challenge_parameters.unwrap_or_default();
    // The name that the server hashes, which is not the typed one if that is an address or another alias.
    let user_id = parameter(&asked, "USER_ID_FOR_SRP")?;
    let name = asked.get("USERNAME").cloned().unwrap_or_else(|| user_id.clone());
    let (salt, b) = (parameter(&asked, "SALT")?, parameter(&asked, "SRP_B")?);
    let block = parameter(&asked, "SECRET_BLOCK")?;
    let proof: VerificationParameters =
        off_thread(move || client.verify(&block, &user_id, &salt, &b)).await?.map_err(cannot_prove)?;
    let answered = pools
        .clients
        .people
        .respond_to_auth_challenge()
        .challenge_name(ChallengeNameType::PasswordVerifier)
        .client_id(&pool.client_id)
        .set_session(opened.session)
        .challenge_responses("USERNAME", name)
        .challenge_responses("PASSWORD_CLAIM_SECRET_BLOCK", proof.password_claim_secret_block)
        .challenge_responses("PASSWORD_CLAIM_SIGNATURE", proof.password_claim_signature)
        .challenge_responses("TIMESTAMP", proof.timestamp)
        .send()
        .await
        .map_err(|error| refused(ACTION, &pools.clock, error))?;
    Ok(Reply::from(answered))
}

fn parameter(asked: &HashMap<String, String>, name: &str) -> Result<String, AuthError> {
    asked.get(name).cloned().ok_or_else(|| {
        AuthError::new(ACTION, AuthErrorKind::Unexpected).with_detail(format!("the challenge has no {name}"))
    })
}

fn cannot_prove(error: SrpError) -> AuthError {
    AuthError::new(ACTION, AuthErrorKind::Unexpected).with_source(error)
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AuthError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| AuthError::new(ACTION, AuthErrorKind::Cancelled).with_source(error))
}
