// Opens the way to pick files: the system's dialog in the window, a file input in a browser.
import { type ReactNode, useCallback, useRef } from "react";
import { toFailure } from "../api";
import { type Failure, useHost } from "../host";
import type { AnyFile } from "./reading";
import styles from "./Picker.module.css";

export type PickHow = {
  /** Title of the dialog. */
  title: string;
  /** As in HTML. A hint only. */
  accept: string;
  several: boolean;
  /** Never called with none. */
  onFiles: (files: AnyFile[]) => void;
  onError?: (failure: Failure) => void;
};

export function usePick({ title, accept, several, onFiles, onError }: PickHow): { open: () => void; input: ReactNode } {
  const host = useHost();
  const input = useRef<HTMLInputElement>(null);
  const open = useCallback(() => {
    if (!host.pick) return input.current?.click();
    host.pick({ title, accept, several }).then(
      (files) => files.length > 0 && onFiles(files),
      (thrown: unknown) => onError?.(toFailure(thrown)),
    );
    return undefined;
  }, [host, title, accept, several, onFiles, onError]);
  if (host.pick) return { open, input: null };
  return {
    open,
    input: (
      <input
        ref={input}
        type="file"
        tabIndex={-1}
        aria-label={title}
        accept={accept}
        multiple={several}
        className={styles.input}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file can be picked again.
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    ),
  };
}
