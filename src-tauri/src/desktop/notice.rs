//! A notice of the desktop, by whatever service the system has for it. The page is not asked and asks nobody.

use amphora_app::RunEnd;
use notify_rust::Notification;

/// Shows the end of a run. The service may be slow or absent: nobody waits for it.
pub fn show(end: &RunEnd) {
    let mut notice = Notification::new();
    notice.appname("Amphora").summary(&end.title).body(&end.text).icon("amphora");
    #[cfg(windows)]
    notice.app_id(amphora_app::IDENTIFIER);
    #[cfg(target_os = "macos")]
    // Told more than once it only says so.
    let _ = notify_rust::set_application(amphora_app::IDENTIFIER);
    let spawned = std::thread::Builder::new().name("notice".to_owned()).spawn(move || {
        if let Err(error) = notice.show() {
            tracing::info!(%error, "the desktop took no notice");
        }
    });
    if let Err(error) = spawned {
        tracing::info!(%error, "the desktop took no notice");
    }
}
