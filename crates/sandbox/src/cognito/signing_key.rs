//! The RSA key that signs the pool's tokens: made once for a data folder, kept in a file that only its owner can read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

const FILE: &str = "user-pool-key.pem";

/// Signs RS256 tokens and checks its own signatures.
pub struct SigningKey {
    id: String,
    private: EncodingKey,
    public: DecodingKey,
    published: Jwk,
}

impl SigningKey {
    /// Reads the key of `dir`, or makes one there.
    pub fn open(dir: &Path) -> Result<Self> {
        let path = dir.join(FILE);
        let pem = match fs::read(&path) {
            Ok(pem) => pem,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let pem = generate()?;
                write_private(dir, &pem).map_err(Error::file("write", &path))?;
                pem
            }
            Err(error) => return Err(Error::file("read", &path)(error)),
        };
        let unreadable = |error| Error::Keys(format!("{} is no RSA key: {error}", path.display()));
        let private = EncodingKey::from_rsa_pem(&pem).map_err(unreadable)?;
        let mut published = Jwk::from_encoding_key(&private, Algorithm::RS256).map_err(unreadable)?;
        let id = published.thumbprint(ThumbprintHash::SHA256).map_err(unreadable)?;
        published.common.key_id = Some(id.clone());
        published.common.public_key_use = Some(PublicKeyUse::Signature);
        let public = DecodingKey::from_jwk(&published).map_err(unreadable)?;
        Ok(Self { id, private, public, published })
    }

    /// The public half, as `/.well-known/jwks.json` gives it.
    pub fn jwks(&self) -> JwkSet {
        JwkSet { keys: vec![self.published.clone()] }
    }

    /// A signed token with these claims.
    pub fn sign(&self, claims: &impl Serialize) -> Result<String> {
        let mut header = Header::new(Algorithm::RS256);
        header.typ = None;
        header.kid = Some(self.id.clone());
        jsonwebtoken::encode(&header, claims, &self.private)
            .map_err(|error| Error::Keys(format!("a token could not be signed: {error}")))
    }

    /// The claims of a token that this key signed. Only the signature is checked: times, audience and issuer are
    /// the caller's, who knows the shifted clock.
    pub fn open_token<C: DeserializeOwned + Clone>(&self, token: &str) -> Result<C, jsonwebtoken::errors::Error> {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.validate_aud = false;
        Ok(jsonwebtoken::decode::<C>(token, &self.public, &validation)?.claims)
    }
}

fn generate() -> Result<Vec<u8>> {
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| Error::Keys("RSA key generation failed".into()))?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| Error::Keys("the RSA key has no PKCS#8 form".into()))?;
    let text = STANDARD.encode(der.as_ref());
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for line in text.as_bytes().chunks(64) {
        pem.extend(line.iter().map(|&byte| char::from(byte)));
        pem.push('\n');
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    Ok(pem.into_bytes())
}

/// Either the whole key is there after a crash or none.
fn write_private(dir: &Path, pem: &[u8]) -> io::Result<()> {
    let temporary = dir.join(format!("{FILE}.new"));
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    file.write_all(pem)?;
    file.sync_all()?;
    fs::rename(&temporary, dir.join(FILE))?;
    // Windows has no folders to flush.
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_only_its_owner_reads_it() {
        let dir = tempfile::tempdir().unwrap();
        let first = SigningKey::open(dir.path()).unwrap();
        let again = SigningKey::open(dir.path()).unwrap();
        assert_eq!(first.jwks(), again.jwks(), "the second start finds the first one's key");
        let token = first.sign(&serde_json::json!({ "sub": "a" })).unwrap();
        assert_eq!(again.open_token::<serde_json::Value>(&token).unwrap()["sub"], "a");
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(dir.path().join(FILE)).unwrap());
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn another_installations_token_is_refused() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let token = SigningKey::open(there.path()).unwrap().sign(&serde_json::json!({ "sub": "a" })).unwrap();
        assert!(SigningKey::open(here.path()).unwrap().open_token::<serde_json::Value>(&token).is_err());
    }
}
