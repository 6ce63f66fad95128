//! amphora-config.
