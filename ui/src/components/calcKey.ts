// The key that a picker gives a file (Amplify UI: S3Image, S3Text, S3Album), and names by a naming rule. Pure. Rust computes
// the same in crates/storage/src/picked_key.rs; tests/fixtures/picked-keys.json holds both equal.

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
  const escaped = (text: string) => (exact ? encodeURI(wellFormed(text)) : text);
  let key = escaped(file.name);
  if (fileToKey !== undefined) {
    const { name, size, type } = file;
    const made: unknown = typeof fileToKey === "function" ? fileToKey({ name, size, type }) : fileToKey;
    key = typeof made === "object" && made !== null ? escaped(JSON.stringify(made)) : String(made || EMPTY);
  }
  return key.replaceAll(/\s/g, "_");
}

const EMPTY = "empty_key";

/** How uploads are named; see NamingSettings. */
export type NamingRule = { pattern: string; spaces: boolean; exact: boolean };

/** The key, inside the folder, of a file of this name. `date` is today's as 2026-11-24, `counter` this file's number. */
export function nameBy({ pattern, spaces, exact }: NamingRule, name: string, date: string, counter: number): string {
  const trimmed = pattern.trim();
  const made = trimmed === "" || trimmed === "{name}" ? undefined : fill(trimmed, name, date, counter);
  const key = spaces || exact ? calcKey({ name, size: 0, type: "" }, made, exact) : (made ?? name);
  return key || EMPTY;
}

/** The rule counts files. */
export function countsFiles({ pattern }: Pick<NamingRule, "pattern">): boolean {
  return pattern.includes("{counter}");
}

function fill(pattern: string, name: string, date: string, counter: number): string {
  const dot = name.lastIndexOf(".");
  const [stem, ext] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const parts: Record<string, string> = { name, stem, ext, date, counter: String(counter).padStart(3, "0") };
  // One pass: braces in the file's own name mean nothing.
  const made = pattern.replaceAll(/\{(name|stem|ext|date|counter)\}/g, (_, part: string) => parts[part] ?? "");
  // A rule that says nothing of the file's name keeps its ending.
  const ended = pattern.includes("{name}") || pattern.includes("{ext}") ? made : made + ext;
  return ended.replaceAll(/^\/+|\/+$/g, "");
}

/** Names of Windows may hold halves of a character, which encodeURI refuses. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
