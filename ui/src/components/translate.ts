// What is shown in place of what the storage gave: the original's `translate`. Pure.

/** What a function is told: a picture's address, or the text. */
export type Translated = { type: "image" | "text"; key: string; content: string };

/** A string is shown instead; a function makes what is shown. */
export type Translate = string | ((what: Translated) => string);

export function translated(translate: Translate | undefined, what: Translated): string {
  if (translate === undefined) return what.content;
  return typeof translate === "function" ? translate(what) : translate;
}
