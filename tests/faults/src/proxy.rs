//! The running proxy and the handle on it. It has a thread of its own, so that a test that blocks does not hold it up.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::connection::{Breaker, Connection};
use crate::exchange::answer;
use crate::fault::Rule;
use crate::line::{Line, State};
use crate::log::{Log, Seen};
use crate::script::Script;

/// How often a connection is looked at for standing still.
const LOOK: Duration = Duration::from_millis(20);

/// What every connection shares.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    server: Mutex<Option<SocketAddr>>,
    pub script: Script,
    pub line: Arc<Line>,
    pub log: Log,
}

impl Shared {
    pub fn server(&self) -> Option<SocketAddr> {
        *self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running proxy. Dropped, it is gone, and every connection with it.
#[derive(Debug)]
pub struct FaultProxy {
    shared: Arc<Shared>,
    address: SocketAddr,
    stop: Option<DropGuard>,
    thread: Option<JoinHandle<()>>,
}

impl FaultProxy {
    /// Takes a free port of loopback. Until [`FaultProxy::forward_to`] every request is reset.
    ///
    /// # Errors
    /// There is no port.
    pub fn start() -> io::Result<Self> {
        Self::start_at(0)
    }

    /// The same on a port of its own.
    ///
    /// # Errors
    /// The port is taken.
    pub fn start_at(port: u16) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (shared, stop) = (Arc::new(Shared::default()), CancellationToken::new());
        let (behind, stopped) = (shared.clone(), stop.clone());
        let thread = std::thread::Builder::new().name("fault-proxy".to_owned()).spawn(move || {
            runtime.block_on(async {
                let Ok(listener) = TcpListener::from_std(listener) else { return };
                tokio::select! {
                    () = accept(listener, behind) => {}
                    () = stopped.cancelled() => {}
                }
            });
        })?;
        Ok(Self { shared, address, stop: Some(stop.drop_guard()), thread: Some(thread) })
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What a client is configured with.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Passes requests on to this server from now on.
    pub fn forward_to(&self, server: SocketAddr) {
        *self.shared.server.lock().unwrap_or_else(PoisonError::into_inner) = Some(server);
    }

    /// Has something go wrong from now on.
    pub fn add(&self, rule: Rule) {
        self.shared.script.add(rule);
    }

    /// Lets everything pass from now on, at full speed.
    pub fn mend(&self) {
        self.shared.script.clear();
        self.shared.line.change(|state| *state = State { released: state.released + 1, ..State::default() });
    }

    /// Lets go on what is held ([`crate::Fault::Hold`]).
    pub fn release(&self) {
        self.shared.line.change(|state| state.released += 1);
    }

    /// Cuts the line: every connection is reset, and every new one.
    pub fn cut(&self) {
        self.shared.line.change(|state| state.cut = true);
    }

    /// Cuts the line from wherever it is held, for example from within a transfer's progress.
    pub fn cutter(&self) -> Cutter {
        Cutter(self.shared.clone())
    }

    /// So many bytes a second pass, up and down each, whatever the number of connections.
    pub fn slow(&self, bytes_per_second: u64) {
        self.shared.line.change(|state| state.rate = Some(bytes_per_second));
    }

    /// A connection on which nothing moves for so long is reset, as servers do.
    pub fn patience(&self, patience: Duration) {
        self.shared.line.change(|state| state.patience = Some(patience));
    }

    /// Every request since the start, or since [`FaultProxy::forget`].
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.log.seen()
    }

    /// Begins to count anew.
    pub fn forget(&self) {
        self.shared.log.clear();
    }

    /// How many requests had this method and this in their path or query (an empty text: any).
    pub fn count(&self, method: &str, holds: &str) -> usize {
        self.seen().iter().filter(|seen| seen.method == method && seen.path.contains(holds)).count()
    }

    /// Bytes of requests' bodies, that were sent by this method.
    pub fn bytes_up(&self, method: &str) -> u64 {
        self.seen().iter().filter(|seen| seen.method == method).map(|seen| seen.up).sum()
    }

    /// Bytes of answers' bodies, to this method.
    pub fn bytes_down(&self, method: &str) -> u64 {
        self.seen().iter().filter(|seen| seen.method == method).map(|seen| seen.down).sum()
    }
}

/// A hand on the line of a [`FaultProxy`].
#[derive(Clone, Debug)]
pub struct Cutter(Arc<Shared>);

impl Cutter {
    /// As [`FaultProxy::cut`].
    pub fn cut(&self) {
        self.0.line.change(|state| state.cut = true);
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the proxy was printed where it happened.
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve(stream, shared.clone()));
            }
            // Out of file handles, most likely: connections that end will free some.
            Err(_) => tokio::time::sleep(LOOK).await,
        }
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let breaker = Breaker::default();
    if shared.line.state().cut {
        breaker.reset();
    }
    // Without it small answers only come later.
    let _ = stream.set_nodelay(true);
    let connection = TokioIo::new(Connection::new(stream, breaker.clone()));
    let service = service_fn(|request| answer(shared.clone(), breaker.clone(), request));
    let serving = http1::Builder::new().timer(TokioTimer::new()).serve_connection(connection, service);
    let breaking = async {
        tokio::select! {
            () = breaker.is_reset() => {}
            () = shared.line.is_cut() => {}
            () = stands_still(&shared.line, &breaker) => {}
        }
        // Before the connection is dropped, or it would just close.
        breaker.reset();
    };
    tokio::select! {
        biased;
        () = breaking => {}
        // The client sees how it ended.
        _ = serving => {}
    }
}

async fn stands_still(line: &Line, breaker: &Breaker) {
    while line.state().patience.is_none_or(|patience| breaker.still() <= patience) {
        tokio::time::sleep(LOOK).await;
    }
}
