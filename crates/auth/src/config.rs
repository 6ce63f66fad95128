//! Which pools to speak to. Public values only: they ship in every web page of the team.

/// The pools of one backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthConfig {
    /// Identity pool, `REGION:UUID`: gives guests and people their credentials.
    pub identity_pool_id: String,
    /// The identity pool's region.
    pub identity_region: String,
    /// Where the accounts are; none: guests only.
    pub user_pool: Option<UserPool>,
    /// Guests are not wanted, even if the identity pool would take them.
    pub mandatory_sign_in: bool,
    /// In place of AWS's user pool service.
    pub cognito_endpoint: Option<String>,
    /// In place of AWS's identity pool service.
    pub identity_endpoint: Option<String>,
}

/// A Cognito user pool and the app client to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserPool {
    /// `REGION_NAME`.
    pub id: String,
    /// The app client's id; a client without a secret.
    pub client_id: String,
    /// The pool's region.
    pub region: String,
}

impl UserPool {
    /// The name under which an identity pool knows tokens of this pool.
    pub(crate) fn login_name(&self) -> String {
        format!("cognito-idp.{}.amazonaws.com/{}", self.region, self.id)
    }
}
