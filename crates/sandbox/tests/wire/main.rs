//! The sandbox as its clients meet it: aws-sdk-s3 and raw HTTP against a started server.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

mod access;
mod durability;
mod guards;
mod listing;
mod multipart;
mod objects;
mod presigned;
mod starting;
mod support;
mod versions;
