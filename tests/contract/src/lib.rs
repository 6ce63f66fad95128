//! amphora-contract.
