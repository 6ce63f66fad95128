//! What the tests share: a started sandbox, clients of its identities, raw HTTP.

use amphora_sandbox::iam::PolicySet;
use amphora_sandbox::session::{Role, SessionKeys};
use amphora_sandbox::{Options, Sandbox};
use aws_credential_types::Credentials;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::{BehaviorVersion, Region};
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub const ME: &str = "us-east-1:11111111-aaaa-bbbb-cccc-000000000001";
pub const OTHER: &str = "us-east-1:22222222-aaaa-bbbb-cccc-000000000002";
pub const BUCKET: &str = "amphora-sandbox";

/// A policy set that allows everything, for what the shipped ones never reach.
pub const ALL: &str = r#"{
    "authenticated": { "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } },
    "unauthenticated": { "Statement": [] }
}"#;

pub struct Started {
    pub sandbox: Sandbox,
    pub dir: TempDir,
}

pub async fn started(policy: PolicySet) -> Started {
    let dir = tempfile::tempdir().unwrap();
    let options =
        Options { policy, allow_origins: vec!["http://localhost:*".to_owned()], ..Options::for_tests(dir.path()) };
    Started { sandbox: Sandbox::start(options).await.unwrap(), dir }
}

impl Started {
    pub fn keys(&self, identity: &str, role: Role) -> SessionKeys {
        self.sandbox.sessions().issue(identity, role, self.sandbox.clock().now()).unwrap()
    }

    pub fn person(&self, identity: &str) -> Client {
        client(&self.sandbox.info().endpoint, &self.keys(identity, Role::Authenticated))
    }

    pub fn me(&self) -> Client {
        self.person(ME)
    }

    pub fn guest(&self) -> Client {
        client(&self.sandbox.info().endpoint, &self.keys("us-east-1:guest", Role::Unauthenticated))
    }
}

pub fn client(endpoint: &str, keys: &SessionKeys) -> Client {
    let token = Some(keys.session_token.reveal().to_owned());
    client_with(endpoint, &keys.access_key_id, keys.secret_access_key.reveal(), token)
}

pub fn client_with(endpoint: &str, access_key: &str, secret: &str, token: Option<String>) -> Client {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(endpoint)
        .force_path_style(true)
        .retry_config(RetryConfig::disabled())
        .credentials_provider(Credentials::new(access_key, secret, token, None, "test"))
        .build();
    Client::from_conf(config)
}

/// The code of a refusal, or its status where the answer has no body (HEAD).
pub fn refusal<T: std::fmt::Debug, E: ProvideErrorMetadata + std::error::Error + 'static>(
    result: Result<T, SdkError<E, aws_sdk_s3::config::http::HttpResponse>>,
) -> String {
    match result {
        Ok(answer) => panic!("not refused: {answer:?}"),
        Err(SdkError::ServiceError(error)) => match error.err().code() {
            Some(code) => code.to_owned(),
            None => error.raw().status().as_u16().to_string(),
        },
        Err(other) => panic!("no answer: {}", aws_sdk_s3::error::DisplayErrorContext(&other)),
    }
}

pub async fn put(client: &Client, key: &str, bytes: &[u8]) {
    client.put_object().bucket(BUCKET).key(key).body(bytes.to_vec().into()).send().await.unwrap();
}

pub async fn get(client: &Client, key: &str) -> Vec<u8> {
    let answer = client.get_object().bucket(BUCKET).key(key).send().await.unwrap();
    answer.body.collect().await.unwrap().to_vec()
}

/// An answer to a raw request.
#[derive(Debug)]
pub struct Raw {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// Sends `lines` (the request line and headers) and a body on a connection of its own.
pub async fn raw(endpoint: &str, lines: &[&str], body: &str) -> Raw {
    let address = endpoint.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut request = lines.join("\r\n");
    if !lines.iter().any(|line| line.to_ascii_lowercase().starts_with("host:")) {
        request += &format!("\r\nHost: {address}");
    }
    request += &format!("\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Raw { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}
