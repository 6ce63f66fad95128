//! An S3 bucket in memory: as much of the API as this crate uses, answered honestly.

use std::collections::BTreeMap;
use std::sync::Mutex;

use md5::{Digest, Md5};
use percent_encoding::percent_decode_str;

use super::{Reply, Request};

#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub bytes: Vec<u8>,
    pub content_type: String,
    pub etag: String,
}

#[derive(Default)]
pub(crate) struct Bucket {
    objects: Mutex<BTreeMap<String, Kept>>,
    uploads: Mutex<BTreeMap<String, Unfinished>>,
}

#[derive(Default)]
struct Unfinished {
    content_type: String,
    parts: BTreeMap<u32, Vec<u8>>,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// As AWS encodes a listing.
fn encode(key: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.*/".contains(&byte);
    let encoded = key.bytes().map(|byte| match byte {
        b' ' => "+".to_owned(),
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    encoded.collect()
}

impl Bucket {
    pub fn keep(&self, key: &str, bytes: &[u8]) {
        self.store(key, bytes.to_vec(), "text/plain", hex(&Md5::digest(bytes)));
    }

    /// With an ETag that tells nothing of the content, as under a key of the server's.
    pub fn keep_as(&self, key: &str, bytes: &[u8], etag: &str) {
        self.store(key, bytes.to_vec(), "text/plain", etag.to_owned());
    }

    pub fn get(&self, key: &str) -> Option<Kept> {
        self.objects.lock().unwrap().get(key).cloned()
    }

    pub fn keys(&self) -> Vec<String> {
        self.objects.lock().unwrap().keys().cloned().collect()
    }

    /// Uploads that were neither finished nor aborted.
    pub fn unfinished(&self) -> usize {
        self.uploads.lock().unwrap().len()
    }

    /// Loses them, as a lifecycle rule would.
    pub fn forget_uploads(&self) {
        self.uploads.lock().unwrap().clear();
    }

    /// What a part of this content is given.
    pub fn etag_of(part: &[u8]) -> String {
        format!("\"{}\"", hex(&Md5::digest(part)))
    }

    fn store(&self, key: &str, bytes: Vec<u8>, content_type: &str, etag: String) {
        let kept = Kept { bytes, content_type: content_type.to_owned(), etag };
        self.objects.lock().unwrap().insert(key.to_owned(), kept);
    }

    pub fn handle(&self, request: &Request) -> Reply {
        let path = request.path.strip_prefix("/files").unwrap_or_default();
        let key = percent_decode_str(path.strip_prefix('/').unwrap_or(path)).decode_utf8().unwrap().into_owned();
        let upload = request.query("uploadId");
        match (request.method.as_str(), upload) {
            ("GET", _) if key.is_empty() => self.list(request),
            ("GET", _) => self.object(request, &key),
            ("PUT", Some(upload)) => self.part(request, &upload),
            ("PUT", None) => self.put(request, &key, request.body.clone(), hex(&Md5::digest(&request.body))),
            ("POST", Some(upload)) => self.complete(request, &key, &upload),
            ("POST", None) if request.asks("uploads") => self.begin(request),
            ("POST", None) => self.delete_many(request),
            ("DELETE", Some(upload)) => match self.uploads.lock().unwrap().remove(&upload) {
                Some(_) => Reply::status(204),
                None => Reply::error(404, "NoSuchUpload"),
            },
            ("DELETE", None) => {
                self.objects.lock().unwrap().remove(&key);
                Reply::status(204)
            }
            _ => Reply::error(405, "MethodNotAllowed"),
        }
    }

    fn put(&self, request: &Request, key: &str, bytes: Vec<u8>, etag: String) -> Reply {
        if request.header("if-none-match") == Some("*") && self.get(key).is_some() {
            return Reply::error(412, "PreconditionFailed");
        }
        self.store(key, bytes, request.header("content-type").unwrap_or_default(), etag.clone());
        Reply::status(200).with("etag", format!("\"{etag}\""))
    }

    fn begin(&self, request: &Request) -> Reply {
        let mut uploads = self.uploads.lock().unwrap();
        let id = format!("upload-{}", uploads.len() + 1);
        let content_type = request.header("content-type").unwrap_or_default().to_owned();
        uploads.insert(id.clone(), Unfinished { content_type, parts: BTreeMap::new() });
        Reply::xml(
            200,
            format!("<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"),
        )
    }

    fn part(&self, request: &Request, upload: &str) -> Reply {
        let mut uploads = self.uploads.lock().unwrap();
        let Some(unfinished) = uploads.get_mut(upload) else { return Reply::error(404, "NoSuchUpload") };
        let number = request.query("partNumber").unwrap().parse().unwrap();
        unfinished.parts.insert(number, request.body.clone());
        Reply::status(200).with("etag", format!("\"{}\"", hex(&Md5::digest(&request.body))))
    }

    fn complete(&self, request: &Request, key: &str, upload: &str) -> Reply {
        if request.header("if-none-match") == Some("*") && self.get(key).is_some() {
            return Reply::error(412, "PreconditionFailed");
        }
        let Some(done) = self.uploads.lock().unwrap().remove(upload) else { return Reply::error(404, "NoSuchUpload") };
        let hashes: Vec<u8> = done.parts.values().flat_map(|part| Md5::digest(part).to_vec()).collect();
        let etag = format!("{}-{}", hex(&Md5::digest(&hashes)), done.parts.len());
        self.store(key, done.parts.into_values().flatten().collect(), &done.content_type, etag.clone());
        let result = format!("<ETag>&quot;{etag}&quot;</ETag>");
        Reply::xml(200, format!("<CompleteMultipartUploadResult>{result}</CompleteMultipartUploadResult>"))
    }

    fn object(&self, request: &Request, key: &str) -> Reply {
        let Some(kept) = self.get(key) else { return Reply::error(404, "NoSuchKey") };
        let etag = format!("\"{}\"", kept.etag);
        if request.header("if-match").is_some_and(|wanted| wanted != etag) {
            return Reply::error(412, "PreconditionFailed");
        }
        let size = kept.bytes.len();
        let reply = Reply::status(200).with("etag", etag).with("content-type", kept.content_type);
        let reply = reply.with("last-modified", "Tue, 01 Jan 2030 00:00:00 GMT");
        let Some(range) = request.header("range") else { return Reply { body: kept.bytes, ..reply } };
        let (first, last) = range.strip_prefix("bytes=").unwrap().split_once('-').unwrap();
        let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
        if first >= size {
            return Reply::error(416, "InvalidRange");
        }
        let last = last.min(size - 1);
        let reply = reply.with("content-range", format!("bytes {first}-{last}/{size}"));
        Reply { status: 206, body: kept.bytes[first..=last].to_vec(), ..reply }
    }

    fn list(&self, request: &Request) -> Reply {
        let prefix = request.query("prefix").unwrap_or_default();
        let delimiter = request.query("delimiter");
        let after = request.query("continuation-token").unwrap_or_default();
        let most: usize = request.query("max-keys").map_or(1000, |most| most.parse().unwrap());
        let mut entries = BTreeMap::new();
        for (key, kept) in self.objects.lock().unwrap().iter() {
            let Some(rest) = key.strip_prefix(&prefix) else { continue };
            match delimiter.as_deref().and_then(|delimiter| rest.find(delimiter)) {
                Some(at) => entries.insert(format!("{prefix}{}", &rest[..=at]), None),
                None => entries.insert(key.clone(), Some(kept.clone())),
            };
        }
        let mut rest = entries.into_iter().filter(|(entry, _)| entry.as_str() > after.as_str()).peekable();
        let mut body = "<ListBucketResult><EncodingType>url</EncodingType>".to_owned();
        let mut last = String::new();
        for (entry, kept) in rest.by_ref().take(most) {
            body.push_str(&match kept {
                None => format!("<CommonPrefixes><Prefix>{}</Prefix></CommonPrefixes>", encode(&entry)),
                Some(kept) => format!(
                    "<Contents><Key>{}</Key><Size>{}</Size><ETag>&quot;{}&quot;</ETag><LastModified>2030-01-01T00:00:00Z</LastModified></Contents>",
                    encode(&entry),
                    kept.bytes.len(),
                    kept.etag
                ),
            });
            last = entry;
        }
        let more = rest.peek().is_some();
        body.push_str(&format!("<IsTruncated>{more}</IsTruncated>"));
        if more {
            body.push_str(&format!("<NextContinuationToken>{last}</NextContinuationToken>"));
        }
        Reply::xml(200, body + "</ListBucketResult>")
    }

    fn delete_many(&self, request: &Request) -> Reply {
        let text = String::from_utf8(request.body.clone()).unwrap();
        let mut body = "<DeleteResult>".to_owned();
        for piece in text.split("<Key>").skip(1) {
            let written = piece.split("</Key>").next().unwrap();
            let escapes =
                [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#xA;", "\n"), ("&amp;", "&")];
            let key = escapes.iter().fold(written.to_owned(), |key, (escape, plain)| key.replace(escape, plain));
            if key.contains("locked") {
                body.push_str(&format!("<Error><Key>{written}</Key><Code>AccessDenied</Code></Error>"));
            } else {
                self.objects.lock().unwrap().remove(&key);
                body.push_str(&format!("<Deleted><Key>{written}</Key></Deleted>"));
            }
        }
        Reply::xml(200, body + "</DeleteResult>")
    }
}
