//! Text on its way in and out of URLs and listings.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but letters, digits, `- . _ ~` and `/`. A space becomes `%20` and a plus `%2B`: both decode the same whether a
/// client reads `+` as a space or not.
const LISTED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Text as `EncodingType=url` wants it.
pub fn encode_listed(text: &str) -> String {
    utf8_percent_encode(text, LISTED).to_string()
}

/// A continuation token: the last entry of the page, readable by no more than us.
pub fn encode_token(after: &str) -> String {
    URL_SAFE_NO_PAD.encode(after)
}

/// The last entry that a continuation token stands for.
pub fn decode_token(token: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()
}

/// The first value of a query parameter, decoded.
pub fn query_value(uri: &Uri, name: &str) -> Option<String> {
    query_pairs(uri.query()?).find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The pairs of a query string or of `x-amz-tagging`, decoded.
pub fn query_pairs(query: &str) -> impl Iterator<Item = (String, String)> + '_ {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key), decode(value))
    })
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_listed_key_reads_back_with_and_without_plus_as_space(key in "\\PC{0,20}|[+ %&/\\x00-\\x1f]{0,8}") {
            let listed = encode_listed(&key);
            prop_assert_eq!(percent_decode_str(&listed).decode_utf8().unwrap(), key.as_str());
            prop_assert_eq!(decode(&listed), key.clone());
            prop_assert_eq!(decode_token(&encode_token(&key)), Some(key));
        }
    }

    #[test]
    fn a_plus_and_a_space_are_told_apart() {
        assert_eq!(encode_listed("a b+c/d?"), "a%20b%2Bc/d%3F");
        let uri = Uri::from_static("/b?prefix=a%2Bb+c&x");
        assert_eq!(query_value(&uri, "prefix").as_deref(), Some("a+b c"));
        assert_eq!(query_value(&uri, "x").as_deref(), Some(""));
        assert_eq!(query_value(&uri, "y"), None);
    }
}
