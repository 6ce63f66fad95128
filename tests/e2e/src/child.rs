//! Programs that a desktop consists of: each in its own group, ended with it.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running program; dropping it ends its whole group.
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
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command.stderr(log).spawn();
        let child =
            child.unwrap_or_else(|error| panic!("couldn't start {name}: {error}; `cargo xtask test` installs it"));
        Self { child, name }
    }

    /// The streams of the program, to be taken.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
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
        let group = self.child.id();
        if signal("TERM", group) {
            let until = Instant::now() + Duration::from_secs(2);
            while signal("0", group) && Instant::now() < until {
                let _ = self.child.try_wait();
                std::thread::sleep(Duration::from_millis(20));
            }
            signal("KILL", group);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn signal(name: &str, group: u32) -> bool {
    let mut kill = Command::new("kill");
    kill.args([&format!("-{name}"), "--", &format!("-{group}")]).stderr(Stdio::null());
    kill.status().is_ok_and(|status| status.success())
}
