//! A folder in line becomes its files: one of this computer by reading it, one of the storage by listing it. One whose reading
//! was interrupted is read again, and brings nothing a second time.

use super::download::claim_folder;
use super::job::{From, Job, Transfer};
use super::running::Running;
use super::safe_name::safe_path;
use super::scan::{Scanned, scan};
use super::step::Change;
use super::there::There;
use super::upload::{Upload, list};
use crate::app::App;
use crate::pictures::is_hidden;
use crate::session::Session;
use crate::wire::{Failure, PlaceRef, TransferKind};
use amphora_storage::{ObjectInfo, Shape};
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Files that join the line in one commit.
const TOGETHER: usize = 256;

impl App {
    /// Reads a folder and queues what is in it.
    pub(super) async fn expand(
        &self,
        session: &Arc<Session>,
        id: u64,
        transfer: &Transfer,
        running: &Running,
    ) -> Result<(), Failure> {
        let job = &transfer.job;
        let known = if transfer.again {
            self.transfers.lock().queue.keys_of_batch(job.batch, job.kind)
        } else {
            HashSet::new()
        };
        match job.kind {
            TransferKind::Upload => self.read_local(session, job, known, running).await,
            TransferKind::Download => self.read_remote(session, id, transfer, known, running).await,
            TransferKind::Copy | TransferKind::Move | TransferKind::Delete => {
                self.read_remote(session, id, transfer, known, running).await
            }
        }
    }

    async fn read_local(
        &self,
        session: &Arc<Session>,
        folder: &Job,
        known: HashSet<String>,
        running: &Running,
    ) -> Result<(), Failure> {
        let place = PlaceRef { space: folder.space.clone(), folder: folder.folder.clone() };
        let upload = Upload {
            session: session.clone(),
            owner: folder.owner.clone(),
            batch: folder.batch,
            place,
            naming: None,
            photos: folder.photos,
        };
        let (storage, space) = session.files(&folder.space)?;
        // Not knowing early costs a second sending at the most.
        let there = list(&storage, &space, &folder.key, Shape::Deep).await.unwrap_or_default();
        let (send, mut found) = tokio::sync::mpsc::channel(TOGETHER);
        let (stop, rules, path) = (running.stop.clone(), self.scan_rules(), folder.local.clone());
        let scanner = tokio::task::spawn_blocking(move || {
            scan(&path, &rules, &stop, &mut |entry| send.blocking_send(entry).is_ok());
        });
        let mut some = Vec::with_capacity(TOGETHER);
        while found.recv_many(&mut some, TOGETHER).await > 0 && !running.stop.is_cancelled() {
            let scanned = std::mem::take(&mut some);
            self.queue_scanned(&upload, folder, scanned, (&there, &known), running).await;
            self.pump();
        }
        drop(found);
        scanner.await.map_err(|_| Failure::reading_interrupted(&folder.name))
    }

    async fn queue_scanned(
        &self,
        upload: &Upload,
        root: &Job,
        scanned: Vec<Scanned>,
        (there, known): (&There, &HashSet<String>),
        running: &Running,
    ) {
        let mut looked = Vec::with_capacity(scanned.len());
        for entry in scanned {
            let (job, failure) = job_of(upload, root, entry);
            running.found.fetch_add(u32::from(!job.key.ends_with('/')), Ordering::Relaxed);
            if known.contains(&job.key) {
                continue;
            }
            let met = self.look_up(&job, there).await;
            looked.push((job, failure, met));
        }
        let mut open = self.transfers.lock();
        // Stopped under the lock: what is queued now would not be stopped with the rest.
        if running.stop.is_cancelled() {
            return;
        }
        for (job, failure, met) in looked {
            let id = open.add(job);
            match failure {
                Some(failure) => {
                    open.step(id, Change::Failed(Box::new(failure)));
                }
                None => {
                    met.settle(&mut open, id);
                }
            }
        }
        open.queue.commit();
    }

    async fn read_remote(
        &self,
        session: &Arc<Session>,
        id: u64,
        transfer: &Transfer,
        known: HashSet<String>,
        running: &Running,
    ) -> Result<(), Failure> {
        let job = &transfer.job;
        let source = job.from.clone().unwrap_or_else(|| From { space: job.space.clone(), key: job.key.clone() });
        let root = match job.kind {
            TransferKind::Download => Some(self.claimed(id, transfer).await?),
            TransferKind::Upload | TransferKind::Copy | TransferKind::Move | TransferKind::Delete => None,
        };
        let (storage, space) = session.files(&source.space)?;
        let mut token = None;
        loop {
            let page = storage.list_page(&space, &source.key, Shape::Deep, token);
            let page = tokio::select! {
                () = running.stop.cancelled() => return Ok(()),
                page = page => page.map_err(|error| Failure::of_storage(&error))?,
            };
            let mut open = self.transfers.lock();
            if running.stop.is_cancelled() {
                return Ok(());
            }
            for object in page.objects {
                let Some(job) = file_of(job, &source, root.as_ref(), object)? else { continue };
                running.found.fetch_add(1, Ordering::Relaxed);
                if !known.contains(&job.key) {
                    open.add_as(job, transfer.on_existing);
                }
            }
            open.queue.commit();
            drop(open);
            self.pump();
            token = page.next;
            if token.is_none() {
                return Ok(());
            }
        }
    }

    /// The folder of this computer that a download of a folder fills: its own, whoever else downloads one of this name.
    async fn claimed(&self, id: u64, transfer: &Transfer) -> Result<PathBuf, Failure> {
        if let Some(folder) = &transfer.landed {
            return Ok(folder.clone());
        }
        let (wanted, name) = (transfer.job.local.clone(), transfer.job.name.clone());
        let made = tokio::task::spawn_blocking(move || claim_folder(&wanted)).await;
        let made = made.unwrap_or_else(|error| Err(std::io::Error::other(error)));
        let folder = made.map_err(|error| Failure::of_io("make", &name, &error))?;
        let mut open = self.transfers.lock();
        open.step(id, Change::Claimed(folder.clone()));
        open.queue.commit();
        Ok(folder)
    }
}

fn job_of(upload: &Upload, root: &Job, entry: Scanned) -> (Job, Option<Failure>) {
    match entry {
        Scanned::File { path, inside } => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            (upload.file(&path, &format!("{}{inside}", root.key), &name), None)
        }
        Scanned::EmptyFolder { path, inside } => {
            let name = inside.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty());
            let name = name.unwrap_or(&root.name).to_owned();
            (upload.job(&path, &root.key, &name, format!("{}{inside}", root.key), Some(0)), None)
        }
        Scanned::Unreadable { path, name, failure } => {
            (upload.job(&path, &root.key, &name, String::new(), None), Some(failure))
        }
    }
}

/// The job of one object of a folder; none for what is hidden, and for a folder's marker that becomes a folder of this
/// computer at once.
fn file_of(folder: &Job, source: &From, root: Option<&PathBuf>, object: ObjectInfo) -> Result<Option<Job>, Failure> {
    if is_hidden(&object.key) {
        return Ok(None);
    }
    let rest = object.key.strip_prefix(&source.key).unwrap_or(&object.key).to_owned();
    let marker = rest.is_empty() || rest.ends_with('/');
    let (key, local) = match root {
        Some(root) if marker => {
            let made = root.join(safe_path(rest.trim_end_matches('/')));
            let made = if rest.is_empty() { root.clone() } else { made };
            std::fs::create_dir_all(made).map_err(|error| Failure::of_io("make", &folder.name, &error))?;
            return Ok(None);
        }
        Some(root) => (object.key.clone(), root.join(safe_path(&rest))),
        None => (format!("{}{rest}", folder.key), PathBuf::new()),
    };
    let shown = if rest.is_empty() { &folder.name } else { rest.trim_end_matches('/') };
    let name = shown.rsplit('/').next().unwrap_or(shown).to_owned();
    let inside = if root.is_some() { folder.folder.clone() } else { parent_of(&key) };
    Ok(Some(Job {
        whole: false,
        from: folder.from.as_ref().map(|from| From { space: from.space.clone(), key: object.key }),
        key,
        local,
        name,
        folder: inside,
        size: Some(object.size),
        etag: Some(object.etag),
        ..folder.clone()
    }))
}

fn parent_of(key: &str) -> String {
    let key = key.trim_end_matches('/');
    key.rfind('/').map_or_else(String::new, |at| key[..=at].to_owned())
}
