//! One port for everything: the guards of loopback, then CORS, Cognito, the mail and S3.

use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use s3s::Body;
use s3s::service::S3Service;

use crate::clock::Clock;
use crate::cognito::Cognito;
use crate::cors;
use crate::draining::Draining;
use crate::s3::{check_signing_time, http_date};
use crate::secret::Secret;
use crate::store::checksum::to_hex;

/// No request to Cognito is larger.
const LARGEST_CALL: usize = 256 * 1024;

/// Where the mail is read.
const MAIL_PATH: &str = "/_sandbox/mail";
/// The header that must hold the token of this start.
const MAIL_TOKEN: &str = "x-amphora-token";

/// Decides who answers a request.
pub struct Router {
    /// The ports that a `Host` may name.
    pub ports: Vec<u16>,
    /// Origins whose pages may ask.
    pub allow_origins: Vec<String>,
    /// The two pools.
    pub cognito: Cognito,
    /// Everything else.
    pub s3: S3Service,
    /// What time it is.
    pub clock: Clock,
    /// Opens the mail.
    pub mail_token: Secret,
}

impl Router {
    /// Answers one request.
    pub async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let origin = request.headers().get(header::ORIGIN).cloned();
        let mut response = match self.refusal(request.headers(), request.uri().host(), origin.as_ref()) {
            Some(refusal) => refusal,
            None => self.route(request, origin.as_ref()).await,
        };
        if let Some(origin) = origin.filter(|origin| self.allows(origin)) {
            cors::allow(&origin, response.headers_mut());
        }
        // Clients correct their clocks by this header, so it must agree with the clock that judges them.
        if let Some(date) = http_date(self.clock.now().unix_timestamp()) {
            response.headers_mut().insert(header::DATE, date);
        }
        response
    }

    /// A page that was led here by a foreign name, or sits on a foreign origin, gets nothing.
    fn refusal(
        &self,
        headers: &HeaderMap,
        authority: Option<&str>,
        origin: Option<&HeaderValue>,
    ) -> Option<Response<Body>> {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let ours = ["127.0.0.1", "localhost"];
        let port_of = |name: &str| host.strip_prefix(name)?.strip_prefix(':');
        let mut named = ours.iter().filter_map(|name| port_of(name));
        let host_is_ours = named.any(|port| self.ports.iter().any(|ours| ours.to_string() == port));
        if !host_is_ours || authority.is_some_and(|authority| !ours.contains(&authority)) {
            return Some(plain(
                StatusCode::MISDIRECTED_REQUEST,
                "The sandbox answers to 127.0.0.1 and localhost only.\n",
            ));
        }
        if origin.is_some_and(|origin| !self.allows(origin)) {
            return Some(plain(
                StatusCode::FORBIDDEN,
                "This origin is not allowed. Start the sandbox with --allow-origin to let its pages in.\n",
            ));
        }
        None
    }

    fn allows(&self, origin: &HeaderValue) -> bool {
        origin.to_str().is_ok_and(|origin| cors::is_allowed(origin, &self.allow_origins))
    }

    async fn route(&self, request: Request<Incoming>, origin: Option<&HeaderValue>) -> Response<Body> {
        if let Some(origin) = origin
            && cors::is_preflight(request.method(), request.headers())
        {
            let (status, headers) = cors::preflight(origin, request.headers());
            let mut response = Response::new(Body::empty());
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            return response;
        }
        let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok());
        if let Some(target) = target.filter(|target| Cognito::serves(target)).map(ToOwned::to_owned) {
            return self.cognito(&target, request).await;
        }
        if request.uri().path() == MAIL_PATH {
            return self.mail(&request);
        }
        if request.uri().path() == format!("/{}/.well-known/jwks.json", self.cognito.user_pool_id()) {
            return json(self.cognito.jwks().to_string());
        }
        self.s3(request).await
    }

    async fn cognito(&self, target: &str, request: Request<Incoming>) -> Response<Body> {
        if request.method() != Method::POST {
            return plain(StatusCode::METHOD_NOT_ALLOWED, "Cognito is asked by POST.\n");
        }
        match Limited::new(request.into_body(), LARGEST_CALL).collect().await {
            Ok(body) => self.cognito.handle(target, body.to_bytes()).await.map(Body::http_body),
            Err(_) => plain(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large, or broke off.\n"),
        }
    }

    fn mail(&self, request: &Request<Incoming>) -> Response<Body> {
        let token = request.headers().get(MAIL_TOKEN).and_then(|token| token.to_str().ok());
        if !token.is_some_and(|token| self.mail_token.matches(token)) {
            return plain(StatusCode::FORBIDDEN, "The mail opens only to the token of this start.\n");
        }
        match self.cognito.outbox().map(|mail| serde_json::to_string(&mail)) {
            Ok(Ok(text)) => json(text),
            Ok(Err(_)) | Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "The mail could not be read.\n"),
        }
    }

    async fn s3(&self, request: Request<Incoming>) -> Response<Body> {
        let waits = request.headers().contains_key(header::EXPECT);
        let checked = check_signing_time(request.headers(), request.uri(), self.clock.now());
        // A client that waits to be asked for its body does not need to be heard out.
        let request = request.map(|body| if waits { Body::from(body) } else { Body::http_body(Draining::new(body)) });
        let answered = match checked {
            Ok(()) => self.s3.call(request).await.ok(),
            Err(refusal) => refusal.to_http_response().ok(),
        };
        let mut response =
            answered.unwrap_or_else(|| plain(StatusCode::INTERNAL_SERVER_ERROR, "The sandbox could not answer.\n"));
        let id = to_hex(&rand::random::<[u8; 8]>()).to_ascii_uppercase();
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("x-amz-request-id", id.clone());
            response.headers_mut().insert("x-amz-id-2", id);
        }
        response.headers_mut().insert(header::SERVER, HeaderValue::from_static("AmphoraSandbox"));
        response
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(Bytes::from_static(text.as_bytes())));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn json(text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(Bytes::from(text)));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
