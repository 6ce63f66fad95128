//! Levels by their names, and prefixes other than the usual ones. Rules: Amplify Storage 1.x, `level` and `customPrefix`.

use std::str::FromStr;

use crate::category::CategoryError;
use crate::space::Prefixes;

/// Who can see what is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Everyone reads and changes.
    #[default]
    Public,
    /// Everyone reads, the owner changes.
    Protected,
    /// Only the owner.
    Private,
}

impl FromStr for Level {
    type Err = CategoryError;

    /// Amplify takes any other word for `public`; that makes a typing error readable to everyone, so it is refused.
    fn from_str(text: &str) -> Result<Self, CategoryError> {
        match text {
            "public" => Ok(Self::Public),
            "protected" => Ok(Self::Protected),
            "private" => Ok(Self::Private),
            _ => Err(CategoryError::UnknownLevel(text.to_owned())),
        }
    }
}

/// Prefixes in place of the usual ones; `None` is the usual one. Taken whole: a call's replaces the configured one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomPrefix {
    /// In place of `public/`; empty is the bucket's root.
    pub public: Option<String>,
    /// In place of `protected/`.
    pub protected: Option<String>,
    /// In place of `private/`.
    pub private: Option<String>,
}

impl CustomPrefix {
    /// With the usual ones where there is no other.
    pub fn prefixes(self) -> Prefixes {
        let usual = Prefixes::default();
        Prefixes {
            public: self.public.unwrap_or(usual.public),
            protected: self.protected.unwrap_or(usual.protected),
            private: self.private.unwrap_or(usual.private),
        }
    }
}
