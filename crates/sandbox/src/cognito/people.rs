//! What the sandbox itself does with accounts, without a client: making users, ending their sign-ins.

use super::attributes::Attribute;
use super::fault::Fault;
use super::password;
use super::pool::Pool;
use super::refresh_tokens;
use super::sign_up;
use super::srp::Verifier;
use super::users::{self, Status};

/// How long a password that the sandbox sets is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordKind {
    /// Until it is changed.
    Permanent,
    /// For the first sign-in, which must replace it (NEW_PASSWORD_REQUIRED).
    Temporary,
}

/// Makes a user with a verified address, or gives the one that is there this password. Ends no sign-in and changes
/// nothing when the user already has the password.
pub fn ensure(pool: &Pool, name: &str, email: &str, password: &str, kind: PasswordKind) -> Result<(), Fault> {
    password::check(password)?;
    let pool_name = pool.installation.pool_name();
    let status = match kind {
        PasswordKind::Permanent => Status::Confirmed,
        PasswordKind::Temporary => Status::ForceChangePassword,
    };
    match pool.store.read(|connection| users::find(connection, name))? {
        // A temporary password that was replaced stays replaced when the sandbox starts again.
        Some(user) if kind == PasswordKind::Temporary && user.status == Status::Confirmed => Ok(()),
        Some(user) if user.status == status && user.verifier.fits(pool_name, &user.sub, password) => Ok(()),
        Some(user) => {
            let verifier = Verifier::of_password(pool_name, &user.sub, password);
            pool.store.change(|transaction| {
                users::update(transaction, &user.sub, |user| {
                    user.verifier = verifier;
                    user.status = status;
                    Ok(())
                })?;
                refresh_tokens::revoke_all(transaction, &user.sub)
            })?;
            pool.passwords.succeeded(&user.sub);
            Ok(())
        }
        None => {
            let attributes = vec![Attribute { name: "email".into(), value: email.to_owned() }];
            let mut user = sign_up::new_user(pool, name, attributes, password)?;
            user.status = status;
            let made = pool.store.change(|transaction| {
                users::insert(transaction, &user)?;
                users::claim_alias(transaction, &user.sub, email, users::Taken::Refuse)
            });
            // Somebody else may have made the user since we looked: then it is there, and gets this password.
            if made.is_err() && pool.store.read(|connection| users::find(connection, name))?.is_some() {
                return ensure(pool, name, email, password, kind);
            }
            made
        }
    }
}

/// Ends every sign-in of a user, as an administrator would.
pub fn revoke(pool: &Pool, name: &str) -> Result<(), Fault> {
    pool.store.change(|transaction| match users::find(transaction, name)? {
        Some(user) => refresh_tokens::revoke_all(transaction, &user.sub),
        None => Err(Fault::invalid(format!("There is no user called {name}."))),
    })
}
