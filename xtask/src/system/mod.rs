//! What must be on the computer before anything builds: system packages and Node.

mod node;
mod packages;

pub(crate) use node::check as check_node;
pub(crate) use packages::{Asking, Purpose, install};
