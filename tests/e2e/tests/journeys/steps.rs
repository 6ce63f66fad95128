//! Steps that several journeys take.

use std::path::{Path, PathBuf};

use amphora_e2e::{Desktop, Name, Window, until};
use serde_json::{Value, json};

/// From the first screen into the practice storage, as its practice account.
pub(crate) async fn try_it_here(window: &Window<'_>) {
    window.click("button", "Try it on this computer").await;
    window.see("navigation", "Sidebar").await;
    window.see("button", Name::Has("practice@example.com")).await;
    window.see("row", Name::Any).await;
}

/// Opens the window in Private of the practice storage.
pub(crate) async fn practise(desktop: &Desktop) -> Window<'_> {
    let window = Window::open(desktop).await;
    try_it_here(&window).await;
    go_to(&window, "Private").await;
    window
}

/// From the first screen into a team's storage, by the file that its app has for it, as a guest.
pub(crate) async fn connect(window: &Window<'_>, file: &Path) {
    window.click("button", "Connect a team’s storage").await;
    window.click("button", "Choose a file…").await;
    window.choose("^(Choose|Open|Connect).*", file).await;
    window.see("heading", "Connect to this storage?").await;
    window.click("button", "Connect").await;
    window.see("navigation", "Sidebar").await;
}

/// From a guest to somebody with an account.
pub(crate) async fn sign_in(window: &Window<'_>, name: &str, password: &str) {
    account(window, "Sign in").await;
    window.fill("Name or e-mail", name).await;
    window.fill("Password", password).await;
    window.click("button", "Sign in").await;
    window.see("button", Name::Has(&format!("{name}@example.com"))).await;
}

/// Goes to one of the places in the sidebar and waits until its folder is shown.
pub(crate) async fn go_to(window: &Window<'_>, place: &str) {
    let sidebar = window.see("navigation", "Sidebar").await;
    until(&format!("{place} to be where we are"), || async {
        let button = sidebar.see("button", Name::Starts(place)).await;
        button.click().await;
        (button.attribute("aria-current").await == "page").then_some(())
    })
    .await;
}

/// Opens a folder of the list and waits until it shows a row with this in its name.
pub(crate) async fn open_folder(window: &Window<'_>, folder: &str, shows: &str) {
    window.click("row", Name::Has(folder)).await;
    window.key("Return").await;
    window.see("row", Name::Has(shows)).await;
}

/// Opens the settings.
pub(crate) async fn settings(window: &Window<'_>) {
    window.key("ctrl+comma").await;
    window.see("dialog", "Settings").await;
}

/// Chooses an entry of the account's menu.
pub(crate) async fn account(window: &Window<'_>, entry: &str) {
    window.click("button", Name::Starts("Account: ")).await;
    window.click("menuitem", entry).await;
}

/// Chooses how the folder is shown: List, Grid or Album.
pub(crate) async fn show_as(window: &Window<'_>, view: &str) {
    window.click("radio", view).await;
    until(&format!("the view {view}"), || async {
        (window.see("radio", view).await.attribute("aria-checked").await == "true").then_some(())
    })
    .await;
}

/// Carries files from the desktop over the open folder and lets them go.
pub(crate) async fn drop_into_folder(window: &Window<'_>, paths: &[PathBuf]) {
    let folder = window.see("grid", Name::Any).await;
    window.drag_over(paths, &folder).await.drop_here().await;
}

/// Waits until each of these names is a row of the list.
pub(crate) async fn rows_show(window: &Window<'_>, names: &[&str]) {
    for name in names {
        window.see("row", Name::Has(name)).await;
    }
}

/// Waits until no transfer waits or runs, and says how many are done, failed and in need of an answer.
pub(crate) async fn transfers_end(window: &Window<'_>) -> (u64, u64, u64) {
    until("all transfers to end", || async {
        let now = summary(window).await;
        let of = |name: &str| now[name].as_u64().unwrap_or(u64::MAX);
        (of("running") == 0 && of("waiting") == 0).then(|| (of("done"), of("failed"), of("needsYou")))
    })
    .await
}

/// The totals of all transfers.
pub(crate) async fn summary(window: &Window<'_>) -> Value {
    window.invoke("transfer_summary", json!({})).await.expect("the page may ask for totals")
}
