// The catalogue is whole: no empty text, and no word of S3 where people who do not know S3 look.
import { describe, expect, it } from "vitest";
import { words } from ".";

/**
 * Connecting and developer details are for whoever runs the storage; they know buckets. `key` there is the authenticator's,
 * and in the name of a setting that Amplify's users ask for.
 */
const TECHNICAL =
  /^(session\.(form|preview|setup|copyPolicies|policiesCopied|copyCors|corsCopied|fileNames|totp|copyKey|keyCopied)|naming\.exact)/;

const texts = textsOf(words, "");

describe("the catalogue", () => {
  it("has no empty text", () => {
    expect(texts.filter(({ text }) => text.trim() === "")).toEqual([]);
  });

  it("never says undefined or NaN, whatever it is filled in with", () => {
    expect(texts.filter(({ text }) => /undefined|NaN|\[object/.test(text))).toEqual([]);
  });

  it("uses no word of S3 outside of connecting", () => {
    const s3 = texts.filter(
      ({ path, text }) => !TECHNICAL.test(path) && /\b(key|prefix|object|bucket|checksum)s?\b/i.test(text),
    );
    expect(s3).toEqual([]);
  });
});

type Found = { path: string; text: string };

/** Every text; functions are called with a stand-in for each parameter. */
function textsOf(value: unknown, path: string): Found[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value === "function") return [1, 2].flatMap((count) => called(value, count, path));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => textsOf(inner, path ? `${path}.${name}` : name));
  }
  throw new Error(`${path} is neither a text nor a group of texts`);
}

function called(make: CallableFunction, count: number, path: string): Found[] {
  const standIn = new Proxy(Object(count), {
    get: (target: object, name) => {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function"
        ? value.bind(count)
        : (value ?? (name in String.prototype ? () => "x" : value));
    },
  });
  const args = Array.from({ length: make.length }, () => standIn);
  const text: unknown = make(...args);
  // Of what it was given there is nothing to say.
  if (text === null) return [];
  return typeof text === "string" ? [{ path, text }] : textsOf(text, path);
}
