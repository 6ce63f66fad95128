//! One suite for every server that stands in for AWS: what our crates ask of S3 and Cognito, and what they make of the answers.
//!
//! A case runs on each server. Where a server is known to differ there is a named exception with its reason, and the suite
//! fails when the difference is gone. `AMPHORA_LONG=1` repeats the sign-ins more often.

#![expect(clippy::unwrap_used, reason = "every line here is a test; clippy does not see it without the usual harness")]

mod amplify;
mod amplify2;
mod case;
mod child;
mod copies;
mod exceptions;
mod http_get;
mod keys;
mod kinesis;
mod levels;
mod links;
mod listing;
mod own_sandbox;
mod servers;
mod sign_in;
mod srp;
mod uploads;
mod versions;
mod visitor;

use case::{Case, run};
use libtest_mimic::{Arguments, Trial};
use servers::Servers;
use std::sync::Arc;

fn main() {
    let arguments = Arguments::from_args();
    case::keep_panics_for_the_report();
    let servers = Arc::new(Servers::new());
    let conclusion = libtest_mimic::run(&arguments, trials(&servers));
    // Before the exit, which drops nothing: this ends them.
    drop(servers);
    conclusion.exit();
}

fn trials(servers: &Arc<Servers>) -> Vec<Trial> {
    let mut cases: Vec<Case> = Vec::new();
    for some in [
        levels::cases(),
        keys::cases(),
        listing::cases(),
        uploads::cases(),
        copies::cases(),
        kinesis::cases(),
        links::cases(),
        sign_in::cases(),
        srp::cases(),
        amplify::cases(),
        amplify2::cases(),
        versions::cases(),
        own_sandbox::cases(),
    ] {
        cases.extend(some);
    }
    exceptions::check_names(&cases);
    let mut trials = Vec::new();
    for case in cases {
        let case = Arc::new(case);
        for name in case.servers() {
            let (servers, case) = (servers.clone(), case.clone());
            trials.push(Trial::test(format!("{name}: {}", case.name), move || run(&servers, name, &case)));
        }
    }
    trials
}
