//! Cross-origin requests: whose pages may ask, and the headers that tell a browser so.
//!
//! Any web page can send requests to loopback, and a guest needs no secret. So a request with an `Origin` that was not
//! allowed is refused, not just left without CORS headers.

use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, StatusCode};

/// What a page may do, as the CORS rule of the Amplify documentation says.
pub const METHODS: &str = "GET, HEAD, PUT, POST, DELETE";
/// What a page may read of an answer: the documentation's, and what aws-amplify looks at.
pub const EXPOSED: &str = "x-amz-server-side-encryption, x-amz-request-id, x-amz-id-2, ETag, Content-Range, \
                           x-amz-version-id, x-amzn-errortype, x-amzn-requestid, Date";
/// How long a browser may remember a preflight, in seconds.
pub const MAX_AGE: i32 = 3000;

/// Whether a page of this origin may ask. In `allowed`, `*` stands for any run of characters: `http://localhost:*`.
pub fn is_allowed(origin: &str, allowed: &[String]) -> bool {
    allowed.iter().any(|pattern| fits(pattern, origin))
}

/// The answer to a preflight: status and headers.
pub fn preflight(origin: &HeaderValue, request: &HeaderMap) -> (StatusCode, HeaderMap) {
    let mut headers = HeaderMap::new();
    allow(origin, &mut headers);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
    if let Some(wanted) = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from(MAX_AGE));
    (StatusCode::OK, headers)
}

/// Adds to an answer what lets a page of `origin` read it.
pub fn allow(origin: &HeaderValue, headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
}

/// Whether a request is a preflight.
pub fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

fn fits(pattern: &str, origin: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else { return pattern == origin };
    let Some(rest) = origin.strip_prefix(head) else { return false };
    // A `*` for a port must not swallow a path or a host: an origin has neither after the port.
    rest.strip_suffix(tail).is_some_and(|middle| !middle.contains(['/', '@', '.']) || head.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_origins_that_were_allowed_may_ask() {
        let allowed = ["http://localhost:*".to_owned(), "https://app.example".to_owned()];
        assert!(is_allowed("http://localhost:3000", &allowed));
        assert!(is_allowed("https://app.example", &allowed));
        for foreign in [
            "http://localhost.evil.example",
            "http://localhost:80.evil.example",
            "null",
            "https://app.example.evil",
            "",
        ] {
            assert!(!is_allowed(foreign, &allowed), "{foreign}");
        }
        assert!(is_allowed("https://anything.example", &["*".to_owned()]));
    }
}
