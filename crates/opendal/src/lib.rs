//! Apache OpenDAL behind ours: a provider for the Storage category and a store for the window's places, over whatever OpenDAL
//! knows, a folder on a disk as well as another cloud. Which store it is says the operator that the caller brings.

mod key;
mod open;
mod provider;
mod store;
mod trouble;

pub use provider::OpenDalProvider;
pub use store::OpenDalStore;
