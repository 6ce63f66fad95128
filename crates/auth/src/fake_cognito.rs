//! A Cognito for unit tests: speaks JSON 1.1 over loopback, says what a test tells it to say, checks no password.
//! What a real server makes of our requests is proven by the contract suite.

use crate::clock::Clock;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

type Script = Box<dyn FnMut(&Value) -> Result<Value, &'static str> + Send>;

#[derive(Clone)]
pub(crate) struct FakeCognito {
    pub(crate) endpoint: String,
    clock: Clock,
    calls: Arc<Mutex<Vec<(String, Value)>>>,
    scripts: Arc<Mutex<HashMap<String, Script>>>,
}

impl FakeCognito {
    /// Starts one whose `Date` and expiries go by this clock.
    pub(crate) async fn start(clock: Clock) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let fake = Self { endpoint, clock, calls: Arc::default(), scripts: Arc::default() };
        let serving = fake.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let fake = serving.clone();
                let service = service_fn(move |request| {
                    let fake = fake.clone();
                    async move { Ok::<_, Infallible>(fake.serve(request).await) }
                });
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service),
                );
            }
        });
        fake
    }

    /// From now on an operation answers this: a body, or an error code.
    pub(crate) fn on(
        &self,
        operation: &str,
        script: impl FnMut(&Value) -> Result<Value, &'static str> + Send + 'static,
    ) {
        self.scripts.lock().unwrap().insert(operation.to_owned(), Box::new(script));
    }

    /// The bodies of all requests of an operation so far.
    pub(crate) fn calls(&self, operation: &str) -> Vec<Value> {
        let calls = self.calls.lock().unwrap();
        calls.iter().filter(|(name, _)| name == operation).map(|(_, body)| body.clone()).collect()
    }

    async fn serve(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let target = request.headers()["x-amz-target"].to_str().unwrap().to_owned();
        assert!(!request.headers().contains_key("authorization"), "these operations are not signed");
        let operation = target.rsplit('.').next().unwrap().to_owned();
        let body: Value = serde_json::from_slice(&request.into_body().collect().await.unwrap().to_bytes()).unwrap();
        self.calls.lock().unwrap().push((operation.clone(), body.clone()));
        let scripted = self.scripts.lock().unwrap().get_mut(&operation).map(|script| script(&body));
        let answer = scripted.unwrap_or_else(|| Ok(self.usual(&operation, &body)));
        let date = DateTime::from((self.clock)()).fmt(Format::HttpDate).unwrap();
        let response = Response::builder().header("content-type", "application/x-amz-json-1.1").header("date", date);
        match answer {
            Ok(body) => response.body(body.to_string().into()),
            Err(code) => {
                let body = json!({ "__type": code, "message": "no" }).to_string();
                response.status(400).header("x-amzn-errortype", code).body(body.into())
            }
        }
        .unwrap()
    }

    fn usual(&self, operation: &str, body: &Value) -> Value {
        match (operation, body["AuthFlow"].as_str()) {
            ("InitiateAuth", Some("USER_SRP_AUTH")) => json!({
                "ChallengeName": "PASSWORD_VERIFIER",
                "ChallengeParameters": {
                    "USER_ID_FOR_SRP": "ada", "SALT": "9d3a6f", "SRP_B": "2f".repeat(384), "SECRET_BLOCK": "YmxvY2s=",
                },
            }),
            ("InitiateAuth", _) => tokens(None),
            ("RespondToAuthChallenge", _) => tokens(Some("refresh-1")),
            ("GetId", _) if body["Logins"].is_object() => json!({ "IdentityId": "eu-central-1:person" }),
            ("GetId", _) => json!({ "IdentityId": "eu-central-1:guest" }),
            ("GetCredentialsForIdentity", _) => self.credentials(body["IdentityId"].as_str().unwrap()),
            ("SignUp", _) => json!({
                "UserConfirmed": false, "UserSub": "sub-1",
                "CodeDeliveryDetails": { "DeliveryMedium": "EMAIL", "Destination": "a***@e***" },
            }),
            ("AssociateSoftwareToken", _) => json!({ "SecretCode": "JBSWY3DP", "Session": "session-totp" }),
            ("VerifySoftwareToken", _) => json!({ "Status": "SUCCESS", "Session": "session-verified" }),
            _ => json!({}),
        }
    }

    /// Credentials for an hour. The key's name says whose they are and how many were issued before.
    pub(crate) fn credentials(&self, identity: &str) -> Value {
        let count = self.calls("GetCredentialsForIdentity").len();
        let end = (self.clock)() + Duration::from_secs(3600);
        let end = end.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64();
        json!({
            "IdentityId": identity,
            "Credentials": {
                "AccessKeyId": format!("{identity} {count}"), "SecretKey": "secret", "SessionToken": "token", "Expiration": end,
            },
        })
    }
}

/// An answer with tokens of Ada's.
pub(crate) fn tokens(refresh: Option<&str>) -> Value {
    use base64::Engine;
    let claims = json!({ "cognito:username": "ada", "email": "ada@example.org" }).to_string();
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims);
    let mut result = json!({ "IdToken": format!("head.{claims}.sign"), "AccessToken": "access", "ExpiresIn": 3600 });
    if let Some(refresh) = refresh {
        result["RefreshToken"] = refresh.into();
    }
    json!({ "AuthenticationResult": result })
}

/// An answer that asks for more.
pub(crate) fn challenge(name: &str) -> Value {
    json!({ "ChallengeName": name, "Session": "session-1", "ChallengeParameters": {} })
}
