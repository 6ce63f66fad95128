//! Tracked calls to Amazon Pinpoint, as Amplify's Analytics recorded them: events named `Storage`.
//!
//! AWS ended Pinpoint on 30 October 2026. What still answers are servers that stand in for it, and whatever a team put in its
//! place under the same interface; for that one request the service's SDK is too heavy, so the request is written here and
//! signed by `aws-sigv4`. Nothing else depends on this crate.

mod request;

use std::time::{Duration, SystemTime};

use amphora_tracking::{Delivery, DeliveryError, Recorded};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use bytes::Bytes;
use futures::future::BoxFuture;
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// A server that does not answer must not fill the queue.
const LIMIT: Duration = Duration::from_secs(30);

/// Which application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinpointConfig {
    /// `aws_mobile_analytics_app_id`.
    pub app_id: String,
    /// `aws_mobile_analytics_app_region`.
    pub region: String,
    /// Who did it: the identity's id.
    pub endpoint_id: String,
    /// A server in place of AWS's, `https://pinpoint.REGION.amazonaws.com`.
    pub endpoint: Option<String>,
}

/// An application of Pinpoint's.
#[derive(Debug)]
pub struct Pinpoint {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    credentials: SharedCredentialsProvider,
    config: PinpointConfig,
}

impl Pinpoint {
    /// An application that is told with these credentials. Sends nothing yet.
    ///
    /// # Errors
    /// The system has no certificates to trust.
    pub fn new(config: PinpointConfig, credentials: SharedCredentialsProvider) -> std::io::Result<Self> {
        let connector = HttpsConnectorBuilder::new().with_native_roots()?.https_or_http().enable_http1().build();
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector), credentials, config })
    }

    async fn send(&self, batch: &[Recorded]) -> Result<(), DeliveryError> {
        let credentials = self.credentials.provide_credentials().await;
        let credentials = credentials.map_err(|_| failed("there are no valid credentials"))?;
        let signed = request::signed(&self.config, batch, credentials, SystemTime::now());
        let request = signed.map_err(|reason| failed(&reason))?;
        let answer = tokio::time::timeout(LIMIT, self.client.request(request)).await;
        let answer = answer.map_err(|_| failed("it did not answer in time"))?;
        let answer = answer.map_err(|_| failed("it cannot be reached"))?;
        if answer.status().is_success() { Ok(()) } else { Err(failed(&format!("HTTP {}", answer.status().as_u16()))) }
    }
}

fn failed(reason: &str) -> DeliveryError {
    DeliveryError { to: "Pinpoint", reason: reason.to_owned() }
}

impl Delivery for Pinpoint {
    fn name(&self) -> &'static str {
        "Pinpoint"
    }

    fn deliver<'a>(&'a self, batch: &'a [Recorded]) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(async move {
            for some in batch.chunks(request::MOST) {
                self.send(some).await?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests;
