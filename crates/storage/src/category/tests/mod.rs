//! Cases of Amplify Storage, named by their numbers in its reference; what a server has to decide is in the contract
//! suite. Not here, since the types leave no way to write them: a body that is undefined (31) or a plain object (32), a
//! progress callback that is no function (34), `download: 'true'` (the second half of 42).

mod configure;
mod errors;
mod get_list;
mod parts;
mod plugins;
mod put;
mod tracking;

use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use futures::future::BoxFuture;
use serde_json::json;

use crate::Body;
use crate::category::{Category, Session, Signed};
use crate::event::{Event, EventSink};
use crate::space::IdentityId;
use crate::testing::{Bucket, ME, Reply, Request, Server, credentials};

/// Somebody who is signed in, or the reason why nobody is.
#[derive(Debug)]
pub(super) struct Person(pub Option<SystemTime>, pub Option<&'static str>);

impl Session for Person {
    fn signed(&self) -> BoxFuture<'_, Result<Signed, String>> {
        let signed = Signed { credentials: credentials(self.0), identity: Some(IdentityId::new(ME)), session: 1 };
        let answer = self.1.map_or(Ok(signed), |cause| Err(cause.to_owned()));
        Box::pin(std::future::ready(answer))
    }
}

/// A category in front of a server that answers as `handle` says.
pub(super) async fn category(handle: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> (Category, Server) {
    let server = Server::start(handle).await;
    let category = Category::new(Arc::new(Person(None, None)));
    category.configure(&at(&server)).unwrap();
    (category, server)
}

/// The configuration for a test's server.
pub(super) fn at(server: &Server) -> serde_json::Value {
    json!({ "AWSS3": { "bucket": "files", "region": "us-west-2", "endpoint": server.endpoint } })
}

/// A category in front of an honest bucket.
pub(super) async fn honest() -> (Category, Server, Arc<Bucket>) {
    let bucket = Arc::new(Bucket::default());
    let behind = bucket.clone();
    let (category, server) = category(move |request| behind.handle(request)).await;
    (category, server, bucket)
}

pub(super) fn text(text: &'static str) -> Body {
    Body::Bytes(text.into())
}

/// The keys that were written, in order.
pub(super) fn written(server: &Server) -> Vec<String> {
    let puts = server.requests().into_iter().filter(|request| request.method == "PUT");
    puts.map(|request| percent_encoding::percent_decode_str(&request.path).decode_utf8().unwrap().into_owned())
        .map(|path| path.strip_prefix("/files/").unwrap().to_owned())
        .collect()
}

/// Keeps every event.
#[derive(Debug, Default)]
pub(super) struct Heard(pub Mutex<Vec<Event>>);

impl EventSink for Heard {
    fn record(&self, event: Event) {
        self.0.lock().unwrap().push(event);
    }
}

impl Heard {
    pub fn events(&self) -> Vec<Event> {
        self.0.lock().unwrap().clone()
    }
}
