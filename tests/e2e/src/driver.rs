//! The application under WebDriver: opened, looked at, closed.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use image::RgbImage;
use serde_json::{Value, json};

use crate::child::Running;
use crate::desktop::Desktop;
use crate::wait::{answered, until, until_now};

const COUNT: &str = "return document.querySelectorAll(arguments[0]).length";

/// Brings one of them into the middle of the page and says where it is then, in whole pixels.
const SCROLL_TO: &str = "const element = document.querySelectorAll(arguments[0])[arguments[1]];
    element.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = element.getBoundingClientRect();
    return { name: element.ariaLabel, left: Math.max(0, Math.round(left)), top: Math.max(0, Math.round(top)),
        width: Math.round(width), height: Math.round(height) };";

/// How long the driver may take to forget a session whose application has ended.
const SESSION_END: Duration = Duration::from_secs(5);

/// The open window of the application on a desktop.
pub struct Window<'a> {
    pub(crate) desktop: &'a Desktop,
    pub(crate) client: Client,
    driver: Running,
}

impl<'a> Window<'a> {
    /// Starts the application and waits until its page says something.
    pub async fn open(desktop: &'a Desktop) -> Self {
        let window = Self::start(desktop, &application(), &[]).await;
        window.first_words().await;
        window
    }

    /// Starts a plain browser, the one that comes with WebKitGTK, at an address.
    pub async fn browse(desktop: &'a Desktop, address: &str) -> Self {
        let window = Self::start(desktop, &browser(), &["--automation"]).await;
        answered("the page", window.client.goto(address)).await.expect("the address is a page's");
        window.first_words().await;
        window
    }

    async fn start(desktop: &'a Desktop, binary: &Path, arguments: &[&str]) -> Self {
        let port = free_port();
        let mut command = desktop.command("WebKitWebDriver");
        command.arg(format!("--port={port}")).env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.env("AMPHORA_LOG", "info").stdout(Stdio::null());
        let driver = Running::start(&mut command, &desktop.logs());
        until_now("WebDriver", || TcpStream::connect(("127.0.0.1", port)).ok()).await;

        let options = json!({ "webkitgtk:browserOptions": { "binary": binary, "args": arguments } });
        let Value::Object(capabilities) = options else { unreachable!("written as an object") };
        let address = format!("http://127.0.0.1:{port}");
        let mut starter = ClientBuilder::new(HttpConnector::new());
        let client = answered("the application's start", starter.capabilities(capabilities).connect(&address))
            .await
            .expect("the application starts under WebDriver");
        Self { desktop, client, driver }
    }

    pub(crate) fn driver_id(&self) -> u32 {
        self.driver.id()
    }

    async fn first_words(&self) {
        until("the page's first words", || async {
            let text =
                self.client.execute("return document.body ? document.body.innerText.trim() : ''", vec![]).await.ok()?;
            text.as_str().is_some_and(|text| !text.is_empty()).then_some(())
        })
        .await;
    }

    /// Ends a plain browser.
    pub async fn leave(self) {
        // What does not end by itself goes with the driver.
        let _ = tokio::time::timeout(SESSION_END, self.client.clone().close()).await;
    }

    /// Pictures of everything that fits a CSS selector, each with its accessible name: as much of it as the page has room for.
    pub async fn pictures(&self, selector: &str) -> Vec<(String, RgbImage)> {
        let count = self.script(COUNT, vec![json!(selector)]).await.as_u64().unwrap_or(0);
        let mut pictures = Vec::new();
        for index in 0..count {
            let seen = self.script(SCROLL_TO, vec![json!(selector), json!(index)]).await;
            let png = answered("a picture", self.client.screenshot()).await.expect("the page can be pictured");
            let page = image::load_from_memory(&png).expect("it is a PNG").into_rgb8();
            let side = |name: &str| u32::try_from(seen[name].as_u64().unwrap_or(0)).unwrap_or(0);
            let (left, top) = (side("left").min(page.width()), side("top").min(page.height()));
            let (width, height) = (side("width").min(page.width() - left), side("height").min(page.height() - top));
            let picture = image::imageops::crop_imm(&page, left, top, width, height).to_image();
            pictures.push((seen["name"].as_str().unwrap_or_default().to_owned(), picture));
        }
        pictures
    }

    /// Ends the application as closing its window does.
    pub async fn close(mut self) {
        self.press_close().await;
        // The session may be gone with its application; what is left of it goes with the driver.
        let _ = tokio::time::timeout(SESSION_END, self.client.clone().close()).await;
        assert!(self.driver.is_alive(), "WebDriver outlives the window");
    }

    /// The value of a script that runs in the page.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        answered("a script", self.client.execute(script, arguments))
            .await
            .unwrap_or_else(|error| panic!("the script failed: {error}\n{script}"))
    }

    /// The value that a script of the page gives to its callback.
    pub async fn script_async(&self, script: &str) -> Value {
        answered("a script", self.client.execute_async(script, vec![]))
            .await
            .unwrap_or_else(|error| panic!("the script failed: {error}\n{script}"))
    }

    /// Calls a command as any script of the page could: `Ok` is its answer, `Err` its refusal.
    pub async fn invoke(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        let script = "const [command, given, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, given).then((ok) => done({ ok }), (refusal) => done({ refusal: refusal ?? 'refused' }));";
        let asked = self.client.execute_async(script, vec![json!(command), arguments]);
        let answer = answered(command, asked).await.expect("the page answers");
        match answer.get("refusal") {
            Some(refusal) => Err(refusal.clone()),
            None => Ok(answer.get("ok").cloned().unwrap_or_default()),
        }
    }
}

impl Drop for Window<'_> {
    /// A journey that failed keeps what was on the screen, before the window is gone.
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.desktop.keep_evidence();
        }
    }
}

/// The program under test: named by the environment, or beside the test in cargo's target folder.
pub(crate) fn application() -> PathBuf {
    let built = || {
        let test = std::env::current_exe().expect("a test knows its own path");
        test.ancestors().nth(2).map(|debug| debug.join("amphora")).unwrap_or_default()
    };
    let application = std::env::var_os("AMPHORA_APP").map_or_else(built, PathBuf::from);
    assert!(Path::new(&application).is_file(), "{} is not built: cargo build -p amphora", application.display());
    application
}

/// WebKitGTK's own browser; where it lies differs from system to system.
fn browser() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
    let folders = folders.chain([PathBuf::from("/usr/lib"), PathBuf::from("/usr/libexec")]);
    let found = folders.map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser")).find(|browser| browser.is_file());
    found.expect("libwebkit2gtk-4.1 brings MiniBrowser; `cargo xtask test` installs it")
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port is free").port()
}
