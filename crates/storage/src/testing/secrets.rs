//! What leaves this crate of transfers under a key of one's own, for a journal and a log to keep. None of it holds the key.

use std::sync::{Arc, Mutex};

use super::{Bucket, Reply, Request, content, key, storage};
use crate::body::Body;
use crate::conflict::IfExists;
use crate::control::Control;
use crate::copy::CopyOptions;
use crate::encryption::CustomerKey;
use crate::error::StorageError;
use crate::put::PutOptions;
use crate::space::Space;
use crate::transfer::{BegunUpload, Remembered, SentPart, UploadMemory};

const PART: u64 = 5 * 1024 * 1024;
const SIZE: usize = 6 * 1024 * 1024;
const PLAIN: &str = "0123456789abcdef0123456789abcdef";
const OWN: &str = "x-amz-server-side-encryption-customer-key";

/// Writes down whatever it is told to remember.
#[derive(Debug, Default)]
struct Written(Mutex<String>);

impl Written {
    fn add(&self, told: String) {
        self.0.lock().unwrap().push_str(&(told + "\n"));
    }
}

impl UploadMemory for Written {
    fn recall(&self) -> Option<Remembered> {
        None
    }

    fn beginning(&self, bucket: &str, full_key: &str) {
        self.add(format!("beginning {bucket} {full_key}"));
    }

    fn begun(&self, upload: &BegunUpload) {
        self.add(format!("{upload:?}"));
    }

    fn sent(&self, part: &SentPart) {
        self.add(format!("{part:?}"));
    }

    fn ended(&self) {}
}

/// Refuses every end of parts, and repeats in its answer what it was sent.
fn repeating(bucket: &Bucket, request: &Request) -> Reply {
    match request.method.as_str() {
        "HEAD" => Reply { body: vec![0; SIZE], ..Reply::status(200).with("etag", "\"e\"") },
        "GET" => Reply::xml(200, "<Tagging><TagSet></TagSet></Tagging>".to_owned()),
        "PUT" if request.header("x-amz-copy-source").is_some() => {
            Reply::xml(200, "<CopyPartResult><ETag>&quot;e&quot;</ETag></CopyPartResult>".to_owned())
        }
        "POST" if request.asks("uploadId") => {
            let sent = request.header(OWN).unwrap();
            let message = format!("<Message>{sent}</Message><ArgumentValue>{sent}</ArgumentValue>");
            Reply::xml(400, format!("<Error><Code>InvalidArgument</Code>{message}</Error>"))
        }
        _ => bucket.handle(request),
    }
}

#[tokio::test]
async fn what_is_remembered_and_told_of_a_transfer_under_a_key_of_ones_own_does_not_hold_the_key() {
    let bucket = Bucket::default();
    let (storage, server) = storage(move |request| repeating(&bucket, request)).await;
    let own = CustomerKey::parse(PLAIN, None).unwrap();
    let (storage, written) = (storage.with_customer_key(own.clone()), Arc::new(Written::default()));
    let (a, b, memory, control) = (key("a"), key("b"), Some(written.clone() as _), Control::default());
    let put = PutOptions { part_size: Some(PART), memory, ..PutOptions::new(IfExists::Replace) };
    written.add(format!("{storage:?}"));
    let sent = storage.put(&Space::Private, &a, Body::Bytes(content(SIZE).into()), put, &control).await;

    let memory = Some(written.clone() as _);
    let options = CopyOptions { if_exists: IfExists::Replace, part_size: PART, memory, ..CopyOptions::default() };
    let copied = storage.copy((&Space::Private, &a), (&Space::Private, &b), options, &control).await;
    for error in [sent, copied].map(Result::unwrap_err) {
        written.add(told(&error));
    }

    let written = written.0.lock().unwrap().clone();
    assert_eq!(written.matches("BegunUpload").count(), 2, "an upload and a copy in parts: {written}");
    assert!(written.contains("couldn't upload") && written.contains("couldn't copy"), "both were refused: {written}");
    let requests = server.requests();
    assert!(requests.iter().any(|request| request.header(OWN) == Some(own.base64())), "the server was given it");
    for secret in [PLAIN, own.base64(), own.md5()] {
        assert!(!written.contains(secret), "{secret} is in {written}");
    }
}

/// All that an error says of itself to anybody.
fn told(error: &StorageError) -> String {
    format!("{error} {error:?} {} {:?}", error.detail(), error.code())
}
