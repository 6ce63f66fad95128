import { describe, expect, it } from "vitest";
import type { PlaceInfo, PlaceRef } from "../host";
import { childPlace, crumbsOf, firstPlace, infoOf, parentPlace, placeName, placePath, samePlace } from "./place";

const mine = (folder: string): PlaceRef => ({ space: { level: "private", owner: null }, folder });

describe("crumbs", () => {
  it("lead from the space to the folder", () => {
    expect(crumbsOf(mine("Field work/2026/")).map(({ name, place }) => [name, place.folder])).toEqual([
      ["Private", ""],
      ["Field work", "Field work/"],
      ["2026", "Field work/2026/"],
    ]);
  });

  it("keep folders with an empty name, because a//b is a legal key", () => {
    expect(crumbsOf(mine("a//b/")).map(({ place }) => place.folder)).toEqual(["", "a/", "a//", "a//b/"]);
  });

  it("name a folder, or the space at the top", () => {
    expect(placeName(mine("Field work/2026/"))).toBe("2026");
    expect(placeName(mine(""))).toBe("Private");
    expect(placePath(mine("Site visits/"))).toBe("Private / Site visits");
  });

  it("say that a space is another person's", () => {
    expect(placeName({ space: { level: "protected", owner: "eu:1" }, folder: "" })).toBe("A person's files");
  });
});

describe("going up and down", () => {
  it("ends at the top of the space", () => {
    expect(parentPlace(mine("a/b/"))).toEqual(mine("a/"));
    expect(parentPlace(mine("a/"))).toEqual(mine(""));
    expect(parentPlace(mine(""))).toBeNull();
  });

  it.each(["a b+ü", "..", "%2F", "a\\b", ""])("is undone by going up again from %j", (name) => {
    const here = mine("x/");
    expect(parentPlace(childPlace(here, name))).toEqual(here);
  });
});

describe("knowing a space", () => {
  const verbs = (is: boolean) => ({ get: is, list: is, write: is, delete: is });
  const [none, all] = [verbs(false), verbs(true)];
  const places: PlaceInfo[] = [
    {
      space: { level: "private", owner: null },
      audience: "onlyYou",
      access: "needsAccount",
      verbs: none,
      bucket: null,
    },
    { space: { level: "public", owner: null }, audience: "everyoneChanges", access: "full", verbs: all, bucket: null },
  ];

  it("starts where something can be opened", () => {
    expect(firstPlace(places).space.level).toBe("public");
  });

  it("treats a person's space that is not listed as readable by everyone, changeable by that person only", () => {
    const info = infoOf({ level: "protected", owner: "eu:1" }, places);
    expect([info.audience, info.access]).toEqual(["sharedReadOnly", "readOnly"]);
  });

  it.each([
    ["team/media/*", "media"],
    ["team/media/2026/*", "media / 2026"],
    ["team/home/${cognito-identity.amazonaws.com:sub}/*", "home (yours)"],
    ["team/home/{entity_id}/*", "home (yours)"],
    ["team/*", "All files"],
  ])("names the path %s", (owner, name) => {
    expect(placeName({ space: { level: "path", owner }, folder: "" })).toBe(name);
  });

  it("does not know who can read a path whose rules it was not told", () => {
    const info = infoOf({ level: "path", owner: "team/media/*" }, places);
    expect([info.audience, info.verbs.write]).toEqual(["unknown", false]);
  });

  it("tells people's folders apart from mine", () => {
    expect(samePlace(mine("a/"), { space: { level: "private", owner: "eu:1" }, folder: "a/" })).toBe(false);
  });
});
