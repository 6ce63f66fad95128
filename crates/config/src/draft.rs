//! What every source comes down to before it is checked, and the one place that checks it.

use crate::backend::{Backend, Bucket, CustomPrefixes, Endpoints, IdentityPool, UserPool};
use crate::endpoint;
use crate::error::{ConfigError, ConfigErrorKind};
use crate::places::StorePlace;
use crate::rules::AccessRules;

/// Values as they were found; nothing is checked yet.
#[derive(Default)]
pub(crate) struct Draft {
    pub name: Option<String>,
    pub bucket: Option<String>,
    pub bucket_region: Option<String>,
    pub identity_pool: Option<String>,
    pub identity_region: Option<String>,
    pub user_pool: Option<String>,
    pub user_pool_client: Option<String>,
    pub user_pool_region: Option<String>,
    pub mandatory_sign_in: bool,
    pub prefixes: CustomPrefixes,
    pub endpoints: Endpoints,
    pub rules: AccessRules,
    pub places: Vec<StorePlace>,
}

/// What the values are called where they came from, for sentences that people can act on.
pub(crate) struct Names {
    pub bucket: &'static str,
    pub bucket_region: &'static str,
    pub identity_pool: &'static str,
    pub identity_region: &'static str,
    pub user_pool: &'static str,
    pub user_pool_client: &'static str,
    pub mandatory_sign_in: &'static str,
}

/// S3 keys end at 1,024 bytes; a prefix needs room for an identity id and a name behind it.
const MAX_PREFIX_BYTES: usize = 512;
const MAX_NAME_CHARS: usize = 100;

impl Draft {
    /// Checks everything and gives the backend, or names the first thing that is missing or wrong.
    pub fn check(self, source: &str, names: &Names) -> Result<Backend, ConfigError> {
        let checker = Checker { source };
        let bucket_name = checker.required(self.bucket, "storage bucket", names.bucket)?;
        checker.shape(&bucket_name, names.bucket, "a bucket's name", is_bucket)?;
        let bucket_region = checker.required(self.bucket_region, "region for the bucket", names.bucket_region)?;
        checker.shape(&bucket_region, names.bucket_region, "a region", is_region)?;

        let pool_id = checker.required(self.identity_pool, "identity pool", names.identity_pool)?;
        checker.shape(&pool_id, names.identity_pool, "an identity pool id", is_identity_pool)?;
        let pool_region = self.identity_region.or_else(|| region_before(&pool_id, ':'));
        let pool_region = checker.required(pool_region, "region for the identity pool", names.identity_region)?;
        checker.shape(&pool_region, names.identity_region, "a region", is_region)?;

        let user_pool = match (self.user_pool, self.user_pool_client) {
            (None, None) => None,
            (Some(id), client) => {
                checker.shape(&id, names.user_pool, "a user pool id", is_user_pool)?;
                let client = checker.required(client, "app client for the user pool", names.user_pool_client)?;
                checker.shape(&client, names.user_pool_client, "an app client id", is_client)?;
                let region = self.user_pool_region.or_else(|| region_before(&id, '_')).unwrap_or(pool_region.clone());
                checker.shape(&region, names.identity_region, "a region", is_region)?;
                Some(UserPool { id, client_id: client, region })
            }
            (None, Some(_)) => return Err(checker.missing("user pool for its app client", names.user_pool)),
        };
        if self.mandatory_sign_in && user_pool.is_none() {
            let what = format!("user pool, although it demands sign-in ({})", names.mandatory_sign_in);
            return Err(checker.missing(&what, names.user_pool));
        }
        for prefix in [&self.prefixes.public, &self.prefixes.protected, &self.prefixes.private].into_iter().flatten() {
            checker.shape(prefix, "customPrefix", "a prefix of at most 512 bytes", |p| p.len() <= MAX_PREFIX_BYTES)?;
        }
        check_rules(&checker, &self.rules)?;
        let server = |text: Option<String>| text.map(|text| endpoint::check(source, &text)).transpose();
        Ok(Backend {
            name: self
                .name
                .map(|name| plain_name(&name))
                .filter(|name| !name.is_empty())
                .unwrap_or(bucket_name.clone()),
            bucket: Bucket { name: bucket_name, region: bucket_region },
            identity_pool: IdentityPool { id: pool_id, region: pool_region },
            user_pool,
            mandatory_sign_in: self.mandatory_sign_in,
            prefixes: self.prefixes,
            endpoints: Endpoints {
                s3: server(self.endpoints.s3)?,
                cognito: server(self.endpoints.cognito)?,
                identity: server(self.endpoints.identity)?,
            },
            rules: self.rules,
            places: self.places,
        })
    }
}

struct Checker<'a> {
    source: &'a str,
}

impl Checker<'_> {
    fn required(&self, value: Option<String>, what: &str, name: &str) -> Result<String, ConfigError> {
        value.ok_or_else(|| self.missing(what, name))
    }

    fn missing(&self, what: &str, name: &str) -> ConfigError {
        let hint = match what {
            "storage bucket" => {
                "Add Storage to the project (“amplify add storage”, then “amplify push”) and use the new file."
            }
            "identity pool" => {
                "Add sign-in to the project (“amplify add auth”, then “amplify push”) and use the new file."
            }
            _ => "Use the file as the Amplify command line made it, or fill in the form.",
        };
        ConfigError::new(ConfigErrorKind::Incomplete, format!("{} names no {what} ({name}).", self.source), hint)
    }

    fn shape(&self, value: &str, name: &str, what: &str, fits: impl Fn(&str) -> bool) -> Result<(), ConfigError> {
        if fits(value) {
            return Ok(());
        }
        let message = format!("{} has in {name} something that cannot be {what}.", self.source);
        Err(ConfigError::new(
            ConfigErrorKind::Invalid,
            message,
            "Compare it with the file that the Amplify command line made.",
        ))
    }
}

fn check_rules(checker: &Checker<'_>, rules: &AccessRules) -> Result<(), ConfigError> {
    for ruled in &rules.buckets {
        checker.shape(&ruled.bucket.name, "storage.buckets", "a bucket's name", is_bucket)?;
        checker.shape(&ruled.bucket.region, "storage.buckets", "a region", is_region)?;
        for path in ruled.paths.keys() {
            let fits = |path: &str| !path.starts_with('/') && path.len() <= MAX_PREFIX_BYTES;
            checker.shape(path, "storage.buckets", "a path: at most 512 bytes, no slash at its beginning", fits)?;
        }
    }
    Ok(())
}

fn is_bucket(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (3..=255).contains(&text.len()) && text.chars().all(plain) && text.starts_with(|c: char| c.is_ascii_alphanumeric())
}

// A region becomes part of a host name, so nothing but its own alphabet may get through.
fn is_region(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

// The patterns of the Cognito API reference.
fn is_identity_pool(text: &str) -> bool {
    text.len() <= 55
        && text.split_once(':').is_some_and(|(region, id)| {
            is_region(region) && !id.is_empty() && id.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
        })
}

fn is_user_pool(text: &str) -> bool {
    text.len() <= 55
        && text.split_once('_').is_some_and(|(region, id)| {
            is_region(region) && !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric())
        })
}

fn is_client(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-'))
}

fn region_before(id: &str, mark: char) -> Option<String> {
    id.split_once(mark).map(|(region, _)| region.to_owned())
}

/// A name that shows as it reads: no control characters, and none that turn the direction of writing round.
fn plain_name(name: &str) -> String {
    let hidden =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let kept: String = name.chars().filter(|c| !c.is_control() && !hidden(*c)).collect();
    kept.trim().chars().take(MAX_NAME_CHARS).collect::<String>().trim().to_owned()
}
