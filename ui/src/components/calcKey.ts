// The key that a picker gives a file (Amplify UI: S3Image, S3Text, S3Album). Pure. Files dropped on a folder keep their names instead.

/** What a person picked. */
export type KeyFile = { name: string; size: number; type: string };

/** A name, a function of the file, or anything that JSON can write. */
export type FileToKey = string | ((file: KeyFile) => unknown) | object;

export type KeyOptions = {
  /** imgKey or textKey: the whole key; nothing is computed. */
  given?: string;
  /** Stands before the computed key, as it is: no slash is added. */
  path?: string;
  fileToKey?: FileToKey;
  /** "Exact Amplify 1.x keys": names run through encodeURI first, so that a space becomes `%20`, not `_`. */
  exact?: boolean;
};

/** `given`, else `path` followed by the computed key. */
export function keyOf(file: KeyFile, { given, path = "", fileToKey, exact = false }: KeyOptions): string {
  return given || path + calcKey(file, fileToKey, exact);
}

/** Spaces become `_` as documented; a `fileToKey` that gives nothing gives `empty_key`. */
export function calcKey(file: KeyFile, fileToKey: FileToKey | undefined, exact: boolean): string {
  const escaped = (text: string) => (exact ? encodeURI(text) : text);
  let key = escaped(file.name);
  if (fileToKey !== undefined) {
    const { name, size, type } = file;
    const made: unknown = typeof fileToKey === "function" ? fileToKey({ name, size, type }) : fileToKey;
    key = typeof made === "object" && made !== null ? escaped(JSON.stringify(made)) : String(made || "empty_key");
  }
  return key.replaceAll(/\s/g, "_");
}
