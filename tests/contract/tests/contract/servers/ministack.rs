//! ministack, an independent server, provisioned with the policies that our connect screen copies.

use super::{ANA, BEN, BUCKET, Name, PASSWORD, Running, Server, TIM, TOM, free_port};
use crate::child::{Program, python};
use amphora_config::{Backend, Form};
use serde_json::{Value, json};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::OnceCell;

const START: Duration = Duration::from_secs(120);

pub(super) fn start() -> Result<Server, String> {
    let data = TempDir::new().map_err(|error| error.to_string())?;
    let policies: Value = serde_json::from_str(&amphora_config::policies(BUCKET)).map_err(|error| error.to_string())?;
    let user = |name: &str, temporary: bool| json!({ "name": name, "email": format!("{name}@example.org"), "password": PASSWORD, "temporary": temporary });
    let settings = json!({
        "port": free_port()?, "data": data.path(), "bucket": BUCKET, "policies": policies, "guests": true,
        "users": [user(ANA, false), user(BEN, false), user(TIM, true), user(TOM, true)],
    });
    let mut program = Program::start(python("ministack_launcher.py")?, "ministack")?;
    let ready = program.ask(&settings, START)?;
    let text = |name: &str| ready[name].as_str().unwrap_or_default().to_owned();
    let form = Form {
        name: "ministack".to_owned(),
        region: text("region"),
        bucket: text("bucket"),
        bucket_region: text("region"),
        identity_pool_id: text("identityPoolId"),
        user_pool_id: text("userPoolId"),
        user_pool_client_id: text("userPoolClientId"),
        mandatory_sign_in: false,
        endpoint: text("endpoint"),
    };
    Ok(Server {
        name: Name::Ministack,
        backend: Backend::from_form(&form).map_err(|error| error.to_string())?,
        running: Running::Ministack { _program: program },
        ana: OnceCell::new(),
        ben: OnceCell::new(),
        guest: OnceCell::new(),
        _data: data,
    })
}
