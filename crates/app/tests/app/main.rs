//! The application without a window against a real (embedded) storage: what each screen asks for, and what must never happen.

mod around;

mod accounts;
mod connecting;
mod downloads;
mod pictures;
mod uploads;
