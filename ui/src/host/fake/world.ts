// The memory behind the fake host: the state, the files, and who listens. Knows no command.
import type { Access, AppState, Audience, Consent, Level, News, PlaceInfo, SpaceRef, StorageInfo } from "..";
import { offline } from "./failures";
import { type FakeFile, sampleFiles } from "./samples";
import { parseScenarios, type Scenario } from "./scenario";

export type FakeOptions = {
  /** Scenarios joined by commas, as in `?fake=guest,big`. */
  scenario: string;
  /** Milliseconds before a command answers. */
  latency: number;
  /** Bytes a second of a transfer. */
  speed: number;
  now: () => number;
};

export type World = {
  options: FakeOptions;
  has: (scenario: Scenario) => boolean;
  state: AppState;
  files: Map<string, FakeFile[]>;
  /** Passwords by name; codes are always 246810. */
  people: Map<string, { email: string; password: string; confirmed: boolean }>;
  setState: (change: Partial<AppState>) => AppState;
  emit: <Name extends keyof News>(name: Name, payload: News[Name]) => void;
  listen: <Name extends keyof News>(name: Name, callback: (payload: News[Name]) => void) => () => void;
  filesOf: (space: SpaceRef) => FakeFile[];
  /** Called after files of a space changed. */
  touched: Set<(space: SpaceRef) => void>;
  /** ETags of the pictures that were looked at. */
  seen: Set<string>;
  /** Who would see what is put there, where the person was not asked yet. What they say is kept. */
  askFirst: (space: SpaceRef, consent: Consent) => Audience | null;
  /** What was stored in this run, as data: URLs. */
  contents: Map<string, string>;
  /** The content types it was stored with. */
  types: Map<string, string>;
  /** What a tracking component noted. */
  tracked: string[];
};

export const PRACTICE: StorageInfo = {
  id: "practice",
  name: "Practice storage",
  region: "us-east-1",
  host: "127.0.0.1:20005",
  bucket: "practice",
  practice: true,
  signIn: true,
  guests: true,
};

export const TEAM: StorageInfo = {
  id: "team",
  name: "Field team",
  region: "us-west-2",
  host: "field-team.s3.us-west-2.amazonaws.com",
  bucket: "field-team",
  practice: false,
  signIn: true,
  guests: true,
};

export function createWorld(options: FakeOptions): World {
  const scenarios = parseScenarios(options.scenario);
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const agreed = new Set<string>();
  const world: World = {
    options,
    has: (scenario) => scenarios.has(scenario),
    state: firstState(scenarios),
    files: scenarios.has("empty") ? new Map() : sampleFiles(options.now(), scenarios.has("big")),
    people: new Map([
      ["you", { email: "you@example.com", password: "Practice-1", confirmed: true }],
      ["colleague", { email: "colleague@example.com", password: "Practice-1", confirmed: true }],
    ]),
    setState(change) {
      world.state = { ...world.state, ...change, revision: world.state.revision + 1 };
      world.state.places = placesFor(world.state);
      world.emit("stateChanged", world.state);
      return world.state;
    },
    emit(name, payload) {
      for (const callback of listeners.get(name) ?? []) (callback as (payload: unknown) => void)(payload);
    },
    listen(name, callback) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(callback as (payload: never) => void));
      return () => set.delete(callback as (payload: never) => void);
    },
    filesOf(space) {
      const id = `${space.level}/${space.owner ?? "me"}`;
      const files = world.files.get(id) ?? [];
      world.files.set(id, files);
      return files;
    },
    touched: new Set(),
    seen: new Set(),
    askFirst(space, consent) {
      const info = world.state.places.find((place) => place.space.level === space.level);
      const audience = info?.audience ?? "unknown";
      if (consent === "ask" && audience !== "onlyYou" && !agreed.has(space.level)) return audience;
      if (consent !== "ask") agreed.add(space.level);
      return null;
    },
    contents: new Map(),
    types: new Map(),
    tracked: [],
  };
  return world;
}

/** A file takes its place among those of its space, and open folders hear of it. */
export function storeFile(world: World, space: SpaceRef, file: FakeFile): void {
  const files = world.filesOf(space);
  const there = files.findIndex(({ key }) => key === file.key);
  files.splice(there < 0 ? files.length : there, there < 0 ? 0 : 1, file);
  for (const touch of world.touched) touch(space);
}

function firstState(scenarios: ReadonlySet<Scenario>): AppState {
  const storage = scenarios.has("first-run") ? null : scenarios.has("team") ? TEAM : PRACTICE;
  const state: AppState = {
    revision: 1,
    storage: storage && scenarios.has("nobody") ? { ...storage, guests: false } : storage,
    account: scenarios.has("guest")
      ? { kind: "guest" }
      : scenarios.has("nobody") || !storage
        ? { kind: "nobody" }
        : { kind: "person", username: "you", email: "you@example.com" },
    places: [],
    pinned: [],
    keychain: scenarios.has("no-keychain") ? "thisRunOnly" : "kept",
    sessionEnded: scenarios.has("session-ended"),
    theme: "system",
    problem: scenarios.has("offline") && storage ? offline : null,
  };
  return { ...state, places: placesFor(state) };
}

function placesFor(state: AppState): PlaceInfo[] {
  if (!state.storage) return [];
  const mine = state.account.kind === "person" ? "full" : "needsAccount";
  return [
    levelInfo("private", "onlyYou", mine),
    levelInfo("protected", "everyoneReads", mine),
    levelInfo("public", "everyoneChanges", state.account.kind === "nobody" ? "needsAccount" : "full"),
  ];
}

function levelInfo(level: Level, audience: Audience, access: Access): PlaceInfo {
  const all = access === "full";
  const verbs = { get: all, list: all, write: all, delete: all };
  return { space: { level, owner: null }, audience, access, verbs, bucket: null };
}
