//! Child processes: shown to a person, or unattended in a group of their own with a log, a deadline, TERM and then KILL.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Problem;

/// How long a group may take to end itself after TERM.
const GRACE: Duration = Duration::from_secs(5);

/// The group that runs now, for the handler of Ctrl-C; 0 when none runs.
static RUNNING: AtomicU32 = AtomicU32::new(0);

/// Runs a command that the person watches; an unsuccessful end is a problem.
pub(crate) fn shown(command: &mut Command) -> Result<(), Problem> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status}).", words(command))) }
}

/// Becomes the command where the system can, else runs it to its end.
pub(crate) fn become_it(command: &mut Command) -> Result<(), Problem> {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let error = command.exec();
        Err(cannot_start(command, &error))
    }
    #[cfg(not(unix))]
    shown(command)
}

/// Runs a command without a terminal, all output to `log`, until it ends or the deadline passes.
/// What it leaves running is ended too.
pub(crate) fn unattended(command: &mut Command, log: &Path, deadline: Instant) -> Result<(), Problem> {
    let file = File::options().create(true).append(true).open(log);
    let file = file.map_err(|error| format!("Couldn't write {}: {error}.", log.display()))?;
    let again = file.try_clone().map_err(|error| format!("Couldn't write {}: {error}.", log.display()))?;
    command.stdin(Stdio::null()).stdout(file).stderr(again);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = command.spawn().map_err(|error| cannot_start(command, &error))?;
    RUNNING.store(child.id(), Ordering::SeqCst);
    let outcome = wait(&mut child, deadline);
    end(&mut child);
    RUNNING.store(0, Ordering::SeqCst);
    match outcome {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(format!("`{}` failed ({status}).", words(command))),
        None => Err(format!("`{}` was stopped: the time for the whole run is over.", words(command))),
    }
}

/// Makes Ctrl-C and TERM end the running group before this program.
pub(crate) fn end_group_on_interrupt() {
    let _ = ctrlc::set_handler(|| {
        let group = RUNNING.load(Ordering::SeqCst);
        if group != 0 {
            signal("TERM", group);
            sleep(Duration::from_secs(1));
            signal("KILL", group);
        }
        std::process::exit(130);
    });
}

fn wait(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        if Instant::now() > deadline {
            return None;
        }
        sleep(Duration::from_millis(50));
    }
}

/// Ends the whole group, also what the child left behind.
fn end(child: &mut Child) {
    let group = child.id();
    if signal("TERM", group) {
        let until = Instant::now() + GRACE;
        while signal("0", group) && Instant::now() < until {
            let _ = child.try_wait();
            sleep(Duration::from_millis(50));
        }
        signal("KILL", group);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Sends a signal to a group; says whether any process was there to get it.
fn signal(name: &str, group: u32) -> bool {
    cfg!(unix)
        && Command::new("kill")
            .args([&format!("-{name}"), "--", &format!("-{group}")])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Problem {
    format!("Couldn't start `{}`: {error}.", words(command))
}

/// The command as a person would type it.
pub(crate) fn words(command: &Command) -> String {
    let mut all = vec![Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned()];
    all.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    all.join(" ")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_ignores_the_deadline_is_ended_with_its_children() {
        let log = std::env::temp_dir().join(format!("amphora-process-{}", std::process::id()));
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & echo $!; sleep 60"]);
        let outcome = unattended(&mut command, &log, Instant::now() + Duration::from_millis(300));
        let said = std::fs::read_to_string(&log).unwrap();
        std::fs::remove_file(log).unwrap();
        assert!(outcome.is_err_and(|problem| problem.contains("stopped")), "a stopped command is not a success");
        let child = Command::new("kill").args(["-0", said.trim()]).stderr(Stdio::null()).status().unwrap();
        assert!(!child.success(), "the grandchild {said} outlived its group");
    }
}
