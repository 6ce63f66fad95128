// A whole backend in memory, so that the app runs in a plain browser and in unit tests. Sends nothing anywhere.
import type { Commands, Host } from "..";
import { albumCommands } from "./album";
import { componentsOf, contentId } from "./components";
import { createListings } from "./listing";
import { gradientUrl, textUrl } from "./pictures";
import { sessionCommands } from "./session";
import { transfersOf } from "./transfers";
import { createWorld, type FakeOptions, type World } from "./world";

/** The host, and the memory behind it for tests to look at and change. */
export type FakeHost = Host & { world: World };

export function createFakeHost(options: Partial<FakeOptions> = {}): FakeHost {
  const world = createWorld({ scenario: "practice", latency: 0, speed: 8_100_000, now: Date.now, ...options });
  const listings = createListings(world);
  const transfers = transfersOf(world, listings);
  const components = componentsOf(world, transfers);
  return {
    world,
    commands: delayed(
      {
        ...sessionCommands(world),
        ...listings.commands,
        ...albumCommands(world, listings),
        ...transfers.commands,
        ...components.commands,
      },
      world.options.latency,
    ),
    listen: world.listen,
    fileUrl: (kind, space, key, { again, track }) => {
      if (track) world.tracked.push(`get ${key}`);
      const stored = world.contents.get(contentId(space, key));
      // Another address for another try, as the protocol's is.
      return (stored ?? (kind === "text" ? textUrl(key) : gradientUrl(key))) + (again ? `#${again}` : "");
    },
    // Nothing takes time.
    hold: () => () => undefined,
    awaitPicture: () => () => undefined,
    localPictureUrl: (transfer) => gradientUrl(`local/${transfer}`),
    // A browser has its own file input.
    pick: null,
    putFile: components.putFile,
    putBody: components.putBody,
    mac: false,
  };
}

function delayed(commands: Commands, latency: number): Commands {
  if (latency === 0) return commands;
  const slow = Object.entries(commands).map(([name, run]) => [
    name,
    async (...args: never[]) => {
      await new Promise((resolve) => setTimeout(resolve, latency));
      return (run as (...args: never[]) => unknown)(...args);
    },
  ]);
  return Object.fromEntries(slow) as Commands;
}
