//! A pool in a temporary folder, and an independent client for it.

use std::path::Path;

use amphora_sandbox::Clock;
use amphora_sandbox::cognito::{Cognito, CognitoOptions, Guests, PasswordKind, SecondFactor};
use amphora_sandbox::session::Sessions;
use amphora_sandbox::store::Database;
use aws_cognito_srp::{SrpClient, User};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use time::OffsetDateTime;

pub const PASSWORD: &str = "Passw0rd-1";

/// What a refusal says: `NotAuthorizedException`, and its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub kind: String,
    pub message: String,
}

/// Pools on a folder that goes away with them.
pub struct Pools {
    pub cognito: Cognito,
    pub clock: Clock,
    pub sessions: Sessions,
    pub dir: TempDir,
}

pub fn pools() -> Pools {
    pools_with(SecondFactor::Optional, Guests::Allowed)
}

pub fn pools_with(second_factor: SecondFactor, guests: Guests) -> Pools {
    let dir = tempfile::tempdir().unwrap();
    let clock = Clock::system();
    let (cognito, sessions) = open(dir.path(), &clock, second_factor, guests);
    Pools { cognito, clock, sessions, dir }
}

pub fn open(dir: &Path, clock: &Clock, second_factor: SecondFactor, guests: Guests) -> (Cognito, Sessions) {
    let database = Database::new(dir, true);
    let sessions = Sessions::open(&database, Sessions::ONE_HOUR, clock.now()).unwrap();
    let options = CognitoOptions {
        data_dir: dir.to_owned(),
        database,
        sessions: sessions.clone(),
        region: "us-east-1".into(),
        clock: clock.clone(),
        guests,
        second_factor,
    };
    (Cognito::open(options).unwrap(), sessions)
}

impl Pools {
    /// Ends the pools and opens them again on the same folder.
    pub fn restart(&mut self) {
        let (cognito, sessions) = open(self.dir.path(), &self.clock, SecondFactor::Optional, Guests::Allowed);
        (self.cognito, self.sessions) = (cognito, sessions);
    }

    /// Sends an operation to the user pool; the client id is added.
    pub async fn user_pool(&self, operation: &str, input: Value) -> Result<Value, Refusal> {
        let mut input = input;
        input["ClientId"] = json!(self.cognito.client_id());
        self.send(&format!("AWSCognitoIdentityProviderService.{operation}"), &input).await
    }

    /// Sends an operation to the identity pool; the pool's id is added.
    pub async fn identity_pool(&self, operation: &str, input: Value) -> Result<Value, Refusal> {
        let mut input = input;
        input["IdentityPoolId"] = json!(self.cognito.identity_pool_id());
        self.send(&format!("AWSCognitoIdentityService.{operation}"), &input).await
    }

    async fn send(&self, target: &str, input: &Value) -> Result<Value, Refusal> {
        let answer = self.cognito.handle(target, input.to_string().into()).await;
        let status = answer.status();
        let kind = answer.headers().get("x-amzn-errortype").map(|kind| kind.to_str().unwrap().to_owned());
        let body: Value = serde_json::from_slice(&answer.into_body().collect().await.unwrap().to_bytes()).unwrap();
        if status == 200 {
            return Ok(body);
        }
        assert_eq!(status, 400, "a refusal is a 400: {body}");
        let kind = kind.unwrap();
        assert_eq!(body["__type"], kind.as_str(), "body and header agree");
        Err(Refusal { kind, message: body["message"].as_str().unwrap().to_owned() })
    }

    /// Begins a sign-in by SRP and answers PASSWORD_VERIFIER with an independent client.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<Value, Refusal> {
        let client =
            SrpClient::new(User::new(self.cognito.user_pool_id(), name, password), self.cognito.client_id(), None);
        let asked = self.user_pool("InitiateAuth", self.srp_request(name, &client.get_auth_parameters().a)).await?;
        assert_eq!(asked["ChallengeName"], "PASSWORD_VERIFIER");
        let given = |name: &str| asked["ChallengeParameters"][name].as_str().unwrap();
        let proof =
            client.verify(given("SECRET_BLOCK"), given("USER_ID_FOR_SRP"), given("SALT"), given("SRP_B")).unwrap();
        let answer = json!({
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeResponses": {
                "USERNAME": given("USER_ID_FOR_SRP"),
                "PASSWORD_CLAIM_SECRET_BLOCK": proof.password_claim_secret_block,
                "PASSWORD_CLAIM_SIGNATURE": proof.password_claim_signature,
                "TIMESTAMP": proof.timestamp,
            },
        });
        self.user_pool("RespondToAuthChallenge", answer).await
    }

    pub fn srp_request(&self, name: &str, srp_a: &str) -> Value {
        json!({ "AuthFlow": "USER_SRP_AUTH", "AuthParameters": { "USERNAME": name, "SRP_A": srp_a } })
    }

    /// Answers a challenge in a session.
    pub async fn answer(&self, asked: &Value, responses: Value) -> Result<Value, Refusal> {
        let mut responses = responses;
        responses["USERNAME"] = json!("anybody");
        let (name, session) = (&asked["ChallengeName"], &asked["Session"]);
        let input = json!({ "ChallengeName": name, "Session": session, "ChallengeResponses": responses });
        self.user_pool("RespondToAuthChallenge", input).await
    }

    /// The last code that was sent to an address.
    pub fn code(&self, to: &str) -> String {
        let mail = self.cognito.outbox().unwrap();
        mail.iter().rev().find(|mail| mail.to == to).unwrap().code.clone()
    }

    /// Signs up as `name@example.com`, without confirming.
    pub async fn sign_up(&self, name: &str) -> Result<Value, Refusal> {
        let email = json!([{ "Name": "email", "Value": format!("{name}@example.com") }]);
        self.user_pool("SignUp", json!({ "Username": name, "Password": PASSWORD, "UserAttributes": email })).await
    }

    pub async fn confirm(&self, name: &str, code: &str) -> Result<Value, Refusal> {
        self.user_pool("ConfirmSignUp", json!({ "Username": name, "ConfirmationCode": code })).await
    }

    /// Makes a confirmed user and signs in: AuthenticationResult.
    pub async fn person(&self, name: &str) -> Value {
        self.cognito.ensure_user(name, &format!("{name}@example.com"), PASSWORD, PasswordKind::Permanent).unwrap();
        self.tokens(name).await
    }

    /// AuthenticationResult of a user with the usual password.
    pub async fn tokens(&self, name: &str) -> Value {
        self.sign_in(name, PASSWORD).await.unwrap()["AuthenticationResult"].clone()
    }

    pub async fn refresh(&self, tokens: &Value) -> Result<Value, Refusal> {
        let parameters = json!({ "REFRESH_TOKEN": tokens["RefreshToken"] });
        let input = json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": parameters });
        Ok(self.user_pool("InitiateAuth", input).await?["AuthenticationResult"].clone())
    }

    /// An operation that takes an access token.
    pub async fn as_user(&self, operation: &str, tokens: &Value, input: Value) -> Result<Value, Refusal> {
        let mut input = input;
        input["AccessToken"] = tokens["AccessToken"].clone();
        self.user_pool(operation, input).await
    }

    /// `Logins` with this ID token.
    pub fn logins(&self, id_token: &Value) -> Value {
        let provider = format!("cognito-idp.us-east-1.amazonaws.com/{}", self.cognito.user_pool_id());
        json!({ provider: id_token })
    }
}

/// The code that an authenticator app shows.
pub fn totp(secret: &Value, at: OffsetDateTime) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.as_str().unwrap()).unwrap();
    let app = totp_rs::Builder::new().with_secret(secret).build_noncompliant();
    app.generate(u64::try_from(at.unix_timestamp()).unwrap()).to_string()
}

/// The claims of a token, unchecked.
pub fn claims(token: &Value) -> Value {
    use base64::Engine;
    let payload = token.as_str().unwrap().split('.').nth(1).unwrap();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// The kind of a refusal.
pub fn kind<T: std::fmt::Debug>(result: Result<T, Refusal>) -> String {
    result.unwrap_err().kind
}
