// Keys of picked files, by the documented rule, and as Amplify 1.x really made them where that is asked for.
import { describe, expect, it } from "vitest";
import { calcKey, keyOf } from "./calcKey";

const file = { name: "a b.png", size: 12, type: "image/png" };

describe("a picked file's key", () => {
  it.each([
    ["a b.png", "a_b.png"],
    ["a  b\tc.png", "a__b_c.png"],
    ["a b+ü.txt", "a_b+ü.txt"],
    ["100% & #1?.txt", "100%_&_#1?.txt"],
    ["日本 語.txt", "日本_語.txt"],
  ])("of %j is %j: spaces become _, nothing else is escaped", (name, key) => {
    expect(calcKey({ ...file, name }, undefined, false)).toBe(key);
  });

  it.each([
    ["a b.png", "a%20b.png"],
    ["ü.txt", "%C3%BC.txt"],
  ])("of %j is %j where exact Amplify 1.x keys are asked for", (name, key) => {
    expect(calcKey({ ...file, name }, undefined, true)).toBe(key);
  });

  it("follows fileToKey", () => {
    expect(calcKey(file, "my key", false)).toBe("my_key");
    expect(calcKey(file, ({ name, size, type }) => `${type}/${size}/${name}`, false)).toBe("image/png/12/a_b.png");
    expect(calcKey(file, { year: 2026, who: "a b" }, false)).toBe('{"year":2026,"who":"a_b"}');
    expect(calcKey(file, { who: "a b" }, true)).toBe("%7B%22who%22:%22a%20b%22%7D");
  });

  it("is empty_key when fileToKey gives nothing, and text when it gives a number", () => {
    expect(calcKey(file, "", false)).toBe("empty_key");
    expect(calcKey(file, () => undefined, false)).toBe("empty_key");
    expect(calcKey(file, () => null, false)).toBe("empty_key");
    expect(calcKey(file, () => 42, false)).toBe("42");
  });

  it("stands behind the path without a slash, unless a key is given", () => {
    expect(keyOf(file, { path: "pp", fileToKey: "fix" })).toBe("ppfix");
    expect(keyOf(file, { path: "photos/" })).toBe("photos/a_b.png");
    expect(keyOf(file, { path: "photos/", given: "fixed key" })).toBe("fixed key");
  });
});
