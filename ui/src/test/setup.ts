// What jsdom lacks of a browser, and a clean page after every test.
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Two cores may build Rust at the same time; a state that comes late is not a state that never comes.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  localStorage.clear();
});

window.matchMedia ??= (query) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
});

globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// Without a layout nothing comes into view.
globalThis.IntersectionObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
} as unknown as typeof IntersectionObserver;

// jsdom has no CSS object; React Aria escapes its generated ids with it.
globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, String.raw`\$&`) } as typeof CSS;

// axe asks for a canvas to tell icon fonts; there are none here.
HTMLCanvasElement.prototype.getContext = () => null;

// jsdom does not lay out; virtualised lists need a size to show rows: of the list, and of a row.
Object.defineProperties(Element.prototype, {
  clientWidth: { configurable: true, get: () => 960 },
  clientHeight: { configurable: true, get: () => 640 },
});
Object.defineProperty(HTMLElement.prototype, "offsetHeight", { configurable: true, get: () => 36 });
Element.prototype.scrollTo ??= () => undefined;
