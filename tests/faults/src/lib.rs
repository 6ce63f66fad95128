//! A proxy on loopback in front of any S3 endpoint, which spoils what passes through it as it is told: cut lines, slow lines,
//! resets in mid-body, refusals, truncated and lost answers. It counts every request. It rewrites nothing, so signatures hold;
//! the server has to know the proxy's name (the sandbox: `Options::behind`).

mod connection;
mod control;
mod exchange;
mod fault;
mod line;
mod log;
mod passing;
mod proxy;
mod script;

pub use control::obey;
pub use fault::{Fault, Rule};
pub use log::{Seen, most_at_once};
pub use proxy::{Cutter, FaultProxy};
