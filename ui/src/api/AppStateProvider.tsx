// Session, storage and settings as Rust knows them: fetched once, then replaced by news. Older news never wins.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { type AppState, useHost } from "../host";

type AppStateValue = {
  state: AppState;
  /** Takes a state that a command answered with, unless newer news came first. */
  accept: (state: AppState) => void;
};

const AppStateContext = createContext<AppStateValue | null>(null);

export type AppStateProviderProps = {
  /** Shown until the first answer. */
  fallback: ReactNode;
  children: ReactNode;
};

export function AppStateProvider({ fallback, children }: AppStateProviderProps) {
  const host = useHost();
  const [state, setState] = useState<AppState | null>(null);
  const accept = useCallback((next: AppState) => setState((now) => newer(now, next)), []);

  useEffect(() => {
    const stop = host.listen("stateChanged", accept);
    void host.commands.appState().then(accept);
    return stop;
  }, [host, accept]);

  const value = useMemo(() => state && { state, accept }, [state, accept]);
  return value ? <AppStateContext value={value}>{children}</AppStateContext> : fallback;
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
