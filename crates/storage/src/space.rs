//! Turns a space (a level and whose it is) into an S3 prefix. Does no I/O. Rules: Amplify Storage 1.x, `customPrefix`.

use std::fmt;

/// A person's or guest's id in the identity pool, `REGION:UUID`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdentityId(String);

impl IdentityId {
    /// The id as Cognito gave it.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdentityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whose protected files.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The identity that the storage was opened with.
    Me,
    /// Another identity; its files can be read, not changed.
    Person(IdentityId),
}

/// Where files are kept, and so who can read them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Space {
    /// Everyone reads and changes.
    Public,
    /// Everyone reads, the owner changes.
    Protected(Owner),
    /// Only the owner.
    Private,
}

/// The three levels' prefixes. The identity id and a slash follow the protected and the private one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefixes {
    /// Usually `public/`; empty is the bucket's root.
    pub public: String,
    /// Usually `protected/`.
    pub protected: String,
    /// Usually `private/`.
    pub private: String,
}

impl Default for Prefixes {
    fn default() -> Self {
        Self { public: "public/".to_owned(), protected: "protected/".to_owned(), private: "private/".to_owned() }
    }
}

/// A space of one's own was asked for without an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a private or protected space needs an identity")]
pub struct NoIdentity;

impl Prefixes {
    /// The prefix of a space: plain concatenation, no slash logic, no encoding.
    ///
    /// # Errors
    /// The space is one's own, and there is no identity.
    pub fn of(&self, space: &Space, me: Option<&IdentityId>) -> Result<String, NoIdentity> {
        let (prefix, owner) = match space {
            Space::Public => return Ok(self.public.clone()),
            Space::Protected(Owner::Person(person)) => (&self.protected, Some(person)),
            Space::Protected(Owner::Me) => (&self.protected, me),
            Space::Private => (&self.private, me),
        };
        // An empty id would make `private//`, which is nobody's.
        let owner = owner.filter(|id| !id.0.is_empty()).ok_or(NoIdentity)?;
        Ok(format!("{prefix}{owner}/"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(text: &str) -> IdentityId {
        IdentityId::new(text)
    }

    #[test]
    fn each_space_has_amplifys_prefix() {
        let prefixes = Prefixes::default();
        let me = id("us-east-1:me");
        let of = |space| prefixes.of(&space, Some(&me)).unwrap();
        assert_eq!(of(Space::Public), "public/");
        assert_eq!(of(Space::Protected(Owner::Me)), "protected/us-east-1:me/");
        assert_eq!(of(Space::Protected(Owner::Person(id("us-east-1:you")))), "protected/us-east-1:you/");
        assert_eq!(of(Space::Private), "private/us-east-1:me/");
    }

    #[test]
    fn a_space_of_ones_own_needs_an_identity() {
        let prefixes = Prefixes::default();
        assert_eq!(prefixes.of(&Space::Public, None).unwrap(), "public/");
        for me in [None, Some(&id(""))] {
            assert_eq!(prefixes.of(&Space::Private, me), Err(NoIdentity));
            assert_eq!(prefixes.of(&Space::Protected(Owner::Me), me), Err(NoIdentity));
        }
        assert_eq!(prefixes.of(&Space::Protected(Owner::Person(id(""))), Some(&id("a"))), Err(NoIdentity));
    }

    proptest! {
        #[test]
        fn prefix_and_key_are_joined_as_they_are_and_come_apart_again(
            public in "\\PC{0,20}", protected in "\\PC{0,20}", private in "\\PC{0,20}",
            me in "[a-z0-9-]{1,12}:[0-9a-f-]{1,36}", key in any::<String>(),
        ) {
            let prefixes = Prefixes { public: public.clone(), protected: protected.clone(), private: private.clone() };
            let me = id(&me);
            for (space, expected) in [
                (Space::Public, public.clone()),
                (Space::Protected(Owner::Me), format!("{protected}{me}/")),
                (Space::Private, format!("{private}{me}/")),
            ] {
                let prefix = prefixes.of(&space, Some(&me)).unwrap();
                prop_assert_eq!(&prefix, &expected);
                let full = format!("{prefix}{key}");
                prop_assert_eq!(full.strip_prefix(&prefix), Some(key.as_str()));
            }
        }
    }
}
