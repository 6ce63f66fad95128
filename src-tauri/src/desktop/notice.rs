//! A notice of the desktop, by whatever service the system has for it, and what a click on it does. The page is not asked and
//! asks nobody.

use crate::events::NoticeClicked;
use amphora_app::RunEnd;
use notify_rust::{Notification, NotificationResponse};
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

/// Shows the end of a run; a click on it brings the window back, open at what the notice speaks of. The service may be slow
/// or absent, and the click may never come: a thread waits for it and for the end of the notice, and nobody for the thread.
pub fn show(handle: &AppHandle, end: &RunEnd) {
    let mut notice = Notification::new();
    notice.appname("Amphora").summary(&end.title).body(&end.text).icon("amphora");
    // The action of the notice itself, which desktops draw no button for (Desktop Notifications Specification, "default").
    // Elsewhere every notice can be clicked, and an action would be a button.
    #[cfg(all(unix, not(target_os = "macos")))]
    notice.action("default", "Show");
    #[cfg(windows)]
    notice.app_id(amphora_app::IDENTIFIER);
    #[cfg(target_os = "macos")]
    // Told more than once it only says so.
    let _ = notify_rust::set_application(amphora_app::IDENTIFIER);
    let (handle, clicked) = (handle.clone(), NoticeClicked(end.tab));
    let answer = move |response: &NotificationResponse| {
        if response.is_default_action() {
            come_back(&handle, &clicked);
        }
    };
    let spawned = std::thread::Builder::new().name("notice".to_owned()).spawn(move || {
        let shown = notice.show().map(|shown| shown.wait_for_response(answer));
        if let Err(error) = shown.and_then(|ended| ended) {
            tracing::info!(%error, "the desktop took no notice");
        }
    });
    if let Err(error) = spawned {
        tracing::info!(%error, "the desktop took no notice");
    }
}

/// Brings the window before the person. A desktop that guards the focus may only mark it as wanting attention.
fn come_back(handle: &AppHandle, clicked: &NoticeClicked) {
    let Some(window) = handle.get_webview_window("main") else { return };
    let shown = clicked.emit(handle).and_then(|()| window.unminimize());
    if let Err(error) = shown.and_then(|()| window.show()).and_then(|()| window.set_focus()) {
        tracing::info!(%error, "the window did not come back");
    }
}
