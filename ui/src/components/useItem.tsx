// What S3Image and S3Text share: which key they show, putting `body` there, and the picker that changes it.
import { type ReactNode, useEffect, useRef, useState } from "react";
import { toFailure } from "../api";
import { useLatest } from "../folder";
import type { Failure, Level, SpaceRef } from "../host";
import { words } from "../words";
import { type FileToKey, keyOf } from "./calcKey";
import { Picker } from "./Picker";
import type { AnyFile, Pick } from "./reading";
import { useStorageDefaults } from "./StorageDefaults";
import { useInTurn } from "./useInTurn";
import { usePut } from "./usePut";

/** Bytes or text to store. */
export type ItemBody = string | Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;

export type ItemProps = {
  /** Alone, it is read as a key, as in the original. With a picker it stands before the computed key, no slash added. */
  path?: string;
  /** Default as configured by StorageDefaults, else "public". */
  level?: Level;
  /** Whose protected files; default: mine. */
  identityId?: string;
  /**
   * Stored under the key, then shown. It replaces what an own `imgKey` or `textKey` holds; else the person is asked. A photo goes
   * to others without where it was taken, as a picked one does, unless the person says otherwise.
   */
  body?: ItemBody;
  /** Of `body`, and of picked files whose type is not known. */
  contentType?: string;
  /** A button to pick a file, which is stored and shown. */
  picker?: boolean;
  /** The key of a picked file: a name, or a function of its name, size and type. */
  fileToKey?: FileToKey;
  /** Told of each picked file: exactly `{ file, name, size, type }`. */
  onPick?: (pick: Pick) => void;
  /** A picked file or `body` is stored. */
  onUploadSuccess?: () => void;
  /** It can't be read or stored. */
  onError?: (failure: Failure) => void;
  /** The gets are noted in the account's activity log, where what is stored always is. Default as configured by StorageDefaults. */
  track?: boolean;
  /** The Angular set's event: told the file itself. */
  picked?: (file: AnyFile) => void;
  /** The Angular set's event: told the key, inside the level, of what was stored. */
  uploaded?: (stored: { key: string }) => void;
};

export type Item = {
  space: SpaceRef;
  /** What to show; null: nothing yet. */
  key: string | null;
  /** Counts up with each put, so that the same key is read anew. */
  again: number;
  track: boolean;
  /** Button and questions; null: none. */
  picker: ReactNode;
};

export type ItemKind = {
  /** imgKey or textKey. */
  given: string | undefined;
  accept: string;
  /** Content type of a `body` that names none. */
  bodyType: string;
};

export function useItem(props: ItemProps, { given, accept, bodyType }: ItemKind): Item {
  const { path, identityId, body, contentType, picker = false, fileToKey, onPick, picked } = props;
  const defaults = useStorageDefaults();
  const { level = defaults.level, track = defaults.track } = props;
  const { putTogether, putBody, dialog } = usePut();
  const owner = identityId ?? null;
  const asked = given || path || null;
  const here = JSON.stringify([asked, level, owner]);
  const [stored, setStored] = useState({ here, key: "", again: 0 });
  const again = useRef(0);
  const latest = useLatest({ ...props, here });
  const inTurn = useInTurn();

  const keep = (key: string) => {
    again.current += 1;
    setStored({ here, key, again: again.current });
    latest.current.onUploadSuccess?.();
    latest.current.uploaded?.({ key });
  };
  const refuse = (thrown: unknown) => latest.current.onError?.(toFailure(thrown));

  useEffect(() => {
    if (body === undefined || asked === null) return;
    // Another person's place can't be written to, which onError is told.
    const target = { space: { level, owner }, key: asked, contentType: contentType || bodyType };
    inTurn(async () => {
      const { current } = latest;
      // While it waited for the one before, another took its place.
      if (current.here === here && current.body !== undefined && current.body !== body) return;
      await putBody(new Blob([body]), target, Boolean(given) && owner === null).then(keep, refuse);
    });
    // oxlint-disable-next-line react/exhaustive-deps -- put again when what or where changes, not when a callback does
  }, [body, here, contentType]);

  const put = ({ file }: Pick) => {
    const key = keyOf(file, { given, path, fileToKey, exact: defaults.exactKeys });
    const type = file.type || contentType || null;
    const target = { space: { level, owner }, key, contentType: type, ownKey: Boolean(given) };
    putTogether([file])(file, target).then(keep, refuse);
  };

  const current = stored.here === here && stored.key !== "";
  // A body is stored first; a folder's name with a picker is not a file yet.
  const waits = body !== undefined || (picker && !given && asked?.endsWith("/"));
  return {
    space: { level, owner },
    key: current ? stored.key : waits ? null : asked,
    again: current ? stored.again : 0,
    track,
    picker:
      picker || dialog ? (
        <>
          {picker && (
            <Picker
              title={words.components.pick}
              accept={accept}
              multiple={false}
              onPick={(pick) => {
                onPick?.(pick);
                put(pick);
              }}
              picked={picked}
              onError={refuse}
            />
          )}
          {dialog}
        </>
      ) : null,
  };
}
