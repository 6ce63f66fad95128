//! What can go wrong with a request, and with which requests it does.

use std::time::Duration;

use serde::Deserialize;

/// What happens to one request.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// The connection is reset before the server hears of the request.
    Refuse,
    /// Nothing is answered, for as long as the client waits.
    Silence,
    /// The request reaches the server so much later.
    Latency {
        /// Milliseconds.
        millis: u64,
    },
    /// The request reaches the server only after [`crate::FaultProxy::release`].
    Hold,
    /// The connection is reset after so many bytes of the request's body. A shorter body passes.
    ResetRequest {
        /// Bytes.
        at: u64,
    },
    /// The connection is reset after so many bytes of the answer's body. A shorter body passes.
    ResetAnswer {
        /// Bytes.
        at: u64,
    },
    /// The answer ends after so many bytes of its body, as if that were all, although more were promised.
    CutAnswer {
        /// Bytes.
        at: u64,
    },
    /// The server does what it was asked, and its answer is lost.
    LoseAnswer,
    /// The server is sent the request twice, as by a proxy on the way that tries again, and the second answer is passed on.
    Twice,
    /// An S3 error, which the server knows nothing of.
    Answer {
        /// The HTTP status.
        status: u16,
        /// S3's code.
        code: String,
    },
}

impl Fault {
    /// An answer of this status and code.
    pub fn answer(status: u16, code: &str) -> Self {
        Self::Answer { status, code: code.to_owned() }
    }

    /// "Please reduce your request rate."
    pub fn slow_down() -> Self {
        Self::answer(503, "SlowDown")
    }

    /// A server with an internal error.
    pub fn internal() -> Self {
        Self::answer(500, "InternalError")
    }

    /// A refusal.
    pub fn denied() -> Self {
        Self::answer(403, "AccessDenied")
    }

    /// Credentials that are over.
    pub fn expired() -> Self {
        Self::answer(400, "ExpiredToken")
    }

    /// The request arrives later.
    pub fn late(by: Duration) -> Self {
        Self::Latency { millis: u64::try_from(by.as_millis()).unwrap_or(u64::MAX) }
    }
}

/// A fault, and the requests that meet it. The first rule that fits a request is the one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What happens.
    pub fault: Fault,
    /// Only to this method.
    #[serde(default)]
    pub method: Option<String>,
    /// Only where the path with its query, as it was sent, holds this.
    #[serde(default)]
    pub holds: Option<String>,
    /// Only where it does not hold this.
    #[serde(default)]
    pub lacks: Option<String>,
    /// So many fitting requests pass unharmed first.
    #[serde(default)]
    pub after: u64,
    /// So many times, then never again; always where it is not said.
    #[serde(default)]
    pub times: Option<u64>,
    /// Bursts: of so many fitting requests (the second number) the first so many meet it.
    #[serde(default)]
    pub burst: Option<(u64, u64)>,
}

impl Rule {
    /// For every request, always.
    pub fn new(fault: Fault) -> Self {
        Self { fault, method: None, holds: None, lacks: None, after: 0, times: None, burst: None }
    }

    /// For requests of this method, and with this in their path or query (an empty text: any).
    #[must_use]
    pub fn on(self, method: &str, holds: &str) -> Self {
        Self { method: Some(method.to_owned()), holds: (!holds.is_empty()).then(|| holds.to_owned()), ..self }
    }

    /// Not for requests with this in their path or query.
    #[must_use]
    pub fn without(self, lacks: &str) -> Self {
        Self { lacks: Some(lacks.to_owned()), ..self }
    }

    /// Lets so many fitting requests pass first.
    #[must_use]
    pub fn after(self, requests: u64) -> Self {
        Self { after: requests, ..self }
    }

    /// So many times, then never again.
    #[must_use]
    pub fn times(self, times: u64) -> Self {
        Self { times: Some(times), ..self }
    }

    /// The first `bad` of every `of` requests.
    #[must_use]
    pub fn in_bursts(self, bad: u64, of: u64) -> Self {
        Self { burst: Some((bad, of)), ..self }
    }

    pub(crate) fn fits(&self, method: &str, path: &str) -> bool {
        self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.holds.as_deref().is_none_or(|part| path.contains(part))
            && self.lacks.as_deref().is_none_or(|part| !path.contains(part))
    }

    /// Whether it strikes the fitting request with this number, counted from 0.
    pub(crate) fn strikes(&self, number: u64) -> bool {
        let Some(number) = number.checked_sub(self.after) else { return false };
        let in_burst = self.burst.is_none_or(|(bad, of)| number % of.max(1) < bad);
        in_burst && self.times.is_none_or(|times| self.struck_before(number) < times)
    }

    /// How many fitting requests before this one were struck, were there no limit.
    fn struck_before(&self, number: u64) -> u64 {
        match self.burst {
            Some((bad, of)) => number / of.max(1) * bad + (number % of.max(1)).min(bad),
            None => number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn struck(rule: &Rule, of: u64) -> Vec<u64> {
        (0..of).filter(|number| rule.strikes(*number)).collect()
    }

    #[test]
    fn a_rule_strikes_when_it_says() {
        let always = Rule::new(Fault::Refuse);
        assert_eq!(struck(&always, 3), [0, 1, 2]);
        assert_eq!(struck(&always.clone().times(2), 9), [0, 1]);
        assert_eq!(struck(&always.clone().after(3).times(2), 9), [3, 4]);
        assert_eq!(struck(&always.clone().in_bursts(2, 5), 12), [0, 1, 5, 6, 10, 11]);
        assert_eq!(struck(&always.in_bursts(2, 5).after(1).times(3), 12), [1, 2, 6]);
    }

    #[test]
    fn a_rule_fits_by_method_and_by_what_the_path_holds() {
        let rule = Rule::new(Fault::LoseAnswer).on("PUT", "partNumber=").without("partNumber=1&");
        assert!(rule.fits("PUT", "/b/k?partNumber=2&uploadId=u"));
        assert!(!rule.fits("PUT", "/b/k?partNumber=1&uploadId=u"));
        assert!(!rule.fits("PUT", "/b/k"));
        assert!(!rule.fits("GET", "/b/k?partNumber=2&uploadId=u"));
    }

    #[test]
    fn a_rule_is_read_from_json_and_a_mistyped_one_is_refused() {
        let read: Rule = serde_json::from_str(
            r#"{ "fault": { "kind": "answer", "status": 503, "code": "SlowDown" }, "method": "PUT", "times": 2 }"#,
        )
        .expect("it is a rule");
        assert_eq!(read, Rule::new(Fault::slow_down()).on("PUT", "").times(2));
        assert!(serde_json::from_str::<Rule>(r#"{ "fault": { "kind": "refuse" }, "tims": 2 }"#).is_err());
    }
}
