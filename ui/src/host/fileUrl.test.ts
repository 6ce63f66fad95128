import { expect, it } from "vitest";
import type { SpaceRef } from ".";
import { localPictureUrl, protocolBase, protocolUrl, untracked } from "./fileUrl";

const mine: SpaceRef = { level: "private", owner: null };

it("puts the whole key into one segment, whatever it holds", () => {
  const key = "../a b+ü/?#%2F&.jpg";
  const url = new URL(protocolUrl("amphora://localhost/", "thumb", mine, key, { size: 256, version: "abc" }));
  const [, what, level, owner, segment, ...rest] = url.pathname.split("/");
  expect([what, level, owner, rest]).toEqual(["thumb", "private", "-", []]);
  expect(decodeURIComponent(segment ?? "")).toBe(key);
  expect(url.search).toBe("?size=256&v=abc");
});

it("asks for a first look where any will do", () => {
  const options = { size: 256, version: "abc", first: true };
  expect(protocolUrl("amphora://localhost/", "thumb", mine, "a.jpg", options)).toContain("?size=256&v=abc&first=1");
});

it("names another person's identity", () => {
  const space: SpaceRef = { level: "protected", owner: "us-east-1:1234" };
  expect(protocolUrl("amphora://localhost/", "text", space, "n.txt", { version: "e" })).toBe(
    "amphora://localhost/text/protected/us-east-1%3A1234/n.txt?v=e",
  );
});

it("names a file on this computer by its transfer only", () => {
  expect(localPictureUrl("amphora://localhost/", 7, 256)).toBe("amphora://localhost/local/7?size=256");
});

it("uses a host name on Windows, whose web view knows no schemes", () => {
  expect(protocolBase("Mozilla/5.0 (Windows NT 10.0)")).toBe("http://amphora.localhost/");
  expect(protocolBase("Mozilla/5.0 (X11; Linux x86_64)")).toBe("amphora://localhost/");
});

it("is the same address without the note in the log", () => {
  const options = { size: 256, version: "a&track=1", first: true };
  const plain = protocolUrl("amphora://localhost/", "thumb", mine, "a&track=1", options);
  const tracked = protocolUrl("amphora://localhost/", "thumb", mine, "a&track=1", { ...options, track: true });
  expect(tracked).not.toBe(plain);
  expect([untracked(tracked), untracked(plain)]).toEqual([plain, plain]);
});
