//! Does a command in this process, which holds the data folder meanwhile: opens the storage, signs in where that was said,
//! and takes the orders of other processes until it is done.

use crate::arguments::{Arguments, What};
use crate::lines::print;
use crate::output::Output;
use amphora_app::script::{End, Request, Told, Verb};
use amphora_app::wire::SignInStep;
use amphora_app::{App, Password};
use std::path::Path;

/// Where a script's password is found.
const PASSWORD: &str = "AMPHORA_PASSWORD";

pub async fn run(app: &App, arguments: &Arguments, request: Option<Request>, output: &Output) -> Result<(), End> {
    open(app, arguments).await?;
    let tell = |told: Told| print(output, &told);
    match request {
        Some(request) => {
            if let Err(failure) = app.open_door() {
                tracing::warn!(%failure, "other commands have to wait for the end of this one");
            }
            let end = app.ask(&request, &tell).await;
            // Of earlier runs something may be in line yet; where it cannot go on it stays there.
            if request.verb.is_work()
                && let Err(held) = app.settle(|| ()).await
            {
                tracing::info!(%held, "what earlier runs left stays in line");
            }
            app.shut_door().await;
            end
        }
        None => {
            change(app, &arguments.what).await?;
            let status = Request { name: String::new(), yes: false, verb: Verb::Status };
            app.ask(&status, &tell).await
        }
    }
}

/// The storage and the account that the command is meant for.
async fn open(app: &App, arguments: &Arguments) -> Result<(), End> {
    let common = &arguments.common;
    app.restore().await;
    if let Some(file) = &common.backend {
        connect(app, file, common.folders).await?;
    }
    if let What::Connect { source } = &arguments.what {
        match source.starts_with("amphora://") {
            true => {
                let preview = app.read_invitation(source)?;
                app.connect(&preview.id).await?;
            }
            false => connect(app, Path::new(source), common.folders).await?,
        }
    }
    match &common.user {
        Some(name) => sign_in(app, name).await,
        None => Ok(()),
    }
}

async fn change(app: &App, what: &What) -> Result<(), End> {
    match what {
        What::Login { name } => sign_in(app, name).await?,
        What::Logout => drop(app.sign_out().await?),
        _ => {}
    }
    Ok(())
}

async fn connect(app: &App, file: &Path, folders: bool) -> Result<(), End> {
    let preview = app.read_config_file(file)?;
    // Connecting again would sign nobody out, but costs requests; new folders are worth them.
    match (folders && !preview.folders.is_empty(), preview.already_connected) {
        (true, _) => drop(app.connect_with_folders(&preview.id).await?),
        (false, false) => drop(app.connect(&preview.id).await?),
        (false, true) => {}
    }
    for named in preview.folders.iter().filter(|_| !folders) {
        eprintln!("The folder {} (“{}”) is not opened. Add --folders to open it.", named.folder, named.name);
    }
    Ok(())
}

async fn sign_in(app: &App, name: &str) -> Result<(), End> {
    let password = match std::env::var(PASSWORD) {
        Ok(password) => password,
        Err(_) => rpassword::prompt_password(format!("Password of {name}: "))
            .map_err(|_| End::Usage(format!("There is no terminal to ask for the password on. Set {PASSWORD}.")))?,
    };
    match app.sign_in(name, Password::new(password)).await? {
        SignInStep::Done { .. } => Ok(()),
        _ => Err(End::Usage("This account needs another step to sign in. Take it once in the window.".to_owned())),
    }
}
