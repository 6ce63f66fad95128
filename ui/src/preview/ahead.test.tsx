// The pictures that may be next, by what the host is told of them.
import { cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { HostProvider } from "../host";
import { createFakeHost } from "../host/fake";
import { useAhead } from "./useAhead";

let fetched: HTMLImageElement[];

beforeEach(() => {
  fetched = [];
  const Real = globalThis.Image;
  vi.stubGlobal("Image", function image() {
    const made = new Real();
    fetched.push(made);
    return made;
  });
});
afterEach(() => vi.unstubAllGlobals());

function nextTo(...urls: string[]) {
  const host = createFakeHost();
  const told: string[] = [];
  host.hold = (url) => {
    told.push(`holds ${url}`);
    return (arrived) => told.push(`leaves ${url}, ${arrived ? "arrived" : "on its way"}`);
  };
  const wrapper = ({ children }: { children: React.ReactNode }) => <HostProvider value={host}>{children}</HostProvider>;
  const view = renderHook((now: readonly string[]) => useAhead(now), { wrapper, initialProps: urls });
  return { ...view, told };
}

it("A picture is held while it may be next, and fetched once", () => {
  const { rerender, told } = nextTo("data:,a", "data:,b");
  rerender(["data:,b", "data:,c"]);
  expect(fetched.map(({ src }) => src)).toEqual(["data:,a", "data:,b", "data:,c"]);
  expect(told).toEqual(["holds data:,a", "holds data:,b", "holds data:,c", "leaves data:,a, on its way"]);
});

it("A picture that came, and the end of the lightbox, give up only what is on its way", () => {
  const { told } = nextTo("data:,a", "data:,b");
  fetched[0]?.dispatchEvent(new Event("load"));
  cleanup();
  expect(told.slice(2)).toEqual(["leaves data:,a, arrived", "leaves data:,b, on its way"]);
});
