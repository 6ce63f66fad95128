//! What a storage plugin has to do: the seven methods that the documentation of Amplify's "custom plugin" names.

use std::fmt;

use futures::future::BoxFuture;
use serde_json::{Map, Value};

use crate::body::Body;
use crate::category::{CategoryError, GetCall, Got, ListCall, Listed, PutCall, PutResult, RemoveCall};

/// A store that the category can route calls to. `provider` in the options names it.
pub trait StorageProvider: fmt::Debug + Send + Sync {
    /// Takes the configuration under the provider's name; later keys win over earlier ones. Gives what is configured now.
    ///
    /// # Errors
    /// The configuration cannot be read; then nothing has changed.
    fn configure(&self, config: &Map<String, Value>) -> Result<Value, CategoryError>;

    /// Stores an object.
    fn put<'a>(&'a self, key: &'a str, body: Body, options: PutCall)
    -> BoxFuture<'a, Result<PutResult, CategoryError>>;

    /// Makes a link to an object, or reads it.
    fn get<'a>(&'a self, key: &'a str, options: GetCall) -> BoxFuture<'a, Result<Got, CategoryError>>;

    /// Removes an object; one that is not there counts as removed.
    fn remove<'a>(&'a self, key: &'a str, options: RemoveCall) -> BoxFuture<'a, Result<(), CategoryError>>;

    /// Lists what begins with a path.
    fn list<'a>(&'a self, path: &'a str, options: ListCall) -> BoxFuture<'a, Result<Listed, CategoryError>>;

    /// `Storage`.
    fn get_category(&self) -> &str {
        "Storage"
    }

    /// The name that `provider` and the configuration call it by.
    fn get_provider_name(&self) -> &str;
}
