//! A case: a claim about every server, and how it is judged where a server is known to differ.

use crate::exceptions;
use crate::servers::{Moto, Name, Server, Servers};
use amphora_storage::Storage;
use futures::future::{BoxFuture, FutureExt};
use libtest_mimic::Failed;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// A claim. It fails by panicking.
pub struct Case {
    pub name: String,
    runs: Runs,
}

type OnServer = Box<dyn Fn(Arc<Server>) -> BoxFuture<'static, ()> + Send + Sync>;
type OnStorage = Box<dyn Fn(Storage) -> BoxFuture<'static, ()> + Send + Sync>;
type OnMoto = Box<dyn Fn(Arc<Moto>) -> BoxFuture<'static, ()> + Send + Sync>;
type ByItself = Box<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>;

enum Runs {
    OnEveryServer(OnServer),
    OnTheSandbox(OnServer),
    OfS3(OnStorage),
    OfMoto(OnMoto),
    ByItself(ByItself),
}

impl Case {
    /// A claim about every server.
    pub fn new<F>(name: impl Into<String>, run: impl Fn(Arc<Server>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self { name: name.into(), runs: Runs::OnEveryServer(Box::new(move |server| run(server).boxed())) }
    }

    /// A claim about every S3, whoever is asked: about one's own files, with no account and no policy in it.
    pub fn of_s3<F>(name: impl Into<String>, run: impl Fn(Storage) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self { name: name.into(), runs: Runs::OfS3(Box::new(move |storage| run(storage).boxed())) }
    }

    /// A claim that only moto can be asked.
    pub fn of_moto<F>(name: impl Into<String>, run: impl Fn(Arc<Moto>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self { name: name.into(), runs: Runs::OfMoto(Box::new(move |moto| run(moto).boxed())) }
    }

    /// A claim about our sandbox alone, once, whatever its policies.
    pub fn of_the_sandbox<F>(name: impl Into<String>, run: impl Fn(Arc<Server>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self { name: name.into(), runs: Runs::OnTheSandbox(Box::new(move |server| run(server).boxed())) }
    }

    /// A claim that needs a server of its own: its clock is moved, or its pools are unusual.
    pub fn by_itself<F>(name: impl Into<String>, run: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self { name: name.into(), runs: Runs::ByItself(Box::new(move || run().boxed())) }
    }

    /// Where it runs.
    pub fn servers(&self) -> &'static [Name] {
        match self.runs {
            Runs::OnEveryServer(_) => &[Name::SandboxDocumented, Name::SandboxRecommended, Name::Ministack],
            Runs::OfS3(_) => &[Name::SandboxDocumented, Name::SandboxRecommended, Name::Ministack, Name::Moto],
            Runs::OfMoto(_) => &[Name::Moto],
            Runs::OnTheSandbox(_) => &[Name::SandboxDocumented],
            Runs::ByItself(_) => &[Name::SandboxOfItsOwn],
        }
    }
}

/// Runs a case on a server and judges it.
pub fn run(servers: &Servers, name: &Name, case: &Case) -> Result<(), Failed> {
    let future = match &case.runs {
        Runs::OnEveryServer(run) | Runs::OnTheSandbox(run) => run(servers.get(*name)?),
        Runs::OfS3(run) => run(servers.storage(*name)?),
        Runs::OfMoto(run) => run(servers.moto()?),
        Runs::ByItself(run) => run(),
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| servers.runtime.block_on(future)));
    let seen = outcome.err().map(|_| LAST_PANIC.take());
    match (seen, exceptions::of(*name, &case.name)) {
        (None, None) => Ok(()),
        (Some(seen), None) => Err(seen.into()),
        (Some(seen), Some(exception)) if seen.contains(exception.sees) => Ok(()),
        (Some(seen), Some(exception)) => {
            Err(format!("{name} differs in another way than its exception says ({}): {seen}", exception.sees).into())
        }
        (None, Some(exception)) => {
            Err(format!("{name} does not differ any more: remove its exception ({})", exception.reason).into())
        }
    }
}

thread_local! {
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A case that differs as expected must not look like a failure, so panics are told only where they count.
pub fn keep_panics_for_the_report() {
    std::panic::set_hook(Box::new(|panic| LAST_PANIC.set(panic.to_string())));
}
