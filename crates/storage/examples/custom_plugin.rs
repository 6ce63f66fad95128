//! Storage > Custom plugin: a provider of one's own, here one that keeps everything in memory.

#![expect(clippy::print_stdout, reason = "an example shows what it got")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use amphora_storage::category::{
    CallOptions, CategoryError, GetCall, Got, ListCall, ListItem, Listed, PutCall, PutResult, RemoveCall,
    StorageProvider,
};
use amphora_storage::{Body, Object};
use futures::future::{BoxFuture, ready};
use serde_json::{Map, Value};

#[derive(Debug, Default)]
struct InMemory(Mutex<BTreeMap<String, Vec<u8>>>);

impl InMemory {
    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<String, Vec<u8>>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn missing(key: &str) -> CategoryError {
    CategoryError::Provider { code: "NoSuchKey", message: format!("there is no {key:?} in memory") }
}

impl StorageProvider for InMemory {
    fn configure(&self, _: &Map<String, Value>) -> Result<Value, CategoryError> {
        Ok(Value::Null)
    }

    fn put<'a>(&'a self, key: &'a str, body: Body, _: PutCall) -> BoxFuture<'a, Result<PutResult, CategoryError>> {
        if let Body::Bytes(bytes) = body {
            self.with(|kept| kept.insert(key.to_owned(), bytes.to_vec()));
        }
        Box::pin(ready(Ok(PutResult { key: key.to_owned() })))
    }

    fn get<'a>(&'a self, key: &'a str, _: GetCall) -> BoxFuture<'a, Result<Got, CategoryError>> {
        let found = self.with(|kept| kept.get(key).cloned()).ok_or_else(|| missing(key));
        let object = found.map(|bytes| Object {
            size: bytes.len() as u64,
            bytes: bytes.into(),
            etag: String::new(),
            content_type: None,
            modified: Some(SystemTime::now()),
            metadata: BTreeMap::new(),
        });
        Box::pin(ready(object.map(Got::Object)))
    }

    fn remove<'a>(&'a self, key: &'a str, _: RemoveCall) -> BoxFuture<'a, Result<(), CategoryError>> {
        self.with(|kept| kept.remove(key));
        Box::pin(ready(Ok(())))
    }

    fn list<'a>(&'a self, path: &'a str, _: ListCall) -> BoxFuture<'a, Result<Listed, CategoryError>> {
        let item = |(key, bytes): (&String, &Vec<u8>)| ListItem {
            key: key.clone(),
            e_tag: String::new(),
            last_modified: None,
            size: bytes.len() as u64,
        };
        let items = self.with(|kept| kept.iter().filter(|(key, _)| key.starts_with(path)).map(item).collect());
        Box::pin(ready(Ok(Listed { items, next_token: None })))
    }

    fn get_provider_name(&self) -> &str {
        "InMemory"
    }
}

fn main() {
    amphora_testbed::run(async |bed| {
        let storage = bed.category();
        storage.add_pluggable(Arc::new(InMemory::default()))?;
        let call = CallOptions { provider: Some("InMemory".to_owned()), ..CallOptions::default() };
        let options = PutCall { call: call.clone(), ..PutCall::default() };
        storage.put("test.txt", Body::Bytes("Hello".into()), options).await?;
        let listed = storage.list("", ListCall { call, ..ListCall::default() }).await?;
        println!("in memory: {:?}", listed.items);
        assert_eq!(listed.items[0].size, 5);
        assert!(storage.list("", ListCall::default()).await?.items.is_empty(), "nothing of it is in the bucket");
        Ok(())
    });
}

#[test]
fn it_runs() {
    main();
}
