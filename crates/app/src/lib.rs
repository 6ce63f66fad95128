//! amphora-app.
