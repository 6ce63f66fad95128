//! Finds the object literals of a small JavaScript file, so that `aws-exports.js` is read as data and never run.
//! Knows comments, strings and brackets; everything between them is left to the JSON5 parser.

/// Deeper than any configuration; the JSON5 parser has no limit of its own and would run out of stack.
const MAX_DEPTH: usize = 64;

/// Every object literal that is assigned, exported or passed to a call at the top of the file, in order.
/// `None`: the file ends inside one of them, or one is nested absurdly deep.
pub(crate) fn object_literals(source: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    let mut rest = Scanner { source, at: 0 };
    let mut before = Before::Nothing;
    while let Some(token) = rest.next() {
        match token {
            Token::Open('{') if before.introduces_a_value() => {
                let start = rest.at - 1;
                rest.skip_to_close()?;
                found.push(&source[start..rest.at]);
                before = Before::Other;
            }
            Token::Open('(') => before = Before::Introduction,
            Token::Open('{') => {
                rest.skip_to_close()?;
                before = Before::Other;
            }
            Token::Other("=") | Token::Other("default") => before = Before::Introduction,
            Token::Open(_) | Token::Close | Token::Text | Token::Other(_) => before = Before::Other,
            Token::Cut => return None,
        }
    }
    Some(found)
}

#[derive(Clone, Copy)]
enum Before {
    Nothing,
    Introduction,
    Other,
}

impl Before {
    fn introduces_a_value(self) -> bool {
        matches!(self, Before::Nothing | Before::Introduction)
    }
}

enum Token<'a> {
    Open(char),
    Close,
    /// A string or a template.
    Text,
    /// A word, or one sign.
    Other(&'a str),
    /// The file ends inside a string or a comment.
    Cut,
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = &self.source[self.at..];
            let first = rest.chars().next()?;
            if first.is_whitespace() || first == '\u{feff}' {
                self.at += first.len_utf8();
            } else if rest.starts_with("//") {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else if let Some(comment) = rest.strip_prefix("/*") {
                match comment.find("*/") {
                    Some(end) => self.at += 2 + end + 2,
                    None => return Some(Token::Cut),
                }
            } else {
                return Some(self.token(first));
            }
        }
    }

    fn token(&mut self, first: char) -> Token<'a> {
        let rest = &self.source[self.at..];
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
        match first {
            '{' | '[' | '(' => {
                self.at += 1;
                Token::Open(first)
            }
            '}' | ']' | ')' => {
                self.at += 1;
                Token::Close
            }
            '"' | '\'' | '`' => match end_of_string(rest, first) {
                Some(end) => {
                    self.at += end;
                    Token::Text
                }
                None => Token::Cut,
            },
            _ => {
                let end = if is_word(first) { rest.find(|c| !is_word(c)) } else { Some(first.len_utf8()) };
                let end = end.unwrap_or(rest.len());
                self.at += end;
                Token::Other(&rest[..end])
            }
        }
    }

    /// Called behind an opening bracket; stops behind the closing one.
    fn skip_to_close(&mut self) -> Option<()> {
        let mut depth = 1;
        while depth > 0 {
            match self.next()? {
                Token::Open(_) => depth += 1,
                Token::Close => depth -= 1,
                Token::Text | Token::Other(_) => {}
                Token::Cut => return None,
            }
            if depth > MAX_DEPTH {
                return None;
            }
        }
        Some(())
    }
}

fn end_of_string(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_values_at_the_top_are_taken() {
        let source = "import { Amplify } from 'aws-amplify'; /* = {no} */ // = {no}\nconst a = {x: '}', y: \"\\\"}\"};\nAmplify.configure({z: [1]});";
        assert_eq!(object_literals(source).unwrap(), ["{x: '}', y: \"\\\"}\"}", "{z: [1]}"]);
    }

    #[test]
    fn each_way_to_export_is_known() {
        for source in [
            "export default {a: 1};",
            "module.exports = {a: 1}",
            "const awsmobile = {a: 1};\n\n\nexport default awsmobile;\n",
            "\u{feff}{a: 1}",
            "'use strict';\nexports.default={a: 1};",
            "const config: Config = {a: 1} as const;",
        ] {
            assert_eq!(object_literals(source).unwrap(), ["{a: 1}"], "{source}");
        }
    }

    #[test]
    fn a_file_cut_anywhere_inside_its_object_is_refused_or_empty() {
        let whole = "const a = {b: 'c', d: [\"e\"] /* f */ };";
        let end = whole.find("};").unwrap();
        for cut in whole.char_indices().map(|(at, _)| at).take_while(|at| *at <= end) {
            let found = object_literals(&whole[..cut]).unwrap_or_default();
            assert!(found.is_empty(), "nothing whole in {:?}", &whole[..cut]);
        }
    }

    #[test]
    fn absurd_nesting_is_refused_without_running_out_of_stack() {
        assert!(object_literals(&format!("a = {}", "{b:[".repeat(200_000))).is_none());
    }
}
