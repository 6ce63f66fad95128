// Session, storage and settings as Rust knows them: fetched once, then replaced by news. Older news never wins.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { type AppState, type Failure, useHost } from "../host";
import { toFailure } from "./failure";

type AppStateValue = {
  state: AppState;
  /** Takes a state that a command answered with, unless newer news came first. */
  accept: (state: AppState) => void;
};

const AppStateContext = createContext<AppStateValue | null>(null);

export type AppStateProviderProps = {
  /** Shown until the first answer. */
  fallback: ReactNode;
  /** Shown when there is no first answer. */
  renderFailed: (failure: Failure, retry: () => void) => ReactNode;
  children: ReactNode;
};

export function AppStateProvider({ fallback, renderFailed, children }: AppStateProviderProps) {
  const host = useHost();
  const [state, setState] = useState<AppState | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const accept = useCallback((next: AppState) => setState((now) => newer(now, next)), []);

  const load = useCallback(
    () => void host.commands.appState().then(accept, (thrown: unknown) => setFailure(toFailure(thrown))),
    [host, accept],
  );

  useEffect(() => {
    const stop = host.listen("stateChanged", accept);
    load();
    return stop;
  }, [host, accept, load]);

  const value = useMemo(() => state && { state, accept }, [state, accept]);
  if (value) return <AppStateContext value={value}>{children}</AppStateContext>;
  if (!failure) return fallback;
  return renderFailed(failure, () => {
    setFailure(null);
    load();
  });
}

export function useAppState(): AppState {
  return useAppStateValue().state;
}

export function useAppStateValue(): AppStateValue {
  const value = useContext(AppStateContext);
  if (!value) throw new Error("useAppState needs an AppStateProvider above it");
  return value;
}

/** The state with the higher revision. */
export function newer(now: AppState | null, next: AppState): AppState {
  return now && now.revision > next.revision ? now : next;
}
