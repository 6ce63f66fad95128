// Runs one command at a time for a form or a button: busy while it runs, a Failure when it did not work.
import { useCallback, useRef, useState } from "react";
import type { Failure } from "../host";
import { toFailure } from "./failure";

export type CommandRun = {
  busy: boolean;
  failure: Failure | null;
  /** Ignored while another one runs. Answers undefined when it failed. */
  run: <T>(command: () => Promise<T>) => Promise<T | undefined>;
  clear: () => void;
};

export function useCommand(): CommandRun {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const running = useRef(false);

  const run = useCallback(async <T>(command: () => Promise<T>): Promise<T | undefined> => {
    if (running.current) return undefined;
    running.current = true;
    setBusy(true);
    setFailure(null);
    try {
      return await command();
    } catch (thrown) {
      setFailure(toFailure(thrown));
      return undefined;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);

  return { busy, failure, run, clear: useCallback(() => setFailure(null), []) };
}
