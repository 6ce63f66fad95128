//! What the page waits for. A web view does not tell when it gives a request up, so the page does: what nobody shows any more
//! is not read or decoded further.

use super::request::{PictureRequest, Served};
use super::serve::given_up;
use crate::app::App;
use crate::wire::Failure;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio_util::sync::CancellationToken;

/// Requests of which some ended, that are held before those are looked for.
const MOST: usize = 512;

/// The requests under way, each with what stops it.
#[derive(Default)]
pub(super) struct Waiting {
    requests: Mutex<HashMap<PictureRequest, Weak<CancellationToken>>>,
}

impl Waiting {
    /// Enters a request; the same one asked for twice is stopped for both.
    fn enter(&self, request: &PictureRequest) -> Arc<CancellationToken> {
        let mut requests = self.lock();
        if let Some(stop) = requests.get(request).and_then(Weak::upgrade) {
            return stop;
        }
        if requests.len() >= MOST {
            requests.retain(|_, stop| stop.strong_count() > 0);
        }
        let stop = Arc::new(CancellationToken::new());
        requests.insert(request.clone(), Arc::downgrade(&stop));
        stop
    }

    /// Stops a request; who asks for it from now on begins anew.
    fn leave(&self, request: &PictureRequest) {
        if let Some(stop) = self.lock().remove(request).and_then(|stop| stop.upgrade()) {
            stop.cancel();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PictureRequest, Weak<CancellationToken>>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// [`App::picture`], until the page leaves it.
    ///
    /// # Errors
    /// As there; or the page does not wait any more.
    pub(crate) async fn picture_on_show(&self, request: &PictureRequest) -> Result<Served, Failure> {
        let stop = self.pictures.waiting.enter(request);
        tokio::select! {
            () = stop.cancelled() => Err(given_up()),
            answer = self.picture(request) => answer,
        }
    }

    /// The page shows these no more, named by path and query of their addresses: what is under way for them stops.
    pub fn leave_pictures(&self, addresses: &[String]) {
        for address in addresses {
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            if let Some(request) = PictureRequest::parse(path, query) {
                self.pictures.waiting.leave(&request);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> PictureRequest {
        PictureRequest::parse("/picture/public/-/a.jpg", query).unwrap()
    }

    #[test]
    fn leaving_one_address_of_a_picture_stops_no_other() {
        let waiting = Waiting::default();
        let others = ["v=1&n=1", "v=1&track=1", "v=2", "v=1&first=1"].map(|query| waiting.enter(&asked(query)));
        let left = waiting.enter(&asked("v=1"));
        waiting.leave(&asked("v=1"));
        assert!(left.is_cancelled());
        assert!(others.iter().all(|other| !other.is_cancelled()), "the page counts each address for itself");
    }

    #[test]
    fn who_asks_after_the_leaving_begins_anew() {
        let waiting = Waiting::default();
        let before = waiting.enter(&asked("v=1"));
        waiting.leave(&asked("v=1"));
        assert!(before.is_cancelled() && !waiting.enter(&asked("v=1")).is_cancelled());
    }
}
