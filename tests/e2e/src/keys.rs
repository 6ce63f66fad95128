//! Hands on the desktop itself: where the window is, keys and the pointer, by xdotool.

use std::process::Stdio;

use crate::desktop::Desktop;
use crate::driver::Window;
use crate::wait::until_now;

/// A window of the desktop, and where its content lies on the screen.
#[derive(Clone, Debug)]
pub(crate) struct OnScreen {
    pub(crate) id: String,
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

impl Desktop {
    /// Runs xdotool; its answer, or nothing when it found nothing.
    pub(crate) fn xdotool(&self, arguments: &[&str]) -> Option<String> {
        let output =
            self.command("xdotool").args(arguments).stderr(Stdio::null()).output().expect("xdotool is installed");
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// The largest visible window with this title, a regular expression.
    pub(crate) fn on_screen(&self, title: &str) -> Option<OnScreen> {
        let found = self.xdotool(&["search", "--onlyvisible", "--name", title])?;
        found.lines().filter_map(|id| self.geometry(id)).max_by_key(|window| window.width * window.height)
    }

    /// Whether this window gets the keys.
    pub(crate) fn has_keyboard(&self, id: &str) -> bool {
        self.xdotool(&["getactivewindow"]).is_some_and(|active| active == id)
    }

    /// Asked of xwininfo: xdotool is wrong about it under a window manager that adds frames.
    fn geometry(&self, id: &str) -> Option<OnScreen> {
        let output = self.command("xwininfo").args(["-id", id]).output().expect("xwininfo is installed");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let number = |label: &str| text.lines().find_map(|line| line.trim().strip_prefix(label)?.trim().parse().ok());
        Some(OnScreen {
            id: id.to_owned(),
            left: number("Absolute upper-left X:")?,
            top: number("Absolute upper-left Y:")?,
            width: number("Width:")?,
            height: number("Height:")?,
        })
    }
}

impl Window<'_> {
    /// The application's window on the screen.
    pub(crate) async fn on_screen(&self) -> OnScreen {
        until_now("the window on the screen", || self.desktop.on_screen("^Amphora$").filter(|found| found.width > 400))
            .await
    }

    /// Closes the window as its title bar does, and waits until its process has ended.
    pub(crate) async fn press_close(&self) {
        // The page may speak before its window is on the screen; keys to a window that is not there are lost.
        let window = self.on_screen().await;
        let process = self.desktop.xdotool(&["getwindowpid", &window.id]).expect("the window names its process");
        until_now("the application's end", || {
            if has_ended(&process) {
                return Some(());
            }
            if self.desktop.on_screen("^Amphora$").is_some() {
                self.desktop.xdotool(&["windowactivate", &window.id]);
                self.desktop.xdotool(&["key", "alt+F4"]);
            }
            None
        })
        .await;
    }

    /// Gives the page this many pixels, and waits until it has them.
    pub async fn resize(&self, width: i32, height: i32) {
        let window = self.on_screen().await;
        self.desktop.xdotool(&["windowsize", &window.id, &width.to_string(), &height.to_string()]);
        until_now("the new size", || {
            let now = self.desktop.on_screen("^Amphora$")?;
            (now.width == width && now.height == height).then_some(())
        })
        .await;
        crate::until("the page in its new size", || async {
            let inner = self.script("return [innerWidth, innerHeight]", vec![]).await;
            (inner[0] == width && inner[1] == height).then_some(())
        })
        .await;
    }

    /// Puts the window away, as when its person does something else.
    pub async fn minimize(&self) {
        let window = self.on_screen().await;
        self.desktop.xdotool(&["windowminimize", &window.id]);
        until_now("the window put away", || (!self.desktop.has_keyboard(&window.id)).then_some(())).await;
    }

    /// Waits until it is back and has the keyboard; `nudge` is done until then.
    pub async fn comes_back(&self, nudge: impl Fn()) {
        until_now("the window before its person", || {
            nudge();
            let window = self.desktop.on_screen("^Amphora$")?;
            self.desktop.has_keyboard(&window.id).then_some(())
        })
        .await;
    }

    /// Presses a key in the page, in xdotool's words (`Right`, `ctrl+a`).
    pub async fn key(&self, key: &str) {
        let window = self.on_screen().await;
        self.desktop.xdotool(&["windowfocus", &window.id]);
        self.desktop.xdotool(&["key", key]);
    }
}

/// Whether the process is gone, or only waits for its parent to ask how it ended.
fn has_ended(process: &str) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    state.rsplit(')').next().is_none_or(|rest| rest.trim().is_empty() || rest.trim().starts_with('Z'))
}
