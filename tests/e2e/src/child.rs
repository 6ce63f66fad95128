//! Programs that a desktop consists of, ended with it. They stay in the group of the test, so that its end is theirs too.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running program; dropping it ends it, by TERM and then KILL.
pub(crate) struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Starts the program; what it says on its error output goes to `NAME.log` in `logs`.
    pub(crate) fn start(command: &mut Command, logs: &Path) -> Self {
        let name = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let log = File::options()
            .create(true)
            .append(true)
            .open(logs.join(format!("{name}.log")))
            .expect("the folder is ours");
        let child = command.stderr(log).spawn();
        let child =
            child.unwrap_or_else(|error| panic!("couldn't start {name}: {error}; `cargo xtask test` installs it"));
        Self { child, name }
    }

    /// The streams of the program, to be taken.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub(crate) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// What it is called in messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).stderr(Stdio::null()).status();
        let until = Instant::now() + Duration::from_secs(2);
        while self.is_alive() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
