//! What the application asks of the desktop around it: to show a file, to show a notice, to draw its progress.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use crate::child::Running;
use crate::desktop::Desktop;
use crate::wait::until_now;

/// The file manager, the notices and the dock of a desktop, while this lives.
pub struct Services {
    said: Arc<Mutex<Vec<String>>>,
    hands: Mutex<ChildStdin>,
    _running: Running,
}

impl Desktop {
    /// Starts the services, and waits until they can be asked.
    pub async fn services(&self) -> Services {
        let mut command = self.command("/usr/bin/python3");
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/services.py"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = Running::start(&mut command, &self.logs());
        let hands = Mutex::new(running.child().stdin.take().expect("the input is a pipe"));
        let output = running.child().stdout.take().expect("the output is a pipe");
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = said.clone();
        // Ends with the program: its output ends then.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                heard.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
        });
        let services = Services { said, hands, _running: running };
        services.hears("ready").await;
        services
    }
}

impl Services {
    /// Waits until something was asked that begins so, and says all of it.
    pub async fn hears(&self, begin: &str) -> String {
        until_now(&format!("the desktop to hear {begin:?}"), || {
            self.all().into_iter().find(|line| line.starts_with(begin))
        })
        .await
    }

    /// Clicks the last notice.
    pub fn click_notice(&self) {
        let mut hands = self.hands.lock().unwrap_or_else(PoisonError::into_inner);
        hands.write_all(b"click\n").expect("the desktop is there");
    }

    /// Everything asked so far.
    pub fn all(&self) -> Vec<String> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
