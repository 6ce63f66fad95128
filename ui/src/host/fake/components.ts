// What the components ask for, in memory: picked files and bytes that are stored and can be seen again, naming rules, what is kept with albums.
import type { AlbumFilter, Commands, Host, NamingSettings, PickedFile, PlaceRef, PutAnswer, PutTo, SpaceRef } from "..";
import { failure } from "./failures";
import { etagOf } from "./samples";
import type { FakeTransfers } from "./transfers";
import { storeFile, type World } from "./world";

type ComponentCommands = Pick<
  Commands,
  | "pickFiles"
  | "putPicked"
  | "putEnd"
  | "trackListing"
  | "namingRule"
  | "setNamingRule"
  | "albumFilter"
  | "setAlbumFilter"
  | "albumCover"
  | "setAlbumCover"
>;

export type FakeComponents = { commands: ComponentCommands } & Pick<Host, "putFile" | "putBody">;

export function componentsOf(world: World, transfers: FakeTransfers): FakeComponents {
  const picked = new Map<string, File>();
  const filters = new Map<string, AlbumFilter>();
  const covers = new Map<string, string | null>();
  let naming: NamingSettings = { on: false, pattern: "{name}", spaces: true, exact: false, next: 1 };

  const fileOf = (file: PickedFile | File) => ("grant" in file ? picked.get(file.grant) : file);
  const putFile = async (file: File, to: PutTo, together: readonly (File | undefined)[]): Promise<PutAnswer> => {
    const names = new Set([file, ...together].flatMap((one) => (one ? [one.name] : [])));
    const question = transfers.questionBefore(to.space, to, [...names]);
    if (question) return question;
    const content = await dataUrl(file);
    return { kind: "queued", transfer: transfers.put(file, to, content) };
  };

  return {
    putFile: async (file, to, together) => {
      const wanted = fileOf(file);
      if (!wanted) throw failure("grantUsed", "These files were already used.", "Choose or drop them again.");
      return putFile(wanted, to, together.map(fileOf));
    },
    putBody: async (body, to) => {
      const question = transfers.questionBefore(to.space, to, [to.key]);
      if (question) return question;
      const content = await dataUrl(body);
      const there = world.contents.get(contentId(to.space, to.key));
      if (!to.replace && there !== content && world.filesOf(to.space).some(({ key }) => key === to.key)) {
        throw failure("alreadyExists", `Couldn't upload “${to.key}”: it is already there.`, "Choose another name.");
      }
      world.contents.set(contentId(to.space, to.key), content);
      world.types.set(contentId(to.space, to.key), to.contentType ?? "binary/octet-stream");
      storeFile(world, to.space, {
        key: to.key,
        size: body.size,
        modified: world.options.now(),
        etag: etagOf(to.key + content, body.size),
      });
      return { kind: "stored", key: to.key };
    },
    commands: {
      pickFiles: async () => {
        const file = new File(["hi"], "a b.txt", { type: "text/plain" });
        const grant = `pick-${picked.size + 1}`;
        picked.set(grant, file);
        return [{ grant, name: file.name, size: file.size, type: file.type }];
      },
      putPicked: async (grant, to, others) => {
        const file = picked.get(grant);
        if (!file) throw failure("grantUsed", "These files were already used.", "Choose or drop them again.");
        return putFile(
          file,
          to,
          others.map((other) => picked.get(other)),
        );
      },
      putEnd: async (transfer) => transfers.endOf(transfer),
      trackListing: async (listing) => {
        world.tracked.push(`list ${listing}`);
        return null;
      },
      namingRule: async () => naming,
      setNamingRule: async (rule) => {
        naming = rule;
        return null;
      },
      albumFilter: async (place) => filters.get(placeId(place)) ?? null,
      setAlbumFilter: async (place, filter) => {
        if (filter.name?.how === "regex") checkPattern(filter.name.text);
        filters.set(placeId(place), filter);
        return null;
      },
      albumCover: async (place) => covers.get(placeId(place)) ?? null,
      setAlbumCover: async (place, key) => {
        covers.set(placeId(place), key);
        return null;
      },
    },
  };
}

/** Names what was stored under a key. */
export function contentId(space: SpaceRef, key: string): string {
  return `${space.level}/${space.owner ?? "me"}/${key}`;
}

function placeId({ space, folder }: PlaceRef): string {
  return contentId(space, folder);
}

/** As Rust does before a filter is used. */
function checkPattern(text: string): void {
  try {
    RegExp(text, "iu");
  } catch {
    throw failure(
      "patternUnreadable",
      `Couldn't use the filter “${text}”: its pattern has a fault.`,
      "Look at its brackets and stars, or filter by a plain text.",
    );
  }
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error ?? new Error("unreadable")));
    reader.readAsDataURL(blob);
  });
}
