//! The sandbox as its clients meet it: aws-sdk-s3 and raw HTTP against a started server.

mod access;
mod durability;
mod guards;
mod listing;
mod multipart;
mod objects;
mod presigned;
mod starting;
mod support;
