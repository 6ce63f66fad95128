//! The Amplify Storage category as its users know it: `configure`, levels, `vault`, plugins, put, get, remove and list,
//! tracked where that is wanted. What it does with a bucket is done by [`Storage`](crate::Storage).

mod aws_s3;
mod class;
mod config;
mod error;
mod level;
mod options;
mod provider;
mod tell;
#[cfg(test)]
mod tests;

pub use aws_s3::{AWS_S3, Session, Signed};
pub use class::Category;
pub use error::CategoryError;
pub use level::{CustomPrefix, Level};
pub use options::{
    CallOptions, CopyCall, GetCall, Got, ListCall, ListItem, Listed, PutCall, PutProgress, PutProgressFn, PutResult,
    RemoveCall,
};
pub use provider::StorageProvider;
