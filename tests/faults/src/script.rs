//! The rules in force, and how often each was met.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::fault::{Fault, Rule};

#[derive(Debug, Default)]
pub(crate) struct Script(Mutex<Vec<(Rule, u64)>>);

impl Script {
    pub fn add(&self, rule: Rule) {
        self.lock().push((rule, 0));
    }

    pub fn clear(&self) {
        self.lock().clear();
    }

    /// What happens to this request. Every fitting rule counts it, also where an earlier one has struck.
    pub fn next(&self, method: &str, path: &str) -> Option<Fault> {
        let mut struck = None;
        for (rule, met) in self.lock().iter_mut().filter(|(rule, _)| rule.fits(method, path)) {
            if rule.strikes(*met) {
                struck = struck.or_else(|| Some(rule.fault.clone()));
            }
            *met += 1;
        }
        struck
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(Rule, u64)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_fitting_rule_wins_and_a_spent_one_gives_way() {
        let script = Script::default();
        script.add(Rule::new(Fault::denied()).on("PUT", "").times(1));
        script.add(Rule::new(Fault::slow_down()));
        assert_eq!(script.next("PUT", "/b/k"), Some(Fault::denied()));
        assert_eq!(script.next("PUT", "/b/k"), Some(Fault::slow_down()));
        script.clear();
        assert_eq!(script.next("PUT", "/b/k"), None);
    }
}
