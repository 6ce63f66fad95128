//! The category itself and its vault: configuration, plugins, and which provider does a call.

use std::sync::{Arc, PoisonError, RwLock};

use serde_json::Value;

use crate::body::Body;
use crate::category::aws_s3::{AWS_S3, AwsS3, Session};
use crate::category::{
    CategoryError, CopyCall, GetCall, Got, Level, ListCall, Listed, PutCall, PutResult, RemoveCall, StorageProvider,
    config,
};
use crate::event::EventSink;

/// Amplify's `Storage`. Cheap to clone; clones are one and the same.
#[derive(Clone, Debug)]
pub struct Category(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    aws_s3: Arc<AwsS3>,
    plugins: RwLock<Vec<Arc<dyn StorageProvider>>>,
    /// A vault has none of its own.
    vault: Option<Category>,
}

impl Category {
    /// A category without a configuration, whose `AWSS3` signs as `session` says.
    pub fn new(session: Arc<dyn Session>) -> Self {
        let vault = Self::with(AwsS3::new(session.clone(), Some(Level::Private)), None);
        Self::with(AwsS3::new(session, None), Some(vault))
    }

    fn with(aws_s3: AwsS3, vault: Option<Category>) -> Self {
        Self(Arc::new(Inner { aws_s3: Arc::new(aws_s3), plugins: RwLock::default(), vault }))
    }

    /// The same storage with Private as its usual level. A call can still name another; plugins are not added to it.
    #[must_use]
    pub fn vault(&self) -> Category {
        self.0.vault.clone().unwrap_or_else(|| self.clone())
    }

    /// Takes a configuration in any of its forms: aws-exports, `{Storage: {AWSS3: {…}}}`, `{Storage: {bucket, …}}`,
    /// `{AWSS3: {…}}`, flat, or amplify_outputs.json. Later keys win over earlier ones; the vault takes it too. Gives
    /// what `AWSS3` is configured with now, without secrets.
    ///
    /// # Errors
    /// A key that nobody reads, a value of the wrong type; then nothing has changed of the provider that refused.
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let category = bed.category();
    /// use serde_json::json;
    ///
    /// category.configure(&json!({ "level": "private" }))?;
    /// let typing_error = category.configure(&json!({ "bukket": "files" })).unwrap_err();
    /// assert_eq!(typing_error.to_string(), "Storage does not know bukket in its configuration");
    /// # Ok(())
    /// # });
    /// ```
    pub fn configure(&self, config: &Value) -> Result<Value, CategoryError> {
        let plugins = self.plugins();
        let mut known: Vec<String> = plugins.iter().map(|plugin| plugin.get_provider_name().to_owned()).collect();
        known.push(AWS_S3.to_owned());
        let mut routed = config::route(config, &known)?;
        let own = routed.remove(AWS_S3).unwrap_or_default();
        let told = self.0.aws_s3.configure(&own)?;
        if let Some(vault) = &self.0.vault {
            vault.0.aws_s3.configure(&own)?;
        }
        for plugin in plugins {
            if let Some(own) = routed.get(plugin.get_provider_name()) {
                plugin.configure(own)?;
            }
        }
        Ok(told)
    }

    /// Tells this sink of every tracked call, the vault's too.
    pub fn listen(&self, sink: Arc<dyn EventSink>) {
        if let Some(vault) = &self.0.vault {
            vault.listen(sink.clone());
        }
        self.0.aws_s3.listen(sink);
    }

    /// Adds a provider, before or after `configure`. Of two with one name the first is used.
    ///
    /// # Errors
    /// It is of another category.
    pub fn add_pluggable(&self, plugin: Arc<dyn StorageProvider>) -> Result<(), CategoryError> {
        if plugin.get_category() != "Storage" {
            return Err(CategoryError::WrongCategory(plugin.get_category().to_owned()));
        }
        self.0.plugins.write().unwrap_or_else(PoisonError::into_inner).push(plugin);
        Ok(())
    }

    /// The provider of a name.
    pub fn get_pluggable(&self, name: &str) -> Option<Arc<dyn StorageProvider>> {
        if name == AWS_S3 {
            return Some(self.0.aws_s3.clone());
        }
        self.plugins().into_iter().find(|plugin| plugin.get_provider_name() == name)
    }

    /// Removes every added provider of a name. `AWSS3` stays.
    pub fn remove_pluggable(&self, name: &str) {
        let mut plugins = self.0.plugins.write().unwrap_or_else(PoisonError::into_inner);
        plugins.retain(|plugin| plugin.get_provider_name() != name);
    }

    /// Stores an object; see [`PutCall`].
    ///
    /// # Errors
    /// See [`CategoryError`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let category = bed.category();
    /// # use amphora_storage::{Body, category::*};
    /// let options = PutCall { call: CallOptions::at(Level::Private), ..PutCall::default() };
    /// let put = category.put("test.txt", Body::Bytes("Hello".into()), options).await?;
    /// assert_eq!(put.key, "test.txt");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn put(&self, key: &str, body: Body, options: PutCall) -> Result<PutResult, CategoryError> {
        self.provider(options.call.provider.as_deref())?.put(key, body, options).await
    }

    /// Makes a link to an object, or reads it; see [`GetCall`].
    ///
    /// # Errors
    /// See [`CategoryError`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let category = bed.category();
    /// # use amphora_storage::{Body, category::*};
    /// # category.put("test.txt", Body::Bytes("Hello".into()), PutCall::default()).await?;
    /// let link = category.get("test.txt", GetCall::default()).await?;
    /// let content = category.get("test.txt", GetCall { download: true, ..GetCall::default() }).await?;
    /// if let (Got::Url(link), Got::Object(object)) = (link, content) {
    ///     assert_eq!(object.bytes, "Hello");
    ///     println!("opens until {:?}", link.expires_at);
    /// }
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(&self, key: &str, options: GetCall) -> Result<Got, CategoryError> {
        self.provider(options.call.provider.as_deref())?.get(key, options).await
    }

    /// Removes an object; one that is not there counts as removed.
    ///
    /// # Errors
    /// See [`CategoryError`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let category = bed.category();
    /// # use amphora_storage::category::*;
    /// category.remove("test.txt", RemoveCall::default()).await?;
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove(&self, key: &str, options: RemoveCall) -> Result<(), CategoryError> {
        self.provider(options.call.provider.as_deref())?.remove(key, options).await
    }

    /// Lists what begins with `path`, a plain text and not a folder: `photo` also finds `photos/a.png`.
    ///
    /// # Errors
    /// See [`CategoryError`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let category = bed.category();
    /// # use amphora_storage::{Body, category::*};
    /// # category.put("photos/a.png", Body::Bytes("Hello".into()), PutCall::default()).await?;
    /// let listed = category.list("photos/", ListCall::default()).await?;
    /// assert_eq!(listed.items[0].key, "photos/a.png");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(&self, path: &str, options: ListCall) -> Result<Listed, CategoryError> {
        self.provider(options.call.provider.as_deref())?.list(path, options).await
    }

    /// Copies an object inside the bucket, on the server; `AWSS3` alone does it (Amplify Storage 4.x).
    ///
    /// # Errors
    /// See [`CategoryError`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let category = bed.category();
    /// # use amphora_storage::{Body, category::*};
    /// # category.put("draft.txt", Body::Bytes("Hello".into()), PutCall::default()).await?;
    /// let options = CopyCall { to_level: Some(Level::Private), ..CopyCall::default() };
    /// let copied = category.copy("draft.txt", "kept/draft.txt", options).await?;
    /// assert_eq!(copied.key, "kept/draft.txt");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn copy(&self, from: &str, to: &str, options: CopyCall) -> Result<PutResult, CategoryError> {
        match options.call.provider.as_deref() {
            None | Some(AWS_S3) => self.0.aws_s3.copy(from, to, options).await,
            Some(name) => Err(CategoryError::NoPlugin { provider: name.to_owned() }),
        }
    }

    fn provider(&self, name: Option<&str>) -> Result<Arc<dyn StorageProvider>, CategoryError> {
        let name = name.unwrap_or(AWS_S3);
        self.get_pluggable(name).ok_or_else(|| CategoryError::NoPlugin { provider: name.to_owned() })
    }

    fn plugins(&self) -> Vec<Arc<dyn StorageProvider>> {
        self.0.plugins.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
