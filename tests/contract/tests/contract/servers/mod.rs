//! The servers of the suite: started when the first case needs one, stopped at the end.

mod ministack;
mod moto;
mod sandbox;

pub use moto::{Moto, STREAM};
pub use sandbox::{own_sandbox, storage_backend};

use crate::child::Program;
use crate::visitor::{Visitor, auth, visitor};
use amphora_auth::{InMemory, Password};
use amphora_config::Backend;
use amphora_sandbox::Sandbox;
use amphora_storage::Storage;
use std::fmt;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;

/// Has files that others look at.
pub const ANA: &str = "ana";
/// Another person.
pub const BEN: &str = "ben";
/// Has a password that must be replaced.
pub const TOM: &str = "tom";
/// Has one too.
pub const TIM: &str = "tim";
/// Everybody's.
pub const PASSWORD: &str = "Correct-Horse-1";
const BUCKET: &str = "amphora-contract";

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// Ours, with the documentation's policies.
    SandboxDocumented,
    /// Ours, with the policies that we recommend.
    SandboxRecommended,
    /// An independent one, with the documentation's policies.
    Ministack,
    /// Another independent one, an S3 without accounts.
    Moto,
    /// Ours, for one case.
    SandboxOfItsOwn,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::SandboxDocumented => "sandbox (documented)",
            Self::SandboxRecommended => "sandbox (recommended)",
            Self::Ministack => "ministack",
            Self::Moto => "moto",
            Self::SandboxOfItsOwn => "sandbox (its own)",
        })
    }
}

/// A running server with its people.
pub struct Server {
    pub name: Name,
    pub backend: Backend,
    running: Running,
    ana: OnceCell<Visitor>,
    ben: OnceCell<Visitor>,
    guest: OnceCell<Visitor>,
    _data: TempDir,
}

enum Running {
    Sandbox(Box<Sandbox>),
    Ministack { _program: Program },
}

impl Server {
    /// Aborting an upload and asking for its parts is allowed.
    pub fn allows_abort(&self) -> bool {
        self.name == Name::SandboxRecommended
    }

    /// Our sandbox, to make users or move its clock.
    pub fn sandbox(&self) -> &Sandbox {
        match &self.running {
            Running::Sandbox(sandbox) => sandbox,
            Running::Ministack { .. } => panic!("{} is no sandbox", self.name),
        }
    }

    /// The person whose files others look at, signed in.
    pub async fn ana(&self) -> &Visitor {
        self.ana.get_or_init(|| self.sign_in(ANA)).await
    }

    /// Another person, signed in.
    pub async fn ben(&self) -> &Visitor {
        self.ben.get_or_init(|| self.sign_in(BEN)).await
    }

    /// Somebody without an account.
    pub async fn guest(&self) -> &Visitor {
        let guest = async {
            let auth = auth(&self.backend, Arc::new(InMemory::default()));
            let identity = auth.guest().await.expect("guests are welcome");
            visitor(&self.backend, auth, identity)
        };
        self.guest.get_or_init(|| guest).await
    }

    /// The code that was sent to an address.
    pub async fn code_for(&self, address: &str) -> String {
        match &self.running {
            Running::Sandbox(sandbox) => {
                let outbox = sandbox.outbox().await.expect("the outbox opens");
                outbox.into_iter().rev().find(|mail| mail.to == address).expect("a code was sent").code
            }
            // Its own, for every sign-up.
            Running::Ministack { .. } => "123456".to_owned(),
        }
    }

    /// Ends it.
    pub async fn stop(self) {
        if let Running::Sandbox(sandbox) = self.running {
            sandbox.stop().await;
        }
    }

    async fn sign_in(&self, name: &str) -> Visitor {
        let auth = auth(&self.backend, Arc::new(InMemory::default()));
        let step = auth.sign_in(name, Password::new(PASSWORD)).await.expect("a sign-in");
        let amphora_auth::SignInStep::Done(identity) = step else { panic!("{name} was asked: {step:?}") };
        visitor(&self.backend, auth, identity)
    }
}

/// All servers, and the runtime that everything runs in.
pub struct Servers {
    started: [OnceLock<Result<Arc<Server>, String>>; 3],
    moto: OnceLock<Result<Arc<Moto>, String>>,
    /// Held while one is started: two at once would only be slower.
    starting: Mutex<()>,
    /// Last, since the servers end in it.
    pub runtime: Runtime,
}

impl Servers {
    pub fn new() -> Self {
        Self {
            runtime: Runtime::new().expect("a runtime"),
            started: [const { OnceLock::new() }; 3],
            moto: OnceLock::new(),
            starting: Mutex::default(),
        }
    }

    /// A server; started if it is not running.
    pub fn get(&self, name: Name) -> Result<Arc<Server>, String> {
        let _one = self.starting.lock().unwrap_or_else(PoisonError::into_inner);
        let started = self.started[name as usize].get_or_init(|| match name {
            Name::Ministack => ministack::start().map(Arc::new),
            sandbox => self.runtime.block_on(sandbox::start(sandbox)).map(Arc::new),
        });
        started.clone()
    }

    /// Somebody's files on a server.
    pub fn storage(&self, name: Name) -> Result<Storage, String> {
        if name == Name::Moto {
            return Ok(self.moto()?.storage());
        }
        let server = self.get(name)?;
        Ok(self.runtime.block_on(server.ana()).storage.clone())
    }

    /// moto; started if it is not running.
    pub fn moto(&self) -> Result<Arc<Moto>, String> {
        let _one = self.starting.lock().unwrap_or_else(PoisonError::into_inner);
        self.moto.get_or_init(|| Moto::start().map(Arc::new)).clone()
    }
}

/// They take no port 0, so one is looked for and let go.
fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}
