//! A plain HTTP client, as somebody's browser that was given a link.

use bytes::Bytes;
use http::{HeaderMap, Response};
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// Status and body of a GET.
pub async fn http_get(url: &str) -> (u16, Bytes) {
    let answer = answer(url).await;
    let status = answer.status().as_u16();
    (status, answer.into_body().collect().await.expect("a body").to_bytes())
}

/// The headers of a GET.
pub async fn http_headers(url: &str) -> HeaderMap {
    answer(url).await.headers().clone()
}

async fn answer(url: &str) -> Response<Incoming> {
    let client = Client::builder(TokioExecutor::new()).build_http::<Empty<Bytes>>();
    client.get(url.parse().expect("a URL")).await.expect("an answer")
}
