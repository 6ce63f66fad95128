//! Progress on the docks of Linux desktops: the signal of the Unity launcher interface, which the docks of Ubuntu, KDE and
//! others listen to. Tauri's own way needs a library that only Ubuntu has.

use super::Bar;
use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, Sender, channel};
use zbus::blocking::Connection;
use zbus::zvariant::Value;

/// As the bundler names the application's desktop file.
const ENTRY: &str = "application://Amphora.desktop";
const PATH: &str = "/dev/amphora/desktop";
const INTERFACE: &str = "com.canonical.Unity.LauncherEntry";

/// Hands bars to the one thread that speaks to the bus, so that nobody waits for a bus that does not answer.
#[derive(Default)]
pub struct Launcher(OnceLock<Sender<Option<Bar>>>);

impl Launcher {
    /// Draws a bar, or takes it away.
    pub fn draw(&self, bar: Option<Bar>) {
        let send = self.0.get_or_init(|| {
            let (send, bars) = channel();
            let spawned = std::thread::Builder::new().name("launcher".to_owned()).spawn(move || speak(&bars));
            if let Err(error) = spawned {
                tracing::debug!(%error, "no progress on the dock");
            }
            send
        });
        // Without a bus nobody listens, and nobody misses it.
        let _ = send.send(bar);
    }
}

fn speak(bars: &Receiver<Option<Bar>>) {
    let connection = match Connection::session() {
        Ok(connection) => connection,
        Err(error) => return tracing::debug!(%error, "no progress on the dock: no session bus"),
    };
    for bar in bars {
        let shown: HashMap<&str, Value> = HashMap::from([
            ("progress", Value::from(bar.map_or(0.0, |bar| f64::from(bar.percent) / 100.0))),
            ("progress-visible", Value::from(bar.is_some())),
            ("urgent", Value::from(bar.is_some_and(|bar| bar.failed))),
        ]);
        if let Err(error) = connection.emit_signal(None::<&str>, PATH, INTERFACE, "Update", &(ENTRY, shown)) {
            tracing::debug!(%error, "the dock did not hear of the progress");
        }
    }
}
