//! Downloads that are held against what the server tells of the whole, and what happens when it is something else.

use std::sync::Arc;

use super::server::Fault;
use super::{Bucket, Reply, Request, Server, content, key, storage};
use crate::checksum::{Algorithm, checksum_of, composed};
use crate::control::Control;
use crate::download::Told;
use crate::error::{ErrorKind, StorageError};
use crate::space::Space;
use crate::storage::Storage;

const MIB: usize = 1 << 20;
const SIZE: usize = 5 * MIB / 2;
/// No MD5, so that it proves nothing.
const OPAQUE: &str = "kept-under-a-key-3";
/// Looks like an MD5.
const NOT_ITS_MD5: &str = "00000000000000000000000000000000";
const EVEN: [usize; 3] = [MIB, MIB, MIB / 2];
const UNEVEN: [usize; 3] = [MIB, MIB / 2, MIB];

/// A server that holds an object, and what it tells of it.
struct Scene {
    storage: Storage,
    server: Server,
    dir: tempfile::TempDir,
    etag: String,
}

/// What the server tells: `x-amz-checksum-…`, its type, and the sizes of the parts, if any.
#[derive(Clone)]
struct Tells {
    algorithm: Algorithm,
    value: String,
    kind: &'static str,
    parts: Vec<usize>,
}

impl Tells {
    fn of_whole(algorithm: Algorithm, whole: &[u8]) -> Self {
        Self { algorithm, value: checksum_of(algorithm, whole), kind: "FULL_OBJECT", parts: Vec::new() }
    }

    fn of_parts(algorithm: Algorithm, mut whole: &[u8], parts: &[usize]) -> Self {
        let mut sums = Vec::new();
        for size in parts {
            let (part, rest) = whole.split_at(*size);
            sums.push(checksum_of(algorithm, part));
            whole = rest;
        }
        let value = composed(algorithm, sums.iter().map(String::as_str)).unwrap();
        Self { algorithm, value, kind: "COMPOSITE", parts: parts.to_vec() }
    }

    fn with(&self, reply: Reply) -> Reply {
        let name = format!("x-amz-checksum-{}", self.algorithm.named().as_str().to_ascii_lowercase());
        reply.with(&name, self.value.clone()).with("x-amz-checksum-type", self.kind)
    }

    fn answer(&self, bucket: &Bucket, request: &Request) -> Reply {
        if request.method != "HEAD" {
            let reply = bucket.handle(request);
            return if request.header("range").is_none() { self.with(reply) } else { reply };
        }
        let etag = format!("\"{}\"", bucket.get("public/a.bin").unwrap().etag);
        let head = Reply::status(200).with("etag", etag).faulty(Fault::CutAt(0));
        let Some(number) = request.query("partNumber") else { return self.with(Reply { body: vec![0; SIZE], ..head }) };
        let Some(size) = self.parts.get(number.parse::<usize>().unwrap() - 1) else {
            return Reply::status(416);
        };
        let head = head.with("x-amz-mp-parts-count", self.parts.len().to_string());
        Reply { status: 206, body: vec![0; *size], ..head }
    }
}

impl Scene {
    async fn of(etag: Option<&str>, tells: Tells) -> Self {
        let bucket = Arc::new(Bucket::default());
        match etag {
            Some(etag) => bucket.keep_as("public/a.bin", &content(SIZE), etag),
            None => bucket.keep("public/a.bin", &content(SIZE)),
        }
        let etag = bucket.get("public/a.bin").unwrap().etag;
        let (storage, server) = storage(move |request| tells.answer(&bucket, request)).await;
        Self { storage, server, dir: tempfile::tempdir().unwrap(), etag }
    }

    /// In ranges, and in one piece.
    async fn get(&self) -> [Result<(), ErrorKind>; 2] {
        let control = Control::default();
        let (ranges, piece) = (self.dir.path().join("ranges"), self.dir.path().join("piece"));
        let version = (self.etag.as_str(), SIZE as u64);
        let key = key("a.bin");
        let got = self.storage.get_on(&Space::Public, &key, (&ranges, &ranges), version, &control).await;
        let one = self.storage.get_to_file(&Space::Public, &key, &piece, &control).await;
        for (path, outcome) in [(&ranges, &got), (&piece, &one)] {
            assert_eq!(path.exists(), outcome.is_ok(), "under its name only what is whole");
            assert!(outcome.is_err() || std::fs::read(path).unwrap() == content(SIZE));
        }
        let whole = usize::from(got.is_ok()) + usize::from(one.is_ok());
        assert_eq!(std::fs::read_dir(self.dir.path()).unwrap().count(), whole, "what is damaged is not kept");
        [got, one].map(|got| got.map(drop).map_err(|error: StorageError| error.kind()))
    }
}

const RIGHT: [Result<(), ErrorKind>; 2] = [Ok(()); 2];
const DAMAGED: [Result<(), ErrorKind>; 2] = [Err(ErrorKind::Damaged); 2];

fn another() -> Vec<u8> {
    let mut bytes = content(SIZE);
    bytes[SIZE - 1] ^= 1;
    bytes
}

#[tokio::test]
async fn every_checksum_of_the_whole_is_compared() {
    for algorithm in Algorithm::ALL {
        let right = Scene::of(Some(OPAQUE), Tells::of_whole(algorithm, &content(SIZE))).await;
        assert_eq!(right.get().await, RIGHT, "{algorithm:?}");
        let wrong = Scene::of(Some(OPAQUE), Tells::of_whole(algorithm, &another())).await;
        assert_eq!(wrong.get().await, DAMAGED, "{algorithm:?}");
    }
}

#[tokio::test]
async fn the_checksum_of_the_parts_checksums_is_compared_whatever_their_sizes() {
    for algorithm in [Algorithm::Crc32, Algorithm::Crc32c, Algorithm::Sha1, Algorithm::Sha256] {
        for parts in [EVEN, UNEVEN] {
            let right = Scene::of(Some(OPAQUE), Tells::of_parts(algorithm, &content(SIZE), &parts)).await;
            assert_eq!(right.get().await, RIGHT, "{algorithm:?} of {parts:?}");
            let wrong = Scene::of(Some(OPAQUE), Tells::of_parts(algorithm, &another(), &parts)).await;
            assert_eq!(wrong.get().await, DAMAGED, "{algorithm:?} of {parts:?}");
        }
    }
}

#[tokio::test]
async fn the_etag_of_encrypted_content_proves_nothing() {
    for (header, value, proves) in [
        ("x-amz-server-side-encryption", "aws:kms", false),
        ("x-amz-server-side-encryption", "aws:kms:dsse", false),
        ("x-amz-server-side-encryption-customer-algorithm", "AES256", false),
        // S3's own keys leave the ETag as it is.
        ("x-amz-server-side-encryption", "AES256", true),
    ] {
        let bucket = Arc::new(Bucket::default());
        bucket.keep_as("public/a.bin", &content(SIZE), NOT_ITS_MD5);
        let (storage, server) = storage(move |request| {
            if request.method != "HEAD" {
                return bucket.handle(request);
            }
            // No checksum, so that the ETag is all there is.
            let head = Reply::status(200).with("etag", format!("\"{NOT_ITS_MD5}\"")).with(header, value);
            Reply { body: vec![0; SIZE], ..head.faulty(Fault::CutAt(0)) }
        })
        .await;
        let scene = Scene { storage, server, dir: tempfile::tempdir().unwrap(), etag: NOT_ITS_MD5.to_owned() };
        let [ranges, _] = scene.get().await;
        assert_eq!(ranges, if proves { Err(ErrorKind::Damaged) } else { Ok(()) }, "{value}");
    }
}

#[tokio::test]
async fn parts_of_one_size_are_not_asked_one_by_one() {
    let scene = Scene::of(Some(OPAQUE), Tells::of_parts(Algorithm::Sha256, &content(SIZE), &EVEN)).await;
    assert_eq!(scene.get().await, RIGHT);
    assert_eq!(scene.server.count("HEAD", "partNumber"), 2, "the first part's size, for each of two downloads");
}

#[tokio::test]
async fn where_the_sizes_of_the_parts_are_not_told_the_etag_has_to_do() {
    let untold = |bytes: &[u8]| Tells { parts: Vec::new(), ..Tells::of_parts(Algorithm::Sha256, bytes, &EVEN) };
    for etag in [None, Some(OPAQUE)] {
        let scene = Scene::of(etag, untold(&another())).await;
        assert_eq!(scene.get().await, RIGHT, "{etag:?}: what proves nothing is no reason to fail");
    }
    let scene = Scene::of(Some(NOT_ITS_MD5), untold(&content(SIZE))).await;
    assert_eq!(scene.get().await, DAMAGED, "an MD5 of something else");
}

#[tokio::test]
async fn an_etag_that_is_the_contents_outweighs_a_checksum_of_parts_made_in_another_way() {
    let odd = Scene::of(None, Tells::of_parts(Algorithm::Crc32, &another(), &EVEN)).await;
    assert_eq!(odd.get().await, RIGHT);
}

#[test]
fn a_checksum_that_does_not_say_what_it_is_of_counts_only_where_it_can_be_of_one_thing() {
    let sum = |algorithm| checksum_of(algorithm, b"a");
    let told = |etag, kind: Option<&str>, told_by: Algorithm, value: &str| {
        Told::read(Some(etag), kind.map(Into::into).as_ref(), |asked| (asked == told_by).then(|| value.to_owned()))
    };
    let (in_one, in_parts) = ("\"8b1a9953c4611296a827abf8c47804d7\"", "\"8b1a9953c4611296a827abf8c47804d7-3\"");
    for algorithm in Algorithm::ALL {
        let value = sum(algorithm);
        let whole = Some(Told::OfWhole(algorithm, value.clone()));
        assert_eq!(told(in_one, None, algorithm, &value), whole, "{algorithm:?}");
        assert_eq!(told(in_parts, Some("FULL_OBJECT"), algorithm, &value), whole, "{algorithm:?}");
        assert_eq!(told(in_parts, Some("COMPOSITE"), algorithm, &value), None, "{algorithm:?}: of how many?");
        let crc64 = algorithm == Algorithm::Crc64Nvme;
        assert_eq!(
            told(in_parts, None, algorithm, &value).is_some(),
            crc64,
            "{algorithm:?}: of the whole, or of parts?"
        );
        let of_parts = format!("{value}-3");
        let parts = Some(Told::OfParts(algorithm, of_parts.clone(), 3));
        assert_eq!(told(in_parts, None, algorithm, &of_parts), parts, "{algorithm:?}");
        for odd in ["AAAA", "AAAA-3", "", "-", "AAAA-x"] {
            assert_eq!(told(in_one, None, algorithm, odd), None, "{algorithm:?}: {odd:?} is no such checksum");
        }
    }
}

#[tokio::test]
async fn a_piece_that_came_after_a_break_is_compared_with_the_whole() {
    for damaged in [false, true] {
        let bucket = Arc::new(Bucket::default());
        bucket.keep_as("public/a.bin", &content(SIZE), OPAQUE);
        let tells = Tells::of_whole(Algorithm::Crc32, &content(SIZE));
        let (storage, _server) = storage(move |request| {
            let mut reply = tells.answer(&bucket, request);
            if request.method == "GET" && request.header("range").is_none() {
                return reply.faulty(Fault::CutAt(MIB));
            }
            if damaged && request.method == "GET" {
                reply.body[0] ^= 1;
            }
            reply
        })
        .await;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.bin");
        let got = storage.get_to_file(&Space::Public, &key("a.bin"), &path, &Control::default()).await;
        assert_eq!(got.err().map(|error| error.kind()), damaged.then_some(ErrorKind::Damaged));
        assert_eq!(path.exists(), !damaged);
    }
}
