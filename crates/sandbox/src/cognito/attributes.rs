//! The attributes of a user: which names there are, which values they take, and who may write them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fault::{Fault, FaultKind};

/// A user's attributes by name, without `sub`.
pub type Attributes = BTreeMap<String, String>;

/// One attribute on the wire.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Attribute {
    /// `email`, `custom:team`.
    pub name: String,
    /// Always text.
    #[serde(default)]
    pub value: String,
}

/// OpenID Connect Core 1.0, section 5.1, as far as Cognito lets clients write them.
const WRITABLE: [&str; 17] = [
    "address",
    "birthdate",
    "email",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "updated_at",
    "website",
    "zoneinfo",
];

/// Checks attributes that a client wants to write.
pub fn check(wanted: Vec<Attribute>) -> Result<Attributes, Fault> {
    let mut checked = Attributes::new();
    for Attribute { name, value } in wanted {
        if matches!(name.as_str(), "sub" | "email_verified" | "phone_number_verified" | "identities") {
            let message = "A client attempted to write unauthorized attribute";
            return Err(Fault::new(FaultKind::NotAuthorized, message));
        }
        let custom = name.strip_prefix("custom:").is_some_and(|rest| !rest.is_empty() && rest.len() <= 20);
        if !custom && !WRITABLE.contains(&name.as_str()) {
            let message = format!("Attributes did not conform to the schema: Type for attribute {{{name}}} unknown");
            return Err(Fault::invalid(message));
        }
        if value.len() > 2048 {
            let message =
                format!("Attributes did not conform to the schema: {name}: String must be no longer than 2048");
            return Err(Fault::invalid(message));
        }
        match name.as_str() {
            "email" if !looks_like_email(&value) => return Err(Fault::invalid("Invalid email address format.")),
            "phone_number" if !looks_like_phone(&value) => return Err(Fault::invalid("Invalid phone number format.")),
            _ => {}
        }
        checked.insert(name, value);
    }
    Ok(checked)
}

/// One `@` with something on both sides, no spaces.
pub fn looks_like_email(text: &str) -> bool {
    let no_space = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let parts =
        text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'));
    no_space && parts && text.len() <= 320
}

/// E.164: `+` and up to fifteen digits.
fn looks_like_phone(text: &str) -> bool {
    text.strip_prefix('+')
        .is_some_and(|digits| (3..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_cannot_say_that_its_address_is_verified() {
        let attribute = |name: &str, value: &str| vec![Attribute { name: name.into(), value: value.into() }];
        assert_eq!(check(attribute("email_verified", "true")).unwrap_err().kind, FaultKind::NotAuthorized);
        assert!(check(attribute("shoe_size", "43")).is_err(), "an attribute outside the schema");
        assert!(check(attribute("custom:team", "red")).is_ok());
        assert!(check(attribute("email", "a b@c")).is_err() && check(attribute("email", "a@b@c")).is_err());
        assert!(check(attribute("phone_number", "0170")).is_err());
        assert!(check(attribute("phone_number", "+491701234567")).is_ok());
    }
}
