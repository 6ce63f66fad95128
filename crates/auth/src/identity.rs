//! Who somebody is to the storage.

/// A guest or a person, with the id that their prefixes are named after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Guest or person.
    pub kind: IdentityKind,
    /// Cognito's identity id, `REGION:UUID`: the part of S3 keys that says whose a file is.
    pub identity_id: String,
}

/// Guest or person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentityKind {
    /// Nobody in particular.
    Guest,
    /// Somebody with an account.
    Person {
        /// The account's name.
        username: String,
        /// Their address, where the pool tells it.
        email: Option<String>,
        /// The user pool's groups that they are in.
        groups: Vec<String>,
    },
}
