//! The pool's password policy: eight characters, with an upper-case letter, a lower-case letter and a digit.
//! Symbols are welcome and not demanded.

use super::fault::{Fault, FaultKind};

/// Refuses a password that the policy does not allow, in Cognito's words.
pub fn check(password: &str) -> Result<(), Fault> {
    let trimmed = password.trim();
    if trimmed.len() != password.len() || password.chars().count() > 256 {
        return Err(Fault::invalid(
            "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy \
             regular expression pattern: ^[\\S]+.*[\\S]+$ and have length less than or equal to 256",
        ));
    }
    let lacks = if password.chars().count() < 8 {
        "Password not long enough"
    } else if !password.bytes().any(|byte| byte.is_ascii_uppercase()) {
        "Password must have uppercase characters"
    } else if !password.bytes().any(|byte| byte.is_ascii_lowercase()) {
        "Password must have lowercase characters"
    } else if !password.bytes().any(|byte| byte.is_ascii_digit()) {
        "Password must have numeric characters"
    } else {
        return Ok(());
    };
    Err(Fault::new(FaultKind::InvalidPassword, format!("Password did not conform with policy: {lacks}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_says_what_a_password_lacks() {
        let lacks = |password| check(password).unwrap_err().message;
        assert_eq!(lacks("Ab1"), "Password did not conform with policy: Password not long enough");
        assert_eq!(lacks("abcdefg1"), "Password did not conform with policy: Password must have uppercase characters");
        assert_eq!(lacks("ABCDEFG1"), "Password did not conform with policy: Password must have lowercase characters");
        assert_eq!(lacks("Abcdefgh"), "Password did not conform with policy: Password must have numeric characters");
        assert_eq!(check(" Abcdefg1").unwrap_err().kind, FaultKind::InvalidParameter);
        assert!(check("Abcdefg1").is_ok() && check("Abc defg1 ünï😀").is_ok());
    }
}
