//! The application under WebDriver: opened, looked at, closed.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::child::Running;
use crate::desktop::Desktop;
use crate::wait::{answered, until, until_now};

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
        let port = free_port();
        let mut command = desktop.command("WebKitWebDriver");
        command.arg(format!("--port={port}")).env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.env("AMPHORA_LOG", "info").stdout(Stdio::null());
        let driver = Running::start(&mut command, &desktop.logs());
        until_now("WebDriver", || TcpStream::connect(("127.0.0.1", port)).ok()).await;

        let options = json!({ "webkitgtk:browserOptions": { "binary": application(), "args": [] } });
        let Value::Object(capabilities) = options else { unreachable!("written as an object") };
        let address = format!("http://127.0.0.1:{port}");
        let mut starter = ClientBuilder::new(HttpConnector::new());
        let client = answered("the application's start", starter.capabilities(capabilities).connect(&address))
            .await
            .expect("the application starts under WebDriver");
        let window = Self { desktop, client, driver };
        until("the page's first words", || async {
            let text = window
                .client
                .execute("return document.body ? document.body.innerText.trim() : ''", vec![])
                .await
                .ok()?;
            text.as_str().is_some_and(|text| !text.is_empty()).then_some(())
        })
        .await;
        window
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

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port is free").port()
}
