//! Where a server is known to differ, and why that is not ours to mend. Each is a decision: a difference that is gone fails.

use crate::case::Case;
use crate::servers::Name;

/// A case that must fail on a server.
pub struct Exception {
    server: Name,
    case: &'static str,
    /// Part of how it fails.
    pub sees: &'static str,
    /// Why the server differs.
    pub reason: &'static str,
}

const EXCEPTIONS: &[Exception] = &[
    Exception {
        server: Name::Ministack,
        case: "reading an absent key is refused where listing is bound to prefixes",
        sees: "left: NotFound",
        reason: "it answers 404 to everybody; AWS answers 403 to whoever may not list the whole bucket",
    },
    Exception {
        server: Name::Ministack,
        case: r#"a person's key "line\nbreak.txt" is kept byte for byte"#,
        sees: "AccessDenied",
        reason: NO_LINE_BREAKS,
    },
    Exception {
        server: Name::Ministack,
        case: r#"a guest's key "line\nbreak.txt" is kept byte for byte"#,
        sees: "AccessDenied",
        reason: NO_LINE_BREAKS,
    },
    Exception {
        server: Name::Ministack,
        case: "a temporary password is not replaced by a weak one",
        sees: "called `Result::unwrap_err()` on an `Ok` value",
        reason: "it does not hold the password that replaces a temporary one against the pool's rules",
    },
    Exception {
        server: Name::Moto,
        case: r#"a person's key "line\nbreak.txt" is kept byte for byte"#,
        sees: "it goes up: StorageError { kind: NotFound",
        reason: "its web framework takes no path with a line break for a key",
    },
    Exception {
        server: Name::Moto,
        case: "what a customer's key encrypts opens with that key only",
        sees: "not without a key",
        reason: "it keeps no customer's keys and gives the content to everybody",
    },
];

const NO_LINE_BREAKS: &str = "its `*` in a policy's resource does not match a line break";

/// The exception of a case on a server.
pub fn of(server: Name, case: &str) -> Option<&'static Exception> {
    EXCEPTIONS.iter().find(|exception| exception.server == server && exception.case == case)
}

/// An exception for a case that no longer exists would never be noticed.
pub fn check_names(cases: &[Case]) {
    for exception in EXCEPTIONS {
        let known = cases.iter().any(|case| case.name == exception.case && case.servers().contains(&exception.server));
        assert!(known, "there is no case “{}” on {}", exception.case, exception.server);
    }
}
