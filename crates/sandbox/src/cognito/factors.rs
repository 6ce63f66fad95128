//! Second factors: an authenticator app's shared secret, codes by text message, and which of them a user prefers.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use totp_rs::Builder;

use super::fault::{Fault, FaultKind};

/// A kind of second factor, by its challenge's name on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Factor {
    /// A code from an authenticator app.
    #[serde(rename = "SOFTWARE_TOKEN_MFA")]
    SoftwareToken,
    /// A code by text message.
    #[serde(rename = "SMS_MFA")]
    Sms,
}

impl Factor {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA",
            Self::Sms => "SMS_MFA",
        }
    }
}

/// What a user has set up.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Factors {
    /// A secret that was handed out but not yet proven (AssociateSoftwareToken), in base 32.
    pub candidate: Option<String>,
    /// The authenticator app that was proven (VerifySoftwareToken).
    pub app: Option<SoftwareToken>,
    /// Codes from the app are asked for.
    pub app_enabled: bool,
    /// Codes by text message are asked for.
    pub sms_enabled: bool,
    /// Asked for without a choice.
    pub preferred: Option<Factor>,
}

impl Factors {
    /// The factors that a sign-in may ask for.
    pub fn enabled(&self) -> Vec<Factor> {
        let app = self.app_enabled.then_some(Factor::SoftwareToken);
        app.into_iter().chain(self.sms_enabled.then_some(Factor::Sms)).collect()
    }
}

/// An authenticator app's secret (RFC 6238: SHA-1, six digits, thirty seconds, one step of tolerance).
#[derive(Clone, Serialize, Deserialize)]
pub struct SoftwareToken {
    secret: String,
    last_step: u64,
    /// The name that the user gave the device.
    pub device: Option<String>,
}

impl SoftwareToken {
    /// A new secret in base 32.
    pub fn new_secret() -> String {
        totp_rs::Secret::generate().to_base32()
    }

    /// Takes a secret that a first code proves to be in the app.
    pub fn prove(secret: &str, code: &str, device: Option<String>, now: OffsetDateTime) -> Result<Self, Fault> {
        let wrong = |_| Fault::new(FaultKind::EnableSoftwareTokenMfa, "Code mismatch");
        let mut token = Self { secret: secret.to_owned(), last_step: 0, device };
        token.check(code, now).map_err(wrong)?;
        Ok(token)
    }

    /// Checks a code and uses it up: RFC 6238 accepts each code once.
    pub fn check(&mut self, code: &str, now: OffsetDateTime) -> Result<(), Fault> {
        let secret = totp_rs::Secret::try_from_base32(&self.secret)
            .map_err(|_| Fault::new(FaultKind::Internal, "The kept secret of the authenticator app is damaged."))?;
        let seconds = u64::try_from(now.unix_timestamp()).unwrap_or_default();
        let step = Builder::new()
            .with_secret(secret)
            .build_noncompliant()
            .check(code, seconds)
            .ok_or_else(|| Fault::new(FaultKind::CodeMismatch, "Invalid code received for user"))?;
        if step <= self.last_step {
            let used = "Your software token has already been used once.";
            return Err(Fault::new(FaultKind::ExpiredCode, used));
        }
        self.last_step = step;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    fn code(secret: &str, at: OffsetDateTime) -> String {
        let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
        let seconds = u64::try_from(at.unix_timestamp()).unwrap();
        Builder::new().with_secret(secret).build_noncompliant().generate(seconds).to_string()
    }

    #[test]
    fn a_code_is_good_once_and_for_its_time() {
        let secret = SoftwareToken::new_secret();
        let now = OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap();
        assert!(SoftwareToken::prove(&secret, "abcdef", None, now).is_err());
        let mut token = SoftwareToken::prove(&secret, &code(&secret, now), None, now).unwrap();
        let again = token.check(&code(&secret, now), now).unwrap_err();
        assert_eq!(again.kind, FaultKind::ExpiredCode, "the code that set it up is used up");
        let later = now + Duration::seconds(30);
        assert!(token.check(&code(&secret, later), later).is_ok());
        let stale = token.check(&code(&secret, later), later + Duration::minutes(5)).unwrap_err();
        assert_eq!(stale.kind, FaultKind::CodeMismatch, "a code of five minutes ago is no code");
    }
}
