//! Turns a space (a level and whose it is, or a path) into an S3 prefix. Does no I/O. Rules: Amplify Storage 1.x,
//! `customPrefix`; for paths Amplify Storage 6.

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
    /// A path of a backend with rules of its own, in place of the levels (Gen 2).
    Path(Path),
}

/// What all keys of a place begin with, and what may be done there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// For example `media/`.
    pub prefix: String,
    /// What the rules grant; anything else is refused before a request.
    pub verbs: Verbs,
}

/// What rules grant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Verbs {
    /// Reading content.
    pub get: bool,
    /// Seeing what is there.
    pub list: bool,
    /// Adding and replacing.
    pub write: bool,
    /// Deleting.
    pub delete: bool,
}

/// What somebody is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    List,
    Write,
    Delete,
}

impl Verbs {
    pub(crate) fn allow(self, verb: Verb) -> bool {
        match verb {
            Verb::Get => self.get,
            Verb::List => self.list,
            Verb::Write => self.write,
            Verb::Delete => self.delete,
        }
    }
}

impl Space {
    /// Why this may not be done here, as far as it is known without asking the server.
    pub(crate) fn refusal(&self, verb: Verb, me: Option<&IdentityId>) -> Option<&'static str> {
        match self {
            Self::Protected(Owner::Person(person)) if matches!(verb, Verb::Write | Verb::Delete) => {
                (Some(person) != me).then_some("another person's files can be read, not changed")
            }
            Self::Path(path) if !path.verbs.allow(verb) => Some(match verb {
                Verb::Get => "the rules of this place do not let you open its files",
                Verb::List => "the rules of this place do not let you see what is in it",
                Verb::Write => "the rules of this place do not let you add to it",
                Verb::Delete => "the rules of this place do not let you delete from it",
            }),
            _ => None,
        }
    }
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
            Space::Path(path) => return Ok(path.prefix.clone()),
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

    #[test]
    fn a_path_is_its_own_prefix_and_grants_its_verbs_only() {
        let path = Path { prefix: "media/".to_owned(), verbs: Verbs { get: true, list: true, ..Verbs::default() } };
        let space = Space::Path(path);
        assert_eq!(Prefixes::default().of(&space, None).unwrap(), "media/");
        assert_eq!(space.refusal(Verb::Get, None), None);
        assert_eq!(space.refusal(Verb::List, None), None);
        assert!(space.refusal(Verb::Write, None).unwrap().contains("add"));
        assert!(space.refusal(Verb::Delete, None).unwrap().contains("delete"));
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
