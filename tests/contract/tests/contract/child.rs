//! Other people's programs as child processes: each in a process group of its own, its messages in a file, ended by TERM, then KILL.

use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(3);

/// A running program that is spoken to in JSON.
pub struct Program {
    child: Child,
    input: Option<ChildStdin>,
    log: PathBuf,
}

impl Program {
    /// Starts a program. Its standard error goes to `NAME.log` in the build's folder for such things.
    pub fn start(mut command: Command, name: &str) -> Result<Self, String> {
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.log"));
        let messages = File::create(&log).map_err(|error| format!("couldn't write {}: {error}", log.display()))?;
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(messages).spawn();
        let mut child = started.map_err(|error| format!("couldn't start {command:?}: {error}"))?;
        let input = child.stdin.take();
        Ok(Self { child, input, log })
    }

    /// Sends a line and waits for one.
    pub fn ask(&mut self, line: &Value, limit: Duration) -> Result<Value, String> {
        self.tell(line)?;
        let output = self.child.stdout.take().ok_or("it was asked before")?;
        self.answer(limit, move || {
            let mut answer = String::new();
            BufReader::new(output).read_line(&mut answer).map(|_| answer)
        })
    }

    /// Sends a line, ends its input and waits for all that it says.
    pub fn finish(mut self, line: &Value, limit: Duration) -> Result<Value, String> {
        self.tell(line)?;
        self.input = None;
        let mut output = self.child.stdout.take().ok_or("it was asked before")?;
        self.answer(limit, move || {
            let mut answer = String::new();
            output.read_to_string(&mut answer).map(|_| answer)
        })
    }

    fn tell(&mut self, line: &Value) -> Result<(), String> {
        let input = self.input.as_mut().ok_or("its input has ended")?;
        writeln!(input, "{line}").map_err(|error| self.failed(&format!("it does not listen: {error}")))
    }

    fn answer(
        &self,
        limit: Duration,
        read: impl FnOnce() -> std::io::Result<String> + Send + 'static,
    ) -> Result<Value, String> {
        let (sender, answers) = mpsc::channel();
        std::thread::spawn(move || sender.send(read()));
        let answer = answers.recv_timeout(limit).map_err(|_| self.failed("it did not answer in time"))?;
        let answer = answer.map_err(|error| self.failed(&error.to_string()))?;
        serde_json::from_str(&answer).map_err(|_| self.failed(&format!("it answered {answer:?}")))
    }

    fn failed(&self, reason: &str) -> String {
        let messages = std::fs::read_to_string(&self.log).unwrap_or_default();
        let end = messages.lines().rev().take(20).collect::<Vec<_>>();
        let end = end.into_iter().rev().collect::<Vec<_>>().join("\n");
        format!("{}: {reason}\n{end}", self.log.display())
    }

    fn ends_within(&mut self, limit: Duration) -> bool {
        let end = Instant::now() + limit;
        while Instant::now() < end {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    fn signal(&self, signal: &str) {
        // The whole group: a server may have children.
        if cfg!(unix) {
            let group = format!("-{}", self.child.id());
            let _sent = Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status();
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.input = None;
        if !self.ends_within(PATIENCE) {
            self.signal("-TERM");
        }
        if !self.ends_within(PATIENCE) {
            self.signal("-KILL");
            let _killed = self.child.kill();
        }
        let _reaped = self.child.wait();
    }
}

/// A Python script of this folder, run by the environment that `cargo xtask test` prepares.
pub fn python(script: &str) -> Result<Command, String> {
    let venv = std::env::var_os("AMPHORA_VENV").map(PathBuf::from).filter(|venv| venv.is_dir());
    let venv = venv.ok_or(
        "AMPHORA_VENV names no Python environment. `cargo xtask test` prepares one from tests/contract/requirements.txt.",
    )?;
    let python = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let mut command = Command::new(venv.join(python));
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(script));
    Ok(command)
}

/// The script that speaks aws-amplify, the version whose folder it is.
pub fn amplify(version: &str) -> Result<Command, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(version);
    if !folder.join("node_modules/aws-amplify").is_dir() {
        return Err(format!("tests/contract/{version}/node_modules is missing. `cargo xtask test` installs it."));
    }
    let mut command = Command::new("node");
    command.arg(folder.join("client.cjs"));
    Ok(command)
}
