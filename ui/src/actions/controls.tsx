// What the features on screen can do right now. Each registers its controls while it is shown; toolbar, menus and shortcuts call them.
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { UploadChoice } from "../host";

/** The folder on screen. */
export type FolderControls = {
  /** How many rows are selected. */
  selected: number;
  refresh: () => void;
  selectAll: () => void;
  clearSelection: () => void;
  openSelected: () => void;
  downloadSelected: () => void;
  /** Asks where to. */
  askRelocation: (kind: "move" | "copy") => void;
  /** Asks first. */
  askDelete: () => void;
  /** Asks for the name. */
  askNewFolder: () => void;
  /** Makes the selected picture the folder's cover; null where it can't be. */
  chooseCover: (() => void) | null;
  /** Makes the newest picture the cover again; null where it is. */
  forgetCover: (() => void) | null;
};

export type UploadControls = {
  /** Opens the system's dialog; the files go to the place on screen. */
  choose: (what: UploadChoice) => void;
};

export type TransferVerb = "decide" | "signIn" | "retry" | "report" | "resume" | "pause" | "show" | "cancel" | "clear";

/** Where a transfer that waits goes in line: to an end, or past the next one. */
export type LineVerb = "first" | "sooner" | "later" | "last";

export type TransferControls = {
  open: boolean;
  toggle: () => void;
  /** Whether it makes sense for the selected transfers. */
  can: (verb: TransferVerb | LineVerb) => boolean;
  /** Does it to the selected transfers. */
  run: (verb: TransferVerb | LineVerb) => void;
};

export type SettingsControls = {
  open: () => void;
};

export type Controls = {
  folder: FolderControls | null;
  upload: UploadControls | null;
  transfers: TransferControls | null;
  settings: SettingsControls | null;
};

type Store = {
  get: () => Controls;
  set: (change: Partial<Controls>) => void;
  subscribe: (callback: () => void) => () => void;
};

const StoreContext = createContext<Store | null>(null);

export function ControlsProvider({ children }: { children: ReactNode }) {
  const [store] = useState(createStore);
  return <StoreContext value={store}>{children}</StoreContext>;
}

/** What can be done now; the component is drawn again when that changes. */
export function useControlsNow(): Controls {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Registers a feature's controls while the component is mounted. Memoise `controls`: a new object is a change. */
export function useControls<Name extends keyof Controls>(name: Name, controls: NonNullable<Controls[Name]>): void {
  const store = useStore();
  useEffect(() => {
    store.set({ [name]: controls });
    return () => {
      if (store.get()[name] === controls) store.set({ [name]: null });
    };
  }, [store, name, controls]);
}

function useStore(): Store {
  const store = useContext(StoreContext);
  if (!store) throw new Error("useControls needs a ControlsProvider above it");
  return store;
}

function createStore(): Store {
  let controls: Controls = { folder: null, upload: null, transfers: null, settings: null };
  const callbacks = new Set<() => void>();
  return {
    get: () => controls,
    set(change) {
      controls = { ...controls, ...change };
      for (const callback of callbacks) callback();
    },
    subscribe(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
  };
}
