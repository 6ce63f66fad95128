//! What the sandbox keeps on disk: one SQLite file, and one file for the content of each object.

pub mod database;

pub use database::Database;
