//! The tokens of a signed-in person. None of them is ever printed.

use aws_sdk_cognitoidentityprovider::types::AuthenticationResultType;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use std::fmt;
use std::time::{Duration, SystemTime};
use zeroize::Zeroizing;

/// Renews a sign-in for weeks. The only secret that outlives a run.
#[derive(Clone)]
pub(crate) struct RefreshToken(Zeroizing<String>);

impl RefreshToken {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}

/// What a sign-in or a renewal gives.
#[derive(Clone)]
pub(crate) struct Tokens {
    /// Proves to the identity pool who this is.
    pub(crate) id: Zeroizing<String>,
    /// Only at a sign-in, and where the pool changes it at every use.
    pub(crate) refresh: Option<RefreshToken>,
    /// By the server's clock.
    pub(crate) expires_at: SystemTime,
}

impl Tokens {
    /// None if the answer lacks the id token.
    pub(crate) fn read(result: AuthenticationResultType, now: SystemTime) -> Option<Self> {
        let lifetime = Duration::from_secs(u64::try_from(result.expires_in).unwrap_or(0));
        Some(Self {
            id: Zeroizing::new(result.id_token?),
            refresh: result.refresh_token.map(RefreshToken::new),
            expires_at: now + lifetime,
        })
    }

    /// Name, address and groups out of the id token, to show them. Not verified: what counts is what the server makes of the token.
    pub(crate) fn claims(&self) -> Claims {
        let payload = self.id.split('.').nth(1).unwrap_or_default();
        let json = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).unwrap_or_default();
        serde_json::from_slice(&json).unwrap_or_default()
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("id", &"•••").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// What an id token says about its person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Claims {
    #[serde(rename = "cognito:username", default)]
    pub(crate) username: Option<String>,
    #[serde(default)]
    pub(crate) email: Option<String>,
    #[serde(rename = "cognito:groups", default)]
    pub(crate) groups: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(id: &str) -> Tokens {
        let result = AuthenticationResultType::builder().id_token(id).refresh_token("secret-refresh").expires_in(3600);
        Tokens::read(result.build(), SystemTime::UNIX_EPOCH).unwrap()
    }

    #[test]
    fn tokens_are_never_printed() {
        let printed = format!("{:?}", tokens("secret-id"));
        assert!(!printed.contains("secret-"), "{printed}");
    }

    #[test]
    fn an_id_token_tells_name_and_address() {
        let payload = URL_SAFE_NO_PAD
            .encode(r#"{"cognito:username":"ada","email":"ada@example.org","cognito:groups":["crew"],"exp":1}"#);
        let claims = tokens(&format!("head.{payload}.signature")).claims();
        let (username, email) = (Some("ada".into()), Some("ada@example.org".into()));
        assert_eq!(claims, Claims { username, email, groups: vec!["crew".into()] });
        assert_eq!(tokens("not a token").claims(), Claims::default());
    }
}
