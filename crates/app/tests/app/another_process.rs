//! The application as a process of its own that is killed, and the next one that ends what it began.

use crate::around::World;
use amphora_faults::{Fault, FaultProxy, Rule};
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Where the test that is the other application finds its work.
pub const CHILD: &str = "AMPHORA_TEST_CHILD";

/// The running `killed::child`, and what it says.
pub struct Child(std::process::Child, Lines<BufReader<ChildStdout>>);

impl Child {
    pub fn start(world: &World) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "killed::child", "--nocapture"]).env(CHILD, world.dir.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self(child, lines)
    }

    #[cfg(unix)]
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Waits until it says so, and what else it says with it.
    pub fn says(&mut self, word: &str) -> Option<String> {
        self.1.by_ref().map_while(Result::ok).find(|line| line.contains(word))
    }

    pub fn wait(mut self) {
        self.0.wait().unwrap();
    }

    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Kills the application as soon as this is so, has the line mended, and lets another application end what it began; what that
/// says.
pub fn killed_when(world: &World, proxy: &FaultProxy, is_so: impl Fn() -> bool) -> String {
    tokio::task::block_in_place(|| {
        let mut child = Child::start(world);
        child.says("queued").expect("it gets as far as the queue");
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < Duration::from_secs(60), "it does not get so far");
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill();
        proxy.mend();
        let mut child = Child::start(world);
        let ended = child.says("settled").expect("it goes on by itself");
        child.wait();
        ended
    })
}

/// Lets so many of these requests through, and kills the application a moment after the next one, which waits. However fast or
/// slow the machine is, it gets just there.
pub fn killed_after(
    world: &World,
    proxy: &FaultProxy,
    ((method, of), through): ((&str, &str), usize),
    moment: Duration,
) -> String {
    proxy.add(Rule::new(Fault::Hold).on(method, of).after(through as u64));
    killed_when(world, proxy, || {
        let is_there = proxy.count(method, of) > through;
        if is_there {
            std::thread::sleep(moment);
        }
        is_there
    })
}

/// Parts that the journal of a running application knows to be there.
pub fn parts_in(journal: &Path) -> i64 {
    let Ok(journal) = rusqlite::Connection::open(journal) else { return 0 };
    journal.query_row("SELECT count(*) FROM part", [], |row| row.get(0)).unwrap_or(0)
}
