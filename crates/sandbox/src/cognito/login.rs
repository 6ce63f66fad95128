//! Who a name at the door is. A name that nobody has gets a person all the same, imagined and always the same, so that
//! the answers do not tell who has an account.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::fault::Fault;
use super::pool::Pool;
use super::srp::Verifier;
use super::users::{self, User};

/// Somebody who wants in.
#[derive(Clone)]
pub struct Login {
    /// USER_ID_FOR_SRP: the sub. It enters the password's hash, whatever name was typed.
    pub user_id: String,
    /// What the password is checked with.
    pub verifier: Verifier,
    /// The user; `None` when imagined.
    pub user: Option<User>,
}

impl Login {
    /// Finds, or imagines, the person called `name`.
    pub fn find(pool: &Pool, name: &str) -> Result<Self, Fault> {
        if name.is_empty() {
            return Err(Fault::missing("USERNAME"));
        }
        Ok(match pool.store.read(|connection| users::find(connection, name))? {
            Some(user) => Self { user_id: user.sub.clone(), verifier: user.verifier.clone(), user: Some(user) },
            None => Self::imagine(pool.installation.imagination.reveal(), name),
        })
    }

    fn imagine(secret: &str, name: &str) -> Self {
        let dream = |what: &str| -> [u8; 32] {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
            mac.update(what.as_bytes());
            mac.update(users::fold(name).as_bytes());
            mac.finalize().into_bytes().into()
        };
        let half = |bytes: [u8; 32]| -> [u8; 16] { std::array::from_fn(|index| bytes[index]) };
        Self {
            user_id: uuid::Builder::from_random_bytes(half(dream("id:"))).into_uuid().to_string(),
            verifier: Verifier::imagined(half(dream("salt:")), &dream("verifier:")),
            user: None,
        }
    }
}

/// An address that a code would have gone to, had `name` an account: the same each time.
pub fn imagined_address(pool: &Pool, name: &str) -> String {
    if name.contains('@') {
        return users::fold(name);
    }
    let id = Login::imagine(pool.installation.imagination.reveal(), name).user_id;
    let letter = |index: usize| id.as_bytes().get(index).map_or('a', |byte| char::from(b'a' + byte % 26));
    format!("{}@{}", letter(0), letter(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_imagined_user_is_the_same_each_time_and_in_every_case() {
        let (first, again) = (Login::imagine("secret", "Nobody"), Login::imagine("secret", "nobody"));
        assert_eq!(first.user_id, again.user_id);
        assert_eq!(first.verifier.salt_hex(), again.verifier.salt_hex());
        assert_eq!(uuid::Uuid::parse_str(&first.user_id).unwrap().get_version_num(), 4, "as a real sub");
        assert_ne!(first.user_id, Login::imagine("secret", "somebody").user_id);
        assert_ne!(first.user_id, Login::imagine("other", "nobody").user_id);
    }
}
