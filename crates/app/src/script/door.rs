//! The door of a data folder: whoever holds the folder answers the orders of the same person's other processes there.
//! The page of the window cannot reach it, and no secret passes it.

use super::door_name::new_name;
use super::order::{Answer, Greeting, Order, VERSION, other_version, written};
use super::request::AsWhom;
use super::told::{End, Told};
use crate::app::{App, Inner};
use crate::wire::{Account, Failure, FailureCode};
use interprocess::local_socket::tokio::{Listener, Stream, prelude::*};
use interprocess::local_socket::{GenericFilePath, ListenerOptions, ToFsName};
use std::io;
use std::path::Path;
use std::sync::Weak;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// An order is read up to here: the paths of a large upload, not more.
const LONGEST_ORDER: u64 = 256 << 20;

/// Where orders come in.
#[derive(Debug, Default)]
pub struct Door {
    shut: CancellationToken,
    talks: TaskTracker,
}

impl Door {
    /// Lets nobody in any more, and waits until those who are in have their answers.
    pub(crate) async fn shut(&self) {
        self.shut.cancel();
        self.talks.close();
        self.talks.wait().await;
    }
}

impl App {
    /// Opens the door of the data folder, until the application ends.
    ///
    /// # Errors
    /// The system refuses, as where the folder's path is too long for a socket.
    pub fn open_door(&self) -> Result<(), Failure> {
        let opened = new_name(self.data.path()).and_then(|at| Ok((listen(&at)?, at)));
        let (listener, at) = opened.map_err(|error| Failure::of_io("open", "the door of the data folder", &error))?;
        let (app, shut, talks) = (self.weak(), self.door.shut.clone(), self.door.talks.clone());
        self.door.talks.spawn(async move {
            while let Some(came) = shut.run_until_cancelled(listener.accept()).await {
                match came {
                    Ok(stream) if is_ours(&stream, &at) => talks.spawn(answer(app.clone(), stream, shut.clone())),
                    Ok(_) => {
                        tracing::warn!("somebody else knocked at the door of the data folder");
                        continue;
                    }
                    Err(error) => {
                        tracing::warn!(%error, "the door of the data folder is stuck");
                        return;
                    }
                };
            }
        });
        Ok(())
    }

    /// Lets no orders in any more, and waits until those that came are done.
    pub async fn shut_door(&self) {
        self.door.shut().await;
    }

    /// Whether a script that says who it is means whoever is here.
    async fn is_meant(&self, as_whom: &AsWhom) -> Result<(), Failure> {
        let state = self.state_when_restored().await;
        if let Some(file) = &as_whom.backend
            && !self.read_config_file(file.path())?.already_connected
        {
            return Err(not_here("another storage is open in it"));
        }
        match (&as_whom.user, &state.account) {
            (None, _) => Ok(()),
            (Some(name), Account::Person { username, .. }) if name == username => Ok(()),
            (Some(name), Account::Person { email: Some(email), .. }) if name.eq_ignore_ascii_case(email) => Ok(()),
            (Some(_), Account::Person { username, .. }) => Err(not_here(&format!("{username} is signed in there"))),
            (Some(_), Account::Guest | Account::Nobody) => Err(not_here("nobody is signed in there")),
        }
    }
}

/// Takes the place of a socket that a killed holder left: only the holder of the folder gets here.
fn listen(at: &Path) -> io::Result<Listener> {
    let name = at.to_fs_name::<GenericFilePath>()?;
    let listener = ListenerOptions::new().name(name).try_overwrite(true).create_tokio()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(at, std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(listener)
}

/// Whether the process at the other end runs as the person who holds the folder. The socket is ours, so its owner tells.
#[cfg(unix)]
fn is_ours(stream: &Stream, at: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let Ok(meta) = std::fs::symlink_metadata(at) else { return false };
    // Where the system does not say who it is, the mode of the socket has kept the others out.
    stream.peer_creds().is_ok_and(|peer| peer.euid().is_none_or(|user| user == meta.uid()))
}

/// A pipe lets nobody but its owner write, and whoever writes nothing is told nothing.
#[cfg(windows)]
fn is_ours(_stream: &Stream, _at: &Path) -> bool {
    true
}

/// Answers one order. What it put in line stays there, whether somebody waits for its end or not.
async fn answer(app: Weak<Inner>, stream: Stream, shut: CancellationToken) {
    // One that knocks and says nothing keeps nobody from going home.
    let Some(Ok((Some(greeting), Some(order)))) = shut.run_until_cancelled(read(&stream)).await else { return };
    let Some(app) = App::of(&app) else { return };
    if let Err(error) = talk(&app, (&greeting, &order), &stream).await {
        tracing::info!(%error, "a script went away");
    }
}

async fn read(stream: &Stream) -> io::Result<(Option<String>, Option<String>)> {
    let mut lines = BufReader::new(stream.take(LONGEST_ORDER)).lines();
    Ok((lines.next_line().await?, lines.next_line().await?))
}

async fn talk(app: &App, (greeting, order): (&str, &str), stream: &Stream) -> io::Result<()> {
    let mut out = stream;
    let order = match (serde_json::from_str::<Greeting>(greeting), serde_json::from_str::<Order>(order)) {
        (Ok(greeting), Ok(order)) if greeting.version == VERSION => order,
        _ => return out.write_all(&written(&Answer::End(Err(other_version().into())))?).await,
    };
    out.write_all(&written(&Answer::Begun)?).await?;
    let (send, mut told) = mpsc::unbounded_channel();
    let tell = move |piece: Told| {
        // Nobody listens any more: what is under way goes on.
        let _ = send.send(piece);
    };
    let doing = async move {
        let end = match app.is_meant(&order.as_whom).await {
            Ok(()) => app.ask(&order.request, &tell).await,
            Err(failure) => Err(End::from(failure)),
        };
        drop(tell);
        end
    };
    let saying = async {
        while let Some(piece) = told.recv().await {
            out.write_all(&written(&Answer::Told(piece))?).await?;
        }
        io::Result::Ok(())
    };
    let (end, said) = tokio::join!(doing, saying);
    said?;
    (&mut { stream }).write_all(&written(&Answer::End(end))?).await
}

fn not_here(why: &str) -> Failure {
    Failure::new(
        FailureCode::BusyElsewhere,
        format!("Amphora is already running with these files, and {why}."),
        "Close it, or do it there.",
    )
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_process_of_another_user_is_not_let_in() {
        let dir = tempfile::tempdir().unwrap();
        let at = new_name(dir.path()).unwrap();
        let listener = listen(&at).unwrap();
        let name = at.as_path().to_fs_name::<GenericFilePath>().unwrap();
        let (came, went) = tokio::join!(listener.accept(), Stream::connect(name));
        let (came, _went) = (came.unwrap(), went.unwrap());
        assert!(is_ours(&came, &at));
        // Root gives the socket away; for everybody else there is something of root's.
        let given_away = std::os::unix::fs::chown(&at, Some(65_534), None).is_ok();
        let of_another = if given_away { at.as_path() } else { Path::new("/") };
        assert!(!is_ours(&came, of_another), "it runs as somebody else than the socket belongs to");
    }
}
