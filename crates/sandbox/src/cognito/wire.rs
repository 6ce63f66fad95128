//! Amazon's JSON 1.1 protocol: bodies in, answers and faults out. Knows no operation.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use http_body_util::Full;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::fault::{Fault, FaultKind};

/// Reads an operation's input. A field that is `null` is as good as absent.
pub fn decode<I: DeserializeOwned>(body: &[u8]) -> Result<I, Fault> {
    let body = if body.is_empty() { b"{}".as_slice() } else { body };
    let mut input: Value = serde_json::from_slice(body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Fault::new(FaultKind::Serialization, format!("The body is not JSON, at line {line}, column {column}"))
    })?;
    if let Some(fields) = input.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    // serde's sentence would quote the value, and the value may be a password.
    serde_json::from_value(input).map_err(|_| Fault::invalid("A parameter is missing or of the wrong type"))
}

/// Writes an operation's output.
pub fn encode<O: Serialize>(output: &O) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(output).map_err(|error| Fault::new(FaultKind::Internal, error.to_string()))
}

/// The HTTP answer to what an operation gave: 200, or 400 with the fault's name (500 when the failure is ours).
pub fn respond(result: Result<Vec<u8>, Fault>) -> Response<Full<Bytes>> {
    match result {
        Ok(body) => response(StatusCode::OK, body),
        Err(fault) => {
            let ours = fault.kind == FaultKind::Internal;
            let status = if ours { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::BAD_REQUEST };
            let body = json!({ "__type": fault.kind.name(), "message": fault.message });
            let mut answer = response(status, body.to_string().into_bytes());
            answer.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(fault.kind.name()));
            answer
        }
    }
}

fn response(status: StatusCode, body: Vec<u8>) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::new(Bytes::from(body)));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.1"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(&uuid::Uuid::new_v4().to_string()) {
        headers.insert("x-amzn-requestid", id);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_itself_in_the_body_and_in_the_header() {
        let answer = respond(Err(Fault::wrong_password()));
        assert_eq!(answer.status(), 400);
        assert_eq!(answer.headers()["x-amzn-errortype"], "NotAuthorizedException");
    }

    #[test]
    fn null_is_as_good_as_absent() {
        let input: std::collections::HashMap<String, u8> = decode(br#"{"Logins":null,"Limit":1}"#).unwrap();
        assert_eq!(input.len(), 1);
    }

    #[test]
    fn a_body_that_cannot_be_read_is_not_quoted() {
        let fault = decode::<std::collections::HashMap<String, u8>>(br#"{"Password":"hunter2"}"#).unwrap_err();
        assert_eq!(fault.kind, FaultKind::InvalidParameter);
        assert!(!fault.message.contains("hunter2"), "the password must not come back: {}", fault.message);
    }
}
