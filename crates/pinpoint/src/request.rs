//! The one request: PutEvents of some events of one endpoint, signed. Does no I/O.

use std::time::SystemTime;

use amphora_tracking::Recorded;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use bytes::Bytes;
use http::Request;
use http_body_util::Full;
use serde_json::{Map, Value, json};

use crate::PinpointConfig;

/// Events of one request at most (Pinpoint API, PutEvents).
pub const MOST: usize = 100;
/// The name that Amplify's Analytics gives to what its Storage category tells.
const EVENT: &str = "Storage";
/// What Pinpoint is called in signatures.
const SERVICE: &str = "mobiletargeting";

/// `POST /v1/apps/APP/events`.
pub fn signed(
    config: &PinpointConfig,
    batch: &[Recorded],
    credentials: Credentials,
    now: SystemTime,
) -> Result<Request<Full<Bytes>>, String> {
    let usual = || format!("https://pinpoint.{}.amazonaws.com", config.region);
    let endpoint = config.endpoint.clone().unwrap_or_else(usual);
    let url = format!("{}/v1/apps/{}/events", endpoint.trim_end_matches('/'), config.app_id);
    let body = body(config, batch).to_string();
    let mut request = Request::post(&url).header("content-type", "application/json").body(()).map_err(text)?;
    let identity = credentials.into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(&config.region)
        .name(SERVICE)
        .time(now)
        .settings(SigningSettings::default())
        .build()
        .map_err(text)?;
    let headers = [("content-type", "application/json")];
    let signable = SignableRequest::new("POST", &url, headers.into_iter(), SignableBody::Bytes(body.as_bytes()));
    let signing = sign(signable.map_err(text)?, &parameters.into()).map_err(text)?;
    let (instructions, _) = signing.into_parts();
    instructions.apply_to_request_http1x(&mut request);
    Ok(request.map(|()| Full::new(Bytes::from(body))))
}

fn text(error: impl ToString) -> String {
    error.to_string()
}

fn body(config: &PinpointConfig, batch: &[Recorded]) -> Value {
    let events: Map<String, Value> =
        batch.iter().map(|recorded| (uuid::Uuid::new_v4().to_string(), event(recorded))).collect();
    json!({ "BatchItem": { config.endpoint_id.clone(): { "Endpoint": {}, "Events": events } } })
}

fn event(recorded: &Recorded) -> Value {
    let attributes: Map<String, Value> =
        recorded.event.attributes().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    let metrics: Map<String, Value> =
        recorded.event.metrics().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    json!({
        "EventType": EVENT,
        "Timestamp": recorded.to_json()["time"],
        "Attributes": attributes,
        "Metrics": metrics,
    })
}
