//! Starts the application and its one window.

use crate::clipboard::OurClipboard;
use crate::desktop::Desktop;
use crate::dialogs::Dialogs;
use crate::drag::{CurrentDrag, on_drag};
use crate::events::ToWindow;
use crate::practice::EmbeddedSandbox;
use crate::{commands, protocol};
use amphora_app::wire::{Failure, Keychain};
use amphora_app::{App, IDENTIFIER, InMemory, OsKeychain, SecretStore, Surroundings, data_folder};
use std::sync::Arc;
use tauri::{AppHandle, Manager, RunEvent, WebviewUrl, WebviewWindowBuilder, WindowEvent};
use tracing_subscriber::EnvFilter;

/// Runs until the window is closed.
pub fn run() {
    let filter = EnvFilter::try_from_env("AMPHORA_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let builder = commands::builder();
    let (typed, raw) = (builder.invoke_handler(), commands::raw_handler());
    let tauri = tauri::Builder::default()
        .invoke_handler(move |invoke| match invoke.message.command() {
            commands::RAW => raw(invoke),
            _ => typed(invoke),
        })
        .register_asynchronous_uri_scheme_protocol("amphora", protocol::serve)
        .on_window_event(|window, event| match event {
            WindowEvent::DragDrop(event) => on_drag(window, event),
            WindowEvent::Focused(focused) => window.state::<Desktop>().focus_changed(*focused),
            _ => {}
        })
        .manage(Desktop::default())
        .setup(move |tauri| {
            builder.mount_events(tauri);
            // An error handed to the builder would be a panic without a word.
            let app = tauri::async_runtime::block_on(open(tauri.handle()));
            let app = app.unwrap_or_else(|failure| tell_and_end(&failure.to_string()));
            tauri.manage(app.clone());
            tauri.manage(OurClipboard::default());
            tauri.manage(CurrentDrag::default());
            tauri.manage(Dialogs::default());
            tauri::async_runtime::spawn(async move { app.restore().await });
            window(tauri.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match tauri {
        Ok(tauri) => tauri.run(|handle, event| {
            // The last window closed: stop cleanly first, so that nothing half is left behind.
            if let RunEvent::ExitRequested { code: None, api, .. } = event
                && let Some(app) = handle.try_state::<App>()
            {
                api.prevent_exit();
                let (app, handle) = (app.inner().clone(), handle.clone());
                tauri::async_runtime::spawn(async move {
                    app.quit().await;
                    handle.exit(0);
                });
            }
        }),
        Err(error) => tell_and_end(&error.to_string()),
    }
}

async fn open(handle: &AppHandle) -> Result<App, Failure> {
    let (secrets, keychain): (Arc<dyn SecretStore>, _) = match OsKeychain::open(IDENTIFIER).await {
        Ok(keychain) => (Arc::new(keychain), Keychain::Kept),
        Err(unavailable) => {
            tracing::warn!(%unavailable, "signed in for this run only");
            (Arc::new(InMemory::default()), Keychain::ThisRunOnly)
        }
    };
    let app = App::new(Surroundings {
        data_folder: data_folder(),
        secrets,
        keychain,
        practice: Arc::new(EmbeddedSandbox::default()),
        news: Arc::new(ToWindow(handle.clone())),
    })?;
    if let Err(failure) = app.open_door() {
        tracing::warn!(%failure, "the command line has to wait until the window is closed");
    }
    Ok(app)
}

fn window(handle: &AppHandle) -> tauri::Result<()> {
    let size = (1280.0, 800.0);
    WebviewWindowBuilder::new(handle, "main", WebviewUrl::default())
        .title("Amphora")
        .inner_size(size.0, size.1)
        .min_inner_size(640.0, 480.0)
        .build()?;
    Ok(())
}

/// The window could not open: say why in a dialog of the system, where there is one.
fn tell_and_end(reason: &str) -> ! {
    tracing::error!(reason, "could not start");
    rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_title("Amphora").set_description(reason).show();
    std::process::exit(1);
}
