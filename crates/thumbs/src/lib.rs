//! amphora-thumbs.
