//! How long is waited between the tries of a request, told by a sleep that takes no time.

use std::future::{pending, ready};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_s3::config::{AsyncSleep, Builder, SharedAsyncSleep, Sleep, StalledStreamProtectionConfig};

use super::{Reply, Server, credentials, key, storage_at};
use crate::body::Body;
use crate::client::client_with_sleep;
use crate::conflict::IfExists;
use crate::control::Control;
use crate::put::PutOptions;
use crate::space::Space;

/// Notes the pauses and takes none. The limits of a request are sleeps too, far longer ones: they never end here.
#[derive(Clone, Debug, Default)]
struct Noted(Arc<Mutex<Vec<Duration>>>);

impl AsyncSleep for Noted {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration >= Duration::from_secs(2) {
            return Sleep::new(pending());
        }
        self.0.lock().unwrap().push(duration);
        Sleep::new(ready(()))
    }
}

/// The SDK's watch for streams that stand still sleeps as well.
fn no_watch() -> Builder {
    Builder::new().stalled_stream_protection(StalledStreamProtectionConfig::disabled())
}

#[tokio::test]
async fn a_server_that_asks_for_less_gets_fewer_requests_at_once() {
    for (status, code, fewer) in [(503, "SlowDown", true), (403, "AccessDenied", false)] {
        let server = Server::start(move |_| Reply::error(status, code)).await;
        let storage = storage_at(&server.endpoint, credentials(None));
        let before = storage.pace().at_once();
        let (name, control) = (key("a.txt"), Control::default());
        let options = PutOptions::new(IfExists::Replace);
        storage.put(&Space::Public, &name, Body::Bytes("a".into()), options, &control).await.unwrap_err();
        assert_eq!(storage.pace().at_once() < before, fewer, "{code} to an upload");
        let storage = storage.with_pace(Arc::default());
        storage.get(&Space::Public, &name, None, &control).await.unwrap_err();
        assert_eq!(storage.pace().at_once() < before, fewer, "{code} to a download");
    }
}

#[tokio::test]
async fn the_pauses_between_four_tries_are_those_of_amplify_however_many_have_failed() {
    let server = Server::start(|_| Reply::error(500, "InternalError")).await;
    let storage = storage_at(&server.endpoint, credentials(None));
    let noted = Noted::default();
    let client = client_with_sleep(storage.config(), credentials(None), Some(SharedAsyncSleep::new(noted.clone())));
    // More than the SDK's own quota of tries would allow: the last file of a long queue is tried as often as the first.
    for _ in 0..60 {
        client.put_object().bucket("files").key("a").customize().config_override(no_watch()).send().await.unwrap_err();
        let pauses = std::mem::take(&mut *noted.0.lock().unwrap());
        assert_eq!(pauses.len(), 3, "{pauses:?}");
        for (pause, most) in pauses.iter().zip([100, 200, 400]) {
            assert!(*pause <= Duration::from_millis(most), "{pauses:?}: at most 100, 200 and 400 ms");
        }
    }
    assert_eq!(server.count("PUT", ""), 240, "four tries each");
}
