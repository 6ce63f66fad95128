//! Users as the command line names them: `NAME:PASSWORD[:temporary]`.

use std::str::FromStr;

use crate::error::{Error, Result};
use crate::secret::Secret;

/// A user to be made.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// What they sign in with.
    pub name: String,
    /// Their password.
    pub password: Secret,
    /// Whether it must be replaced at the first sign-in.
    pub temporary: bool,
}

impl NewUser {
    /// The address of the user: the name where it is one, else made of it.
    pub fn email(&self) -> String {
        if self.name.contains('@') { self.name.clone() } else { format!("{}@example.com", self.name) }
    }

    /// One user a line; empty lines and lines that begin with `#` are left out.
    pub fn parse_lines(text: &str) -> Result<Vec<Self>> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.map(str::parse).collect()
    }
}

impl FromStr for NewUser {
    type Err = Error;

    /// The password may contain colons: the name ends at the first one.
    fn from_str(text: &str) -> Result<Self> {
        let (name, rest) = text.split_once(':').unwrap_or((text, ""));
        let (password, temporary) = match rest.strip_suffix(":temporary") {
            Some(password) => (password, true),
            None => (rest, false),
        };
        if name.is_empty() || password.is_empty() {
            // The text itself may hold a password: it is not repeated.
            return Err(Error::Invalid(
                "Couldn't read a user: write NAME:PASSWORD or NAME:PASSWORD:temporary.".to_owned(),
            ));
        }
        Ok(Self { name: name.to_owned(), password: Secret::new(password), temporary })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_read_and_passwords_not_shown() {
        let users = NewUser::parse_lines("# practice\n\nann:Pa:ss1!\nbob@x.org:Secret1!:temporary\n").unwrap();
        assert_eq!((users[0].name.as_str(), users[0].password.reveal(), users[0].temporary), ("ann", "Pa:ss1!", false));
        assert_eq!(users[0].email(), "ann@example.com");
        assert_eq!((users[1].email().as_str(), users[1].temporary), ("bob@x.org", true));
        assert!(!format!("{users:?}").contains("Secret1!"));
        assert!("nobody".parse::<NewUser>().is_err() && ":x".parse::<NewUser>().is_err());
    }
}
