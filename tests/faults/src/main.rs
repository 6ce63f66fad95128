//! `fault-proxy`: the proxy as a process of its own. Prints where it is, then reads commands, a line each, until its input ends.

use std::io::{self, BufRead, Write};
use std::net::SocketAddr;

use amphora_faults::{FaultProxy, obey};
use clap::Parser;
use serde_json::json;

/// A proxy in front of an S3 endpoint that spoils what passes through it, as the lines on its input say.
#[derive(Parser)]
#[command(name = "fault-proxy", version)]
struct Arguments {
    /// The server, for example 127.0.0.1:20005.
    #[arg(long, value_name = "ADDRESS")]
    to: SocketAddr,
    /// The port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let proxy = FaultProxy::start_at(arguments.port)?;
    proxy.forward_to(arguments.to);
    say(&json!({ "endpoint": proxy.endpoint() }).to_string())?;
    for line in io::stdin().lock().lines() {
        say(&obey(&proxy, &line?))?;
    }
    Ok(())
}

fn say(line: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}
