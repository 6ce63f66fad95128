//! amphora-e2e.
