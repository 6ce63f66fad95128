//! The proxy by lines of text, for whoever runs it as a process of its own: a command in JSON, an answer in JSON.

use std::net::SocketAddr;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::fault::Rule;
use crate::proxy::FaultProxy;

/// `"cut"`, `{ "slow": 20000 }`, `{ "add": { "fault": { "kind": "lose_answer" }, "method": "PUT", "times": 1 } }` …
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Command {
    ForwardTo(SocketAddr),
    Add(Rule),
    Mend,
    Cut,
    Release,
    /// Bytes a second.
    Slow(u64),
    /// Milliseconds.
    Patience(u64),
    Seen,
    Forget,
}

/// Does what a line says, and answers with one.
pub fn obey(proxy: &FaultProxy, line: &str) -> String {
    let answer = match serde_json::from_str(line) {
        Ok(command) => run(proxy, command),
        Err(error) => json!({ "error": error.to_string() }),
    };
    answer.to_string()
}

fn run(proxy: &FaultProxy, command: Command) -> Value {
    match command {
        Command::ForwardTo(server) => proxy.forward_to(server),
        Command::Add(rule) => proxy.add(rule),
        Command::Mend => proxy.mend(),
        Command::Cut => proxy.cut(),
        Command::Release => proxy.release(),
        Command::Slow(bytes_per_second) => proxy.slow(bytes_per_second),
        Command::Patience(millis) => proxy.patience(Duration::from_millis(millis)),
        Command::Seen => return json!({ "seen": proxy.seen() }),
        Command::Forget => proxy.forget(),
    }
    json!({ "done": true })
}
