//! Real drags from the desktop into the window, by the protocol that file managers speak (XDND).

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use crate::child::Running;
use crate::driver::Window;
use crate::find::Seen;

/// Where the source of a drag waits, right of every window.
const SOURCE: (i32, i32) = (1560, 60);

/// Between two movements of the pointer: a toolkit takes faster ones for a jump, and starts no drag.
const STEP: Duration = Duration::from_millis(25);

/// Files that hang on the pointer over the window.
pub struct Drag<'w> {
    window: &'w Window<'w>,
    source: Running,
}

impl Window<'_> {
    /// Takes these files in another program and carries them over a place in the page.
    pub async fn drag_over<'w>(&'w self, paths: &[PathBuf], target: &Seen<'_>) -> Drag<'w> {
        let (left, top) = SOURCE;
        let mut command = self.desktop.command("/usr/bin/python3");
        command
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/drag_source.py"))
            .args([left.to_string(), top.to_string()]);
        command.args(paths).stdout(Stdio::piped());
        let mut source = Running::start(&mut command, &self.desktop.logs());
        let mut line = String::new();
        let output = source.child().stdout.take().expect("the output is a pipe");
        BufReader::new(output).read_line(&mut line).expect("the output can be read");
        assert_eq!(line.trim(), "ready", "the source of the drag did not open; see python3.log");

        let on_screen = self.on_screen().await;
        let (x, y) = target.middle().await;
        let from = (left + 60, top + 40);
        let to = (on_screen.left + x, on_screen.top + y);
        self.point(from);
        self.desktop.xdotool(&["mousedown", "1"]);
        for step in 1..=15 {
            self.point((from.0 + (to.0 - from.0) * step / 15, from.1 + (to.1 - from.1) * step / 15));
            tokio::time::sleep(STEP).await;
        }
        // A last small movement: the target answers positions, not rest.
        self.point((to.0 + 2, to.1 + 1));
        Drag { window: self, source }
    }

    fn point(&self, (x, y): (i32, i32)) {
        self.desktop.xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
    }
}

impl Drag<'_> {
    /// Lets the files go where they are.
    pub async fn drop_here(self) {
        tokio::time::sleep(STEP * 12).await;
        self.window.desktop.xdotool(&["mouseup", "1"]);
        // The source answers the target's question for the data; it goes when the drag has ended.
        let mut source = self.source;
        crate::wait::until_now("the drag's end", || (!source.is_alive()).then_some(())).await;
    }
}
