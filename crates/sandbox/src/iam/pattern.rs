//! Patterns of IAM: `*`, `?` and `${variables}`. A variable's value matches literally, whatever it contains.

use std::borrow::Cow;

use crate::error::{Error, Result};

/// Values for the `${…}` of a policy; a missing value makes the pattern match nothing.
pub trait Variables {
    /// The value of a variable, such as `cognito-identity.amazonaws.com:sub`.
    fn value(&self, name: &str) -> Option<&str>;
}

/// A parsed pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Variable(String),
    AnyRun,
    AnyOne,
}

impl Pattern {
    /// Parses `text`; fails on a `${` without its `}`. `${*}`, `${?}` and `${$}` stand for the characters themselves.
    pub fn parse(text: &str) -> Result<Self> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if let Some(tail) = rest.strip_prefix("${") {
                let (name, after) = tail.split_once('}').ok_or_else(|| {
                    Error::Invalid(format!("Couldn't read the policy: `{text}` has a `${{` without `}}`."))
                })?;
                pieces.push(match name {
                    "*" | "?" | "$" => Piece::Text(name.to_owned()),
                    _ => Piece::Variable(name.to_owned()),
                });
                rest = after;
                continue;
            }
            match first {
                '*' => pieces.push(Piece::AnyRun),
                '?' => pieces.push(Piece::AnyOne),
                _ => push_text(&mut pieces, first),
            }
            rest = &rest[first.len_utf8()..];
        }
        Ok(Self { pieces })
    }

    /// Parses text in which nothing is special except `${variables}`, as StringEquals reads it.
    pub fn parse_exact(text: &str) -> Result<Self> {
        let mut pattern = Self::parse(text)?;
        for piece in &mut pattern.pieces {
            match piece {
                Piece::AnyRun => *piece = Piece::Text("*".to_owned()),
                Piece::AnyOne => *piece = Piece::Text("?".to_owned()),
                Piece::Text(_) | Piece::Variable(_) => {}
            }
        }
        Ok(pattern)
    }

    /// Whether all of `text` fits. `*` stands for any run of characters, `/` among them; `?` for any one.
    pub fn matches(&self, text: &str, variables: &dyn Variables) -> bool {
        let Some(tokens) = self.tokens(variables) else { return false };
        let text: Vec<char> = text.chars().collect();
        wildcard_match(&tokens, &text)
    }

    /// As `matches`, without regard to the case of ASCII letters: for the names of actions.
    pub fn matches_ignoring_case(&self, text: &str, variables: &dyn Variables) -> bool {
        let Some(tokens) = self.tokens(variables) else { return false };
        let lower = |token: &Token| match token {
            Token::Is(character) => Token::Is(character.to_ascii_lowercase()),
            other => *other,
        };
        let tokens: Vec<Token> = tokens.iter().map(lower).collect();
        let text: Vec<char> = text.chars().map(|character| character.to_ascii_lowercase()).collect();
        wildcard_match(&tokens, &text)
    }

    fn tokens(&self, variables: &dyn Variables) -> Option<Vec<Token>> {
        let mut tokens = Vec::new();
        for piece in &self.pieces {
            let text: Cow<'_, str> = match piece {
                Piece::AnyRun => {
                    tokens.push(Token::AnyRun);
                    continue;
                }
                Piece::AnyOne => {
                    tokens.push(Token::AnyOne);
                    continue;
                }
                Piece::Text(text) => text.into(),
                Piece::Variable(name) => variables.value(name)?.into(),
            };
            tokens.extend(text.chars().map(Token::Is));
        }
        Some(tokens)
    }
}

fn push_text(pieces: &mut Vec<Piece>, character: char) {
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        text.push(character);
    } else {
        pieces.push(Piece::Text(character.to_string()));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Is(char),
    AnyOne,
    AnyRun,
}

/// Matches from left to right and returns to the last `*` on a mismatch; never worse than length × length.
fn wildcard_match(tokens: &[Token], text: &[char]) -> bool {
    let (mut at_token, mut at_text) = (0, 0);
    let mut last_run: Option<(usize, usize)> = None;
    while at_text < text.len() {
        match tokens.get(at_token) {
            Some(Token::AnyRun) => {
                last_run = Some((at_token, at_text));
                at_token += 1;
            }
            Some(Token::AnyOne) => {
                at_token += 1;
                at_text += 1;
            }
            Some(Token::Is(character)) if *character == text[at_text] => {
                at_token += 1;
                at_text += 1;
            }
            _ => match last_run {
                Some((run_token, run_text)) => {
                    last_run = Some((run_token, run_text + 1));
                    at_token = run_token + 1;
                    at_text = run_text + 1;
                }
                None => return false,
            },
        }
    }
    tokens[at_token..].iter().all(|token| *token == Token::AnyRun)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Sub(Option<String>);

    impl Variables for Sub {
        fn value(&self, name: &str) -> Option<&str> {
            if name == "sub" { self.0.as_deref() } else { None }
        }
    }

    fn fits(pattern: &str, text: &str) -> bool {
        Pattern::parse(pattern).unwrap().matches(text, &Sub(Some("me".to_owned())))
    }

    #[test]
    fn wildcards_escapes_and_case() {
        assert!(fits("a*c", "abbbc") && fits("a*c", "ac") && !fits("a*c", "acb"));
        assert!(fits("a?c", "aüc") && !fits("a?c", "ac"));
        assert!(fits("a${*}c", "a*c") && !fits("a${*}c", "abc"));
        assert!(!fits("Public/*", "public/x"), "resources are case-sensitive");
        let action = Pattern::parse("s3:Get*").unwrap();
        assert!(action.matches_ignoring_case("S3:gETobject", &Sub(None)), "actions are not");
        assert!(Pattern::parse("a${b").is_err());
    }

    proptest! {
        #[test]
        fn a_star_spans_everything_slashes_included(head in "[a-z/]{0,8}", middle in "\\PC{0,20}", tail in "[a-z/]{0,8}") {
            let text = format!("{head}{middle}{tail}");
            let pattern = format!("{head}*{tail}");
            prop_assert!(fits(&pattern, &text), "{} fits {}", text, pattern);
        }

        #[test]
        fn a_substituted_value_matches_literally(value in "[a-z*?/${}]{0,8}", other in "[a-z*?/${}]{0,8}") {
            let pattern = Pattern::parse("private/${sub}/*").unwrap();
            let sub = Sub(Some(value.clone()));
            let own = format!("private/{value}/x");
            let foreign = format!("private/{other}/x");
            prop_assert!(pattern.matches(&own, &sub));
            if !foreign.starts_with(&format!("private/{value}/")) {
                prop_assert!(!pattern.matches(&foreign, &sub), "{} is not {}'s", foreign, value);
            }
        }

        #[test]
        fn a_missing_variable_matches_nothing(text in "\\PC{0,20}") {
            for pattern in ["${sub}", "*${sub}*", "private/${sub}/*"] {
                prop_assert!(!Pattern::parse(pattern).unwrap().matches(&text, &Sub(None)));
            }
            let nobodys = Pattern::parse("private/${sub}/*").unwrap().matches("private//x", &Sub(None));
            prop_assert!(!nobodys, "a missing variable is not an empty one");
        }

        #[test]
        fn text_without_specials_fits_only_itself(text in "[a-zA-Z/. ü]{0,12}", other in "[a-zA-Z/. ü]{0,12}") {
            prop_assert_eq!(fits(&text, &other), text == other);
        }
    }
}
