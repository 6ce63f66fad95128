//! amphora-auth.
