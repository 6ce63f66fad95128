// The way to Rust for features: app state, commands with failures, the query cache.
export { AppStateProvider, useAppState, useAppStateValue } from "./AppStateProvider";
export { failureTable, toFailure } from "./failure";
export { createQueryClient, queryKeys } from "./queries";
export { type CommandRun, useCommand } from "./useCommand";
