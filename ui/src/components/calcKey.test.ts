// Keys of picked files, by the documented rule, and as Amplify 1.x really made them where that is asked for. The vectors are
// shared with Rust; the numbers are those of the original's conformance cases.
import { describe, expect, it, vi } from "vitest";
import vectors from "../../../tests/fixtures/picked-keys.json";
import { calcKey, countsFiles, keyOf, nameBy } from "./calcKey";

const file = { name: "a b.png", size: 12, type: "image/png" };

describe("a picked file's key", () => {
  it.each(vectors.keys)("case $case: of $name is $key, exactly $exactKey", ({ name, fileToKey, key, exactKey }) => {
    expect(calcKey({ ...file, name }, fileToKey, false)).toBe(key);
    expect(calcKey({ ...file, name }, fileToKey, true)).toBe(exactKey);
    const made = fileToKey === undefined ? undefined : () => fileToKey;
    expect(calcKey({ ...file, name }, made, false), "a function's is as good").toBe(key);
  });

  it("case 78: a function is told only name, size and type", () => {
    const fileToKey = vi.fn(({ name }: { name: string }) => `test_${name}`);
    expect(calcKey({ ...file, name: "z z", path: "/secret" } as typeof file, fileToKey, false)).toBe("test_z_z");
    expect(fileToKey).toHaveBeenCalledExactlyOnceWith({ name: "z z", size: 12, type: "image/png" });
  });

  it("case 80: is empty_key when fileToKey gives nothing", () => {
    for (const nothing of ["", undefined, null, 0]) expect(calcKey(file, () => nothing, false)).toBe("empty_key");
  });

  it("case 81: is the number's text when fileToKey gives a number", () => {
    expect(calcKey(file, () => 5, false)).toBe("5");
  });

  it("is JSON of anything else, as in the original", () => {
    expect(calcKey(file, { year: 2026, who: "a b" }, false)).toBe('{"year":2026,"who":"a_b"}');
    expect(calcKey(file, { who: "a b" }, true)).toBe("%7B%22who%22:%22a%20b%22%7D");
  });

  it("of a name that is no Unicode is a key all the same", () => {
    expect(calcKey({ ...file, name: "a\ud800.png" }, undefined, true)).toBe("a%EF%BF%BD.png");
  });

  it("case 83: imgKey wins over path and fileToKey; else path stands before it without a slash", () => {
    expect(keyOf(file, { path: "photos/", given: "fixed key", fileToKey: "other" })).toBe("fixed key");
    expect(keyOf(file, { path: "pp", fileToKey: "fix" })).toBe("ppfix");
    expect(keyOf(file, { path: "photos/" })).toBe("photos/a_b.png");
  });
});

describe("a naming rule", () => {
  it.each(vectors.rules)("$pattern makes $stored of $name", ({ stored, name, counter, ...rule }) => {
    expect(nameBy(rule, name, "2026-11-24", counter)).toBe(stored);
  });

  it("tells whether it counts", () => {
    expect(countsFiles({ pattern: "pier {counter}" })).toBe(true);
    expect(countsFiles({ pattern: "pier {count}" })).toBe(false);
  });
});
