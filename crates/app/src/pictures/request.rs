//! Addresses of the custom protocol, and what is served at them. Does no I/O.

use crate::wire::{Level, SpaceRef};
use percent_encoding::percent_decode_str;

/// A request of the custom protocol, parsed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PictureRequest {
    pub(super) what: What,
    pub(super) space: SpaceRef,
    pub(super) key: String,
    pub(super) edge: u32,
    /// The first that can be shown will do, however small.
    pub(super) first: bool,
    pub(super) etag: Option<String>,
    /// Tells one try from the next where there is no ETag that would.
    pub(super) again: u32,
    /// The get is noted in the account's activity log.
    pub(crate) track: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum What {
    Thumb,
    Picture,
    Original,
    /// Why the original gives nothing.
    Refusal,
    Text,
}

/// Bytes with their type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their media type.
    pub content_type: &'static str,
}

impl PictureRequest {
    /// Reads `/{what}/{level}/{owner or -}/{key}?size=256&v=ETAG&first=1&n=2&track=1`, the path still percent-encoded. What
    /// the page tells apart by its address is another request.
    #[must_use]
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let mut parts = path.trim_start_matches('/').splitn(4, '/').map(decode);
        let what = match parts.next()??.as_str() {
            "thumb" => What::Thumb,
            "picture" => What::Picture,
            "original" => What::Original,
            "refusal" => What::Refusal,
            "text" => What::Text,
            _ => return None,
        };
        let level = match parts.next()??.as_str() {
            "public" => Level::Public,
            "protected" => Level::Protected,
            "private" => Level::Private,
            "path" => Level::Path,
            _ => return None,
        };
        let owner = parts.next()??;
        let owner = (owner != "-").then_some(owner);
        let key = parts.next()?.filter(|key| !key.is_empty())?;
        let (mut edge, mut etag, mut first, mut again, mut track) = (256, None, false, 0, false);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "size" => edge = value.parse().ok().filter(|edge| (1..=2048).contains(edge))?,
                "first" => first = value == "1",
                "n" => again = value.parse().ok()?,
                "track" => track = value == "1",
                "v" => etag = decode(value).filter(|etag| !etag.is_empty()),
                _ => {}
            }
        }
        Some(Self { what, space: SpaceRef { level, owner }, key, edge, first, etag, again, track })
    }
}

fn decode(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_level_owner_key_size_and_version() {
        let request = PictureRequest::parse(
            "/thumb/protected/us-east-1%3Ame/a%2Fb%20%2B.jpg",
            "size=512&v=abc&first=1&n=2&track=1",
        )
        .unwrap();
        let space = SpaceRef { level: Level::Protected, owner: Some("us-east-1:me".to_owned()) };
        let etag = Some("abc".to_owned());
        assert_eq!(
            request,
            PictureRequest {
                what: What::Thumb,
                space,
                key: "a/b +.jpg".to_owned(),
                edge: 512,
                first: true,
                etag,
                again: 2,
                track: true
            }
        );
    }

    #[test]
    fn strange_addresses_are_refused() {
        for (path, query) in [
            ("/", ""),
            ("/raw/public/-/a", ""),
            ("/thumb/other/-/a", ""),
            ("/thumb/public/-/", ""),
            ("/thumb/public/-/a", "size=100000"),
            ("/thumb/public/-/%ff", ""),
        ] {
            assert_eq!(PictureRequest::parse(path, query), None, "{path}?{query}");
        }
    }
}
