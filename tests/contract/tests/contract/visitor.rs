//! Somebody who uses a storage: `auth` and `storage` joined as the application joins them.

use amphora_auth::{Auth, AuthConfig, Identity, SecretStore, UserPool};
use amphora_config::Backend;
use amphora_storage::{
    Body, Control, IdentityId, IfExists, Key, Object, Prefixes, PutOptions, Space, Storage, StorageConfig,
    StorageError, Stored,
};
use bytes::Bytes;
use std::sync::Arc;

/// A guest or a person, with their files.
pub struct Visitor {
    pub auth: Auth,
    pub identity: Identity,
    pub storage: Storage,
}

/// The accounts of a backend.
pub fn auth(backend: &Backend, store: Arc<dyn SecretStore>) -> Auth {
    Auth::new(auth_config(backend), store, backend.id())
}

/// The pools of a backend.
pub fn auth_config(backend: &Backend) -> AuthConfig {
    AuthConfig {
        identity_pool_id: backend.identity_pool.id.clone(),
        identity_region: backend.identity_pool.region.clone(),
        user_pool: backend.user_pool.as_ref().map(|pool| UserPool {
            id: pool.id.clone(),
            client_id: pool.client_id.clone(),
            region: pool.region.clone(),
        }),
        mandatory_sign_in: backend.mandatory_sign_in,
        cognito_endpoint: backend.endpoints.cognito.clone(),
        identity_endpoint: backend.endpoints.identity.clone(),
    }
}

/// Somebody who is this identity now.
pub fn visitor(backend: &Backend, auth: Auth, identity: Identity) -> Visitor {
    let storage = storage_as(backend, &auth, &identity.identity_id);
    Visitor { auth, identity, storage }
}

/// Files under an identity's prefixes, signed for by whoever `auth` is: with somebody else's id, what an intruder tries.
pub fn storage_as(backend: &Backend, auth: &Auth, identity_id: &str) -> Storage {
    let config = StorageConfig {
        bucket: backend.bucket.name.clone(),
        region: backend.bucket.region.clone(),
        endpoint: backend.endpoints.s3.clone(),
        prefixes: Prefixes::default(),
    };
    Storage::new(config, auth.credentials(), Some(IdentityId::new(identity_id)))
}

pub fn key(text: &str) -> Key {
    Key::parse(text).expect("a key")
}

/// Stores a text, in place of what is there.
pub async fn put(storage: &Storage, space: &Space, name: &str, text: &str) -> Result<Stored, StorageError> {
    let body = Body::Bytes(Bytes::copy_from_slice(text.as_bytes()));
    storage.put(space, &key(name), body, PutOptions::new(IfExists::Replace), &Control::default()).await
}

/// Reads an object.
pub async fn get(storage: &Storage, space: &Space, name: &str) -> Result<Object, StorageError> {
    storage.get(space, &key(name), None, &Control::default()).await
}
