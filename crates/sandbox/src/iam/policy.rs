//! Policy documents: read once, then asked about requests.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::pattern::{Pattern, Variables};
use crate::error::{Error, Result};

/// A parsed policy document.
#[derive(Clone, Debug)]
pub struct Policy {
    statements: Vec<Statement>,
}

/// One question to a policy.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The action: `s3:GetObject`.
    pub action: &'a str,
    /// The resource's name: `arn:aws:s3:::bucket/key`.
    pub resource: &'a str,
    /// The condition keys that this request has, in lower case, with their values: `("s3:prefix", "public/")`.
    pub conditions: &'a [(&'a str, &'a str)],
}

#[derive(Clone, Debug)]
struct Statement {
    allow: bool,
    actions: Vec<Pattern>,
    resources: Vec<Pattern>,
    conditions: Vec<Condition>,
}

#[derive(Clone, Debug)]
struct Condition {
    /// `None`: an operator that is not known here, which matches nothing.
    operator: Option<Operator>,
    key: String,
    values: Vec<Pattern>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Matches,
    MatchesNot,
}

/// The condition keys that requests to the sandbox can carry.
const KNOWN_KEYS: [&str; 3] = ["s3:prefix", "s3:delimiter", "s3:max-keys"];

impl Policy {
    /// Reads a policy document. Fails on text that is not one; what is merely unknown (an operator, a key) is kept
    /// and will match nothing.
    pub fn parse(document: &serde_json::Value) -> Result<Self> {
        let document = Document::deserialize(document)
            .map_err(|source| Error::Invalid(format!("Couldn't read the policy: {source}.")))?;
        let statements = document.statement.into_vec().into_iter().map(Statement::parse).collect::<Result<_>>()?;
        Ok(Self { statements })
    }

    /// Whether the policy allows `request`: some Allow matches, and no Deny does.
    pub fn allows(&self, request: &Request<'_>, variables: &dyn Variables) -> bool {
        let mut allowed = false;
        for statement in &self.statements {
            if statement.matches(request, variables) {
                if !statement.allow {
                    return false;
                }
                allowed = true;
            }
        }
        allowed
    }
}

impl Statement {
    fn parse(raw: RawStatement) -> Result<Self> {
        let allow = match raw.effect.as_str() {
            "Allow" => true,
            "Deny" => false,
            other => {
                return Err(Error::Invalid(format!(
                    "Couldn't read the policy: Effect `{other}` is neither Allow nor Deny."
                )));
            }
        };
        let patterns = |texts: OneOrMany<String>| {
            texts.into_vec().iter().map(|text| Pattern::parse(text)).collect::<Result<Vec<_>>>()
        };
        let mut conditions = Vec::new();
        for (operator, keys) in raw.condition.unwrap_or_default() {
            let (known, exact) = match operator.as_str() {
                "StringEquals" => (Some(Operator::Matches), true),
                "StringNotEquals" => (Some(Operator::MatchesNot), true),
                "StringLike" => (Some(Operator::Matches), false),
                "StringNotLike" => (Some(Operator::MatchesNot), false),
                _ => (None, true),
            };
            for (key, values) in keys {
                let parse = if exact { Pattern::parse_exact } else { Pattern::parse };
                let values = values.into_vec().iter().map(|value| parse(value)).collect::<Result<_>>()?;
                conditions.push(Condition { operator: known, key: key.to_ascii_lowercase(), values });
            }
        }
        Ok(Self { allow, actions: patterns(raw.action)?, resources: patterns(raw.resource)?, conditions })
    }

    fn matches(&self, request: &Request<'_>, variables: &dyn Variables) -> bool {
        self.actions.iter().any(|action| action.matches_ignoring_case(request.action, variables))
            && self.resources.iter().any(|resource| resource.matches(request.resource, variables))
            && self.conditions.iter().all(|condition| condition.holds(request, variables))
    }
}

impl Condition {
    fn holds(&self, request: &Request<'_>, variables: &dyn Variables) -> bool {
        let Some(operator) = self.operator else { return false };
        if !KNOWN_KEYS.contains(&self.key.as_str()) {
            return false;
        }
        let value = request.conditions.iter().find(|(key, _)| *key == self.key).map(|(_, value)| *value);
        match (operator, value) {
            (Operator::Matches, Some(value)) => self.values.iter().any(|pattern| pattern.matches(value, variables)),
            (Operator::Matches, None) => false,
            (Operator::MatchesNot, Some(value)) => !self.values.iter().any(|pattern| pattern.matches(value, variables)),
            // A negated operator holds for a key that the request does not have (IAM user guide, "Condition operators").
            (Operator::MatchesNot, None) => true,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    statement: OneOrMany<RawStatement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct RawStatement {
    #[serde(rename = "Sid")]
    _sid: Option<String>,
    effect: String,
    action: OneOrMany<String>,
    resource: OneOrMany<String>,
    condition: Option<BTreeMap<String, BTreeMap<String, OneOrMany<String>>>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    fn into_vec(self) -> Vec<T> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    struct Nobody;

    impl Variables for Nobody {
        fn value(&self, _: &str) -> Option<&str> {
            None
        }
    }

    fn asks<'a>(action: &'a str, resource: &'a str, conditions: &'a [(&'a str, &'a str)]) -> Request<'a> {
        Request { action, resource, conditions }
    }

    fn policy(statements: serde_json::Value) -> Policy {
        Policy::parse(&json!({ "Version": "2012-10-17", "Statement": statements })).unwrap()
    }

    #[test]
    fn an_unknown_operator_or_key_matches_nothing() {
        let with = |condition: serde_json::Value| {
            policy(json!([{ "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": condition }]))
        };
        let request = asks("s3:ListBucket", "b", &[("s3:prefix", "x")]);
        assert!(with(json!({ "StringLike": { "S3:Prefix": "x*" } })).allows(&request, &Nobody), "keys ignore case");
        assert!(!with(json!({ "StringMatches": { "s3:prefix": "x" } })).allows(&request, &Nobody));
        assert!(!with(json!({ "StringNotEquals": { "aws:UserAgent": "x" } })).allows(&request, &Nobody));
        assert!(
            !with(json!({ "StringEquals": { "s3:prefix": "x*" } })).allows(&request, &Nobody),
            "equals is no pattern"
        );
        assert!(!with(json!({ "StringLike": { "s3:prefix": "*" } })).allows(&asks("s3:ListBucket", "b", &[]), &Nobody));
        assert!(
            with(json!({ "StringNotLike": { "s3:prefix": "*" } })).allows(&asks("s3:ListBucket", "b", &[]), &Nobody)
        );
    }

    #[test]
    fn what_is_not_a_policy_is_refused() {
        assert!(
            Policy::parse(&json!({ "Statement": [{ "Effect": "Permit", "Action": "*", "Resource": "*" }] })).is_err()
        );
        assert!(
            Policy::parse(&json!({ "Statement": [{ "Effect": "Deny", "NotAction": "*", "Resource": "*" }] })).is_err()
        );
    }

    proptest! {
        #[test]
        fn an_explicit_deny_wins_in_any_order(key in "[a-z/]{1,10}", deny_first in any::<bool>(), others in 0usize..4) {
            let resource = format!("arn:aws:s3:::b/{key}");
            let allow = json!({ "Effect": "Allow", "Action": "s3:*", "Resource": "*" });
            let deny = json!({ "Effect": "Deny", "Action": "s3:GetObject", "Resource": &resource });
            let mut statements = vec![allow; others + 1];
            statements.insert(if deny_first { 0 } else { statements.len() }, deny);
            let policy = policy(json!(statements));
            prop_assert!(!policy.allows(&asks("s3:GetObject", &resource, &[]), &Nobody));
            prop_assert!(policy.allows(&asks("s3:PutObject", &resource, &[]), &Nobody));
        }

        #[test]
        fn nothing_is_allowed_that_no_statement_names(action in "s3:[A-Z][a-z]{2,8}", key in "\\PC{0,12}") {
            let policy = policy(json!([{ "Effect": "Allow", "Action": "s3:getobject", "Resource": "arn:aws:s3:::b/p/*" }]));
            let resource = format!("arn:aws:s3:::b/{key}");
            prop_assert_eq!(
                policy.allows(&asks(&action, &resource, &[]), &Nobody),
                action.eq_ignore_ascii_case("s3:getobject") && key.starts_with("p/")
            );
        }
    }
}
