//! What OpenDAL's failures mean to users of the category.

use amphora_storage::category::CategoryError;
use amphora_storage::{ErrorKind as Kind, StoreError};
use opendal::{Error, ErrorKind};

/// What it means to a storage.
pub fn kind(error: &Error) -> StoreError {
    let kind = match error.kind() {
        ErrorKind::NotFound => Kind::NotFound,
        ErrorKind::PermissionDenied => Kind::AccessDenied,
        ErrorKind::AlreadyExists | ErrorKind::ConditionNotMatch => Kind::AlreadyExists,
        ErrorKind::RateLimited => Kind::Throttled,
        ErrorKind::Unsupported => Kind::Unsupported,
        ErrorKind::IsADirectory | ErrorKind::NotADirectory => Kind::NameNotAllowed,
        // OpenDAL may add kinds.
        _ => Kind::Unexpected,
    };
    StoreError { kind, detail: format!("the store answered {}", error.kind().into_static()) }
}

/// Names the verb, the thing and the reason. OpenDAL's own text can hold paths of this computer, so its kind has to do.
pub fn of(error: &Error, verb: &str, key: &str) -> CategoryError {
    let (code, reason) = match error.kind() {
        ErrorKind::NotFound => ("NoSuchKey", "it is not there"),
        ErrorKind::PermissionDenied => ("AccessDenied", "it is not allowed"),
        ErrorKind::AlreadyExists | ErrorKind::ConditionNotMatch => {
            ("PreconditionFailed", "something of this name is there")
        }
        ErrorKind::RateLimited => ("SlowDown", "the store asks for a pause"),
        ErrorKind::Unsupported => ("NotImplemented", "this store cannot do it"),
        ErrorKind::IsADirectory | ErrorKind::NotADirectory => ("InvalidKey", "a folder of this name is in the way"),
        ErrorKind::ConfigInvalid => ("InvalidConfiguration", "the store is not set up rightly"),
        _ => ("InternalError", "the store failed"),
    };
    CategoryError::Provider { code, message: format!("couldn't {verb} {key:?}: {reason}") }
}
