//! The server's half of Cognito's Secure Remote Password protocol: SRP-6a over the 3,072-bit group of RFC 3526,
//! with SHA-256 and Cognito's own key derivation. Knows no user and no request.
//!
//! Every number enters a hash as Java's `BigInteger.toByteArray` writes it: shortest form, with a zero byte in front
//! where the highest bit is set. (amazon-cognito-identity-js calls it `padHex`.)

use std::fmt;
use std::sync::LazyLock;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use num_bigint::BigUint;
use sha2::{Digest, Sha256};

/// The modulus: group 15 of RFC 3526, section 4.
const MODULUS: &str = "\
    FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD\
    EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
    EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F\
    83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
    E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510\
    15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
    ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C\
    BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

struct Group {
    n: BigUint,
    g: BigUint,
    k: BigUint,
}

static GROUP: LazyLock<Group> = LazyLock::new(|| {
    let n = BigUint::parse_bytes(MODULUS.as_bytes(), 16).expect("the modulus is written in hexadecimal");
    let g = BigUint::from(2u8);
    let k = BigUint::from_bytes_be(&Sha256::new().chain_update(padded(&n)).chain_update(padded(&g)).finalize());
    Group { n, g, k }
});

/// What a server keeps of a password: enough to check it, not enough to sign in with.
#[derive(Clone)]
pub struct Verifier {
    salt: Vec<u8>,
    value: BigUint,
}

impl Verifier {
    /// The verifier of a new password, with a new salt. `pool_name` is the pool's id after the underscore;
    /// `user_id` is what the pool will send as USER_ID_FOR_SRP.
    pub fn of_password(pool_name: &str, user_id: &str, password: &str) -> Self {
        let salt = canonical_salt(rand::random());
        let x = private_key(&salt, pool_name, user_id, password);
        Self { value: GROUP.g.modpow(&x, &GROUP.n), salt }
    }

    /// The verifier of a user who does not exist: as random as a real one, the same for the same `seed`.
    pub fn imagined(salt: [u8; 16], seed: &[u8; 32]) -> Self {
        Self { value: GROUP.g.modpow(&BigUint::from_bytes_be(seed), &GROUP.n), salt: canonical_salt(salt) }
    }

    /// Brings back what [`Self::salt`] and [`Self::value`] gave.
    pub fn from_stored(salt: Vec<u8>, value: &[u8]) -> Self {
        Self { salt, value: BigUint::from_bytes_be(value) }
    }

    /// The salt, sixteen bytes.
    pub fn salt(&self) -> &[u8] {
        &self.salt
    }

    /// The salt as it travels.
    pub fn salt_hex(&self) -> String {
        BigUint::from_bytes_be(&self.salt).to_str_radix(16)
    }

    /// `g^x mod N`, big-endian.
    pub fn value(&self) -> Vec<u8> {
        self.value.to_bytes_be()
    }

    /// Whether this is the verifier of `password`.
    pub fn fits(&self, pool_name: &str, user_id: &str, password: &str) -> bool {
        let x = private_key(&self.salt, pool_name, user_id, password);
        let other = GROUP.g.modpow(&x, &GROUP.n).to_bytes_be();
        aws_lc_rs::constant_time::verify_slices_are_equal(&other, &self.value.to_bytes_be()).is_ok()
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("•••")
    }
}

/// What the client says to prove that it knows the password.
#[derive(Clone, Copy)]
pub struct Claim<'a> {
    /// The pool's id after the underscore.
    pub pool_name: &'a str,
    /// USER_ID_FOR_SRP.
    pub user_id: &'a str,
    /// SECRET_BLOCK, decoded.
    pub secret_block: &'a [u8],
    /// TIMESTAMP, as sent.
    pub timestamp: &'a str,
    /// PASSWORD_CLAIM_SIGNATURE, decoded.
    pub signature: &'a [u8],
}

/// What the server remembers between its challenge and the client's claim.
#[derive(Clone)]
pub struct Exchange {
    client_public: BigUint,
    server_private: BigUint,
    server_public: BigUint,
    verifier: BigUint,
}

impl Exchange {
    /// Answers SRP_A. `None` if it is no number of the group, or one that would make the key known without the password.
    pub fn start(srp_a: &str, verifier: &Verifier) -> Option<Self> {
        let secret: [u8; 32] = rand::random();
        Self::start_with(srp_a, verifier, BigUint::from_bytes_be(&secret))
    }

    fn start_with(srp_a: &str, verifier: &Verifier, server_private: BigUint) -> Option<Self> {
        // 3,072 bits are 768 digits; a client may pad them.
        let well_formed = srp_a.len() <= 1024 && srp_a.bytes().all(|digit| digit.is_ascii_hexdigit());
        let client_public = well_formed.then(|| BigUint::parse_bytes(srp_a.as_bytes(), 16)).flatten()?;
        let Group { n, g, k } = &*GROUP;
        if client_public >= *n || client_public == BigUint::ZERO {
            return None;
        }
        let server_public = (k * &verifier.value + g.modpow(&server_private, n)) % n;
        Some(Self { client_public, server_private, server_public, verifier: verifier.value.clone() })
    }

    /// SRP_B.
    pub fn server_public_hex(&self) -> String {
        self.server_public.to_str_radix(16)
    }

    /// Whether the claim was signed with the key that only the password gives.
    pub fn proves(&self, claim: Claim<'_>) -> bool {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key()) else { return false };
        for part in
            [claim.pool_name.as_bytes(), claim.user_id.as_bytes(), claim.secret_block, claim.timestamp.as_bytes()]
        {
            mac.update(part);
        }
        mac.verify_slice(claim.signature).is_ok()
    }

    fn key(&self) -> [u8; 16] {
        let (u, shared) = self.secrets();
        let mut key = [0u8; 16];
        Hkdf::<Sha256>::new(Some(&padded(&u)), &padded(&shared))
            .expand(b"Caldera Derived Key", &mut key)
            .expect("16 bytes are fewer than HKDF-SHA-256 can give");
        key
    }

    /// `u = H(A | B)` and `S = (A * v^u)^b mod N`.
    fn secrets(&self) -> (BigUint, BigUint) {
        let n = &GROUP.n;
        let hash = Sha256::new().chain_update(padded(&self.client_public)).chain_update(padded(&self.server_public));
        let u = BigUint::from_bytes_be(&hash.finalize());
        let shared = (&self.client_public * self.verifier.modpow(&u, n) % n).modpow(&self.server_private, n);
        (u, shared)
    }
}

/// `x = H(salt | H(pool user ":" password))`.
fn private_key(salt: &[u8], pool_name: &str, user_id: &str, password: &str) -> BigUint {
    let identity =
        Sha256::new().chain_update(pool_name).chain_update(user_id).chain_update(":").chain_update(password).finalize();
    let x = Sha256::new().chain_update(padded(&BigUint::from_bytes_be(salt))).chain_update(identity).finalize();
    BigUint::from_bytes_be(&x)
}

/// Some clients read the salt as a number, others as bytes: with no zero in front both see the same.
fn canonical_salt(mut salt: [u8; 16]) -> Vec<u8> {
    salt[0] = salt[0].max(0x10);
    salt.to_vec()
}

fn padded(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes.first().is_some_and(|first| first & 0x80 != 0) {
        bytes.insert(0, 0);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_follows_javas_big_integer() {
        assert_eq!(padded(&BigUint::from(0x7fu8)), [0x7f]);
        assert_eq!(padded(&BigUint::from(0x80u8)), [0, 0x80], "the high bit is the sign");
        assert_eq!(padded(&BigUint::from(0x0123u16)), [0x01, 0x23], "an odd number of digits is filled up");
        assert_eq!(padded(&BigUint::ZERO), [0]);
    }

    #[test]
    fn numbers_that_reveal_the_key_are_refused() {
        let verifier = Verifier::of_password("pool", "user", "Passw0rd");
        for bad in ["", "0", "000", "-1", "+5", "xyz", MODULUS, &format!("{MODULUS}0"), &"1".repeat(2000)] {
            assert!(Exchange::start(bad, &verifier).is_none(), "SRP_A of {bad:.20} must be refused");
        }
        assert!(Exchange::start("f", &verifier).is_some(), "an odd number of digits is a number");
    }

    #[test]
    fn a_salt_never_begins_with_a_zero_digit() {
        assert_eq!(canonical_salt([0; 16])[0], 0x10);
        assert_eq!(canonical_salt([0xff; 16])[0], 0xff);
        for _ in 0..50 {
            let verifier = Verifier::imagined(rand::random(), &[7; 32]);
            assert_eq!(verifier.salt_hex().len(), 32, "sixteen bytes are thirty-two digits");
        }
    }

    #[test]
    fn a_stored_verifier_knows_its_password() {
        let made = Verifier::of_password("pool", "user", "pässword 1 Ü");
        let stored = Verifier::from_stored(made.salt().to_vec(), &made.value());
        assert!(stored.fits("pool", "user", "pässword 1 Ü"));
        assert!(!stored.fits("pool", "user", "passw0rd"));
        assert!(!stored.fits("pool", "other", "pässword 1 Ü"), "the user id enters the hash");
        assert_eq!(format!("{stored:?}"), "•••");
    }

    /// Numbers whose first byte is zero come once in 256 sign-ins: here they are sought out.
    #[test]
    fn numbers_that_begin_with_zeros_sign_in_as_well() {
        use aws_cognito_srp::{SrpClient, User};
        use base64::Engine;
        use base64::engine::general_purpose::STANDARD;

        let verifier = Verifier::of_password("Pool", "sub", "Passw0rd");
        let client = SrpClient::new(User::new("us-east-1_Pool", "alice", "Passw0rd"), "client", None);
        let srp_a = client.get_auth_parameters().a;
        let bits = |number: &BigUint, full: u64| full - number.bits();
        let mut left = vec!["B by a digit", "B by a byte", "S by a byte", "u by a byte", "u with its high bit"];
        for server_private in 1u32..20_000 {
            let exchange = Exchange::start_with(&srp_a, &verifier, BigUint::from(server_private) << 128u8).unwrap();
            let (u, shared) = exchange.secrets();
            let short_b = bits(&exchange.server_public, 3072);
            let found = [short_b >= 4, short_b >= 8, bits(&shared, 3072) >= 8, bits(&u, 256) >= 8, bits(&u, 256) == 0];
            let cases = ["B by a digit", "B by a byte", "S by a byte", "u by a byte", "u with its high bit"];
            let new = cases.iter().zip(found).any(|(case, found)| found && left.contains(case));
            if !new {
                continue;
            }
            let block = STANDARD.encode("block");
            let answer = client.verify(&block, "sub", &verifier.salt_hex(), &exchange.server_public_hex()).unwrap();
            let claim = Claim {
                pool_name: "Pool",
                user_id: "sub",
                secret_block: b"block",
                timestamp: &answer.timestamp,
                signature: &STANDARD.decode(&answer.password_claim_signature).unwrap(),
            };
            assert!(exchange.proves(claim), "short: {found:?}");
            assert!(!exchange.proves(Claim { user_id: "alice", ..claim }), "the alias is not the user id");
            assert!(!exchange.proves(Claim { timestamp: "", ..claim }), "the time stamp is signed");
            left.retain(|case| !cases.iter().zip(found).any(|(other, found)| found && other == case));
            if left.is_empty() {
                return;
            }
        }
        panic!("never met: {left:?}");
    }
}
