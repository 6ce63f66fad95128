// What the components take where a prop is left out, as `Storage.configure` set it in the original.
import { createContext, type CSSProperties, type ReactNode, useContext, useMemo } from "react";
import type { Level } from "../host";
import type { Translate } from "./translate";

export type StorageDefaultsValue = {
  /** Where a component's `level` is left out. */
  level: Level;
  /** Where `track` is left out: gets and lists are noted in the account's activity log. */
  track: boolean;
  /** Keys that pickers compute are exactly those of Amplify 1.x. */
  exactKeys: boolean;
  /** Where `translate` is left out. */
  translate: Translate | undefined;
  /** Where `theme` is left out, of S3Image and S3Text. */
  theme: { photo?: CSSProperties; text?: CSSProperties } | undefined;
};

const StorageDefaultsContext = createContext<StorageDefaultsValue>({
  level: "public",
  track: false,
  exactKeys: false,
  translate: undefined,
  theme: undefined,
});

export type StorageDefaultsProps = Partial<StorageDefaultsValue> & { children: ReactNode };

/** Sets what components inside take where a prop is left out; what it leaves out itself stays as it is outside. */
export function StorageDefaults({ children, ...given }: StorageDefaultsProps) {
  const { level, track, exactKeys, translate, theme } = given;
  const outer = useStorageDefaults();
  const value = useMemo(
    () => ({
      level: level ?? outer.level,
      track: track ?? outer.track,
      exactKeys: exactKeys ?? outer.exactKeys,
      translate: translate ?? outer.translate,
      theme: theme ?? outer.theme,
    }),
    [outer, level, track, exactKeys, translate, theme],
  );
  return <StorageDefaultsContext value={value}>{children}</StorageDefaultsContext>;
}

export function useStorageDefaults(): StorageDefaultsValue {
  return useContext(StorageDefaultsContext);
}
