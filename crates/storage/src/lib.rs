//! amphora-storage.
