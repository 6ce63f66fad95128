//! amphora-sandbox.
