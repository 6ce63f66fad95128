//! Cases 59–62: providers of somebody else's.

use std::sync::{Arc, Mutex};

use futures::future::BoxFuture;
use serde_json::{Map, Value, json};

use super::{Person, at, honest, text, written};
use crate::Body;
use crate::category::{
    CallOptions, Category, CategoryError, GetCall, Got, Level, ListCall, Listed, PutCall, PutResult, RemoveCall,
    StorageProvider,
};

#[derive(Debug)]
struct Mine {
    name: &'static str,
    category: &'static str,
    configured: Mutex<Vec<Value>>,
    seen: Mutex<Vec<(String, PutCall)>>,
}

impl Mine {
    fn called(name: &'static str) -> Arc<Self> {
        Arc::new(Self { name, category: "Storage", configured: Mutex::default(), seen: Mutex::default() })
    }
}

fn not_mine<T: Send + 'static>() -> BoxFuture<'static, Result<T, CategoryError>> {
    let error = CategoryError::Provider { code: "NotMine", message: "not mine".to_owned() };
    Box::pin(std::future::ready(Err(error)))
}

impl StorageProvider for Mine {
    fn configure(&self, config: &Map<String, Value>) -> Result<Value, CategoryError> {
        self.configured.lock().unwrap().push(Value::Object(config.clone()));
        Ok(Value::Null)
    }

    fn put<'a>(&'a self, key: &'a str, _: Body, options: PutCall) -> BoxFuture<'a, Result<PutResult, CategoryError>> {
        self.seen.lock().unwrap().push((key.to_owned(), options));
        Box::pin(std::future::ready(Ok(PutResult { key: key.to_owned() })))
    }

    fn get<'a>(&'a self, _: &'a str, _: GetCall) -> BoxFuture<'a, Result<Got, CategoryError>> {
        not_mine()
    }

    fn remove<'a>(&'a self, _: &'a str, _: RemoveCall) -> BoxFuture<'a, Result<(), CategoryError>> {
        not_mine()
    }

    fn list<'a>(&'a self, _: &'a str, _: ListCall) -> BoxFuture<'a, Result<Listed, CategoryError>> {
        not_mine()
    }

    fn get_category(&self) -> &str {
        self.category
    }

    fn get_provider_name(&self) -> &str {
        self.name
    }
}

#[tokio::test]
async fn case_59_a_plugin_added_before_the_configuration_leaves_awss3_in_its_place() {
    let (_category, server, _) = honest().await;
    let category = Category::new(Arc::new(Person(None, None)));
    let mine = Mine::called("My");
    category.add_pluggable(mine.clone()).unwrap();
    let mut config = at(&server);
    config["My"] = json!({ "colour": "blue" });
    category.configure(&config).unwrap();
    assert_eq!(*mine.configured.lock().unwrap(), [json!({ "colour": "blue" })], "the plugin gets its own part");
    category.put("x", text("Hello"), PutCall::default()).await.unwrap();
    assert_eq!(written(&server), ["public/x"]);
}

#[tokio::test]
async fn case_60_a_call_goes_to_the_provider_that_it_names() {
    let (category, server, _) = honest().await;
    let mine = Mine::called("My");
    category.add_pluggable(mine.clone()).unwrap();
    let call = CallOptions { provider: Some("My".to_owned()), ..CallOptions::at(Level::Private) };
    let options = PutCall { call: call.clone(), content_type: Some("text/x".to_owned()), ..PutCall::default() };
    category.put("x", text("Hello"), options).await.unwrap();
    let (key, options) = mine.seen.lock().unwrap().remove(0);
    assert_eq!((key.as_str(), options.content_type.as_deref()), ("x", Some("text/x")));
    assert_eq!(options.call.level, Some(Level::Private), "the same options");
    assert!(server.requests().is_empty(), "AWSS3 is not called");
    let failed = category.remove("x", RemoveCall { call }).await.unwrap_err();
    assert_eq!(failed.code(), "NotMine", "a plugin's failure keeps its code");
}

#[tokio::test]
async fn case_62_plugins_are_found_and_removed_by_name() {
    let (category, _server, _) = honest().await;
    assert!(category.get_pluggable("None").is_none());
    let (first, second) = (Mine::called("My"), Mine::called("My"));
    category.add_pluggable(first.clone()).unwrap();
    category.add_pluggable(second).unwrap();
    let call = CallOptions { provider: Some("My".to_owned()), ..CallOptions::default() };
    category.put("x", text("Hello"), PutCall { call, ..PutCall::default() }).await.unwrap();
    assert_eq!(first.seen.lock().unwrap().len(), 1, "of two the first");
    category.remove_pluggable("My");
    assert!(category.get_pluggable("My").is_none(), "all of the name");
    category.remove_pluggable("AWSS3");
    assert!(category.get_pluggable("AWSS3").is_some(), "AWSS3 stays");
    let other = Mine { category: "Analytics", ..Arc::into_inner(Mine::called("A")).unwrap() };
    assert!(matches!(category.add_pluggable(Arc::new(other)), Err(CategoryError::WrongCategory(_))));
}
