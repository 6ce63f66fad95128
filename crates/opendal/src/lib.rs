//! A storage provider over Apache OpenDAL: the Storage category's levels and verbs in whatever store OpenDAL knows, a folder
//! on a disk as well as another cloud. Which store it is says the operator that the caller brings.

mod key;
mod provider;
mod trouble;

pub use provider::OpenDalProvider;
