//! The `amphora:` scheme: pictures, text and picked files for the page, as bytes, checked in `app` as everything else is.

use amphora_app::wire::{Failure, FailureCode};
use amphora_app::{App, Served};
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, UriSchemeContext, UriSchemeResponder, Wry};

/// Pages that may read what we serve: our own, as each system names it.
const OUR_PAGES: [&str; 3] = ["tauri://localhost", "http://tauri.localhost", "https://tauri.localhost"];

/// Answers one request, off the main thread.
pub fn serve(context: UriSchemeContext<'_, Wry>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let app = context.app_handle().state::<App>().inner().clone();
    tauri::async_runtime::spawn(async move {
        let uri = request.uri();
        let answer = app.serve(uri.path(), uri.query().unwrap_or("")).await;
        let origin = request.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
        let page = OUR_PAGES.into_iter().find(|page| Some(*page) == origin);
        responder.respond(response(answer, page));
    });
}

fn response(answer: Result<Served, Failure>, page: Option<&str>) -> Response<Vec<u8>> {
    let (status, content_type, bytes) = match answer {
        Ok(served) => (StatusCode::OK, served.content_type, served.bytes),
        Err(failure) => (status(failure.code), "application/json", serde_json::to_vec(&failure).unwrap_or_default()),
    };
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        // The next person on this computer must not find them in the web view's own cache.
        .header(header::CACHE_CONTROL, "no-store");
    if let Some(page) = page {
        response = response.header(header::ACCESS_CONTROL_ALLOW_ORIGIN, page);
    }
    response.body(bytes).unwrap_or_default()
}

fn status(code: FailureCode) -> StatusCode {
    match code {
        FailureCode::NotFound => StatusCode::NOT_FOUND,
        FailureCode::AccessDenied | FailureCode::NeedsAccount | FailureCode::SignedOut => StatusCode::FORBIDDEN,
        FailureCode::NotAPicture | FailureCode::TooLarge => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        _ => StatusCode::BAD_GATEWAY,
    }
}
