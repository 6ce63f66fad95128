// Transfers in memory: they take time, meet names that exist, fail and can be tried again.
import type {
  Commands,
  Consent,
  Grant,
  NamedFailure,
  PlaceRef,
  PutAnswer,
  PutEnd,
  PutTo,
  Selection,
  SpaceRef,
  TransferChoice,
  TransferRow,
  TransferSummary,
  TransferTab,
  UploadAnswer,
} from "..";
import { contentId } from "./components";
import { failure } from "./failures";
import type { Listings } from "./listing";
import { etagOf } from "./samples";
import { SAMPLE_FILES, SAMPLE_FOLDER, samplePhotos, sampleTransfers } from "./sampleTransfers";
import { secondName, SETTINGS, settle, TABS, waitingRow } from "./transferRows";
import { storeFile, type World } from "./world";

type TransferCommands = Pick<
  Commands,
  | "chooseUpload"
  | "upload"
  | "downloadSelection"
  | "transferSummary"
  | "transferRows"
  | "answerConflict"
  | "cancelTransfers"
  | "pauseTransfers"
  | "resumeTransfers"
  | "retryTransfers"
  | "clearTransfers"
  | "showLocal"
  | "orderTransfers"
  | "copySelection"
  | "moveSelection"
  | "transferHistory"
  | "clearTransferHistory"
  | "transferReport"
  | "transferSettings"
  | "setTransferSettings"
>;

const AT_ONCE = 3;
/** Bytes of a transfer that the server has not confirmed yet. */
const ON_THE_WAY = 4_000_000;
const TICK = 100;

/** What is asked before files go to a place; the answers of `upload` and of a picked file have it in common. */
type Question = Extract<PutAnswer, { kind: "needsConsent" | "needsChoices" }>;

export type FakeTransfers = {
  commands: TransferCommands;
  /** Null: nothing is asked. What was chosen is kept with a consent for good. */
  questionBefore: (space: SpaceRef, said: Pick<PutTo, "consent" | "photos">, names: string[]) => Question | null;
  /** Puts a picked file in line under a key. */
  put: (file: File, to: PutTo, content: string) => number;
  endOf: (transfer: number) => PutEnd;
};

export function transfersOf(world: World, listings: Listings): FakeTransfers {
  const rows: TransferRow[] = [];
  const grants = new Map<string, Grant>();
  let settings = structuredClone(SETTINGS);
  const contents = new Map<number, { content: string; type: string }>();
  /** The files that could not be done under a transfer. */
  const reports = new Map<number, NamedFailure[]>();
  let revision = 0;
  let nextId = 1;
  let batch = 0;
  let timer: ReturnType<typeof setInterval> | null = null;
  const offline = world.has("offline");

  const inTab = (tab: TransferTab) => rows.filter((row) => tab === "all" || TABS[row.state] === tab);
  const chosen = (which: TransferChoice) =>
    which.kind === "tab"
      ? inTab(which.tab)
      : rows.filter((row) => (which.kind === "one" ? row.id === which.id : which.ids.includes(row.id)));

  const summary = (): TransferSummary => {
    const active = rows.filter((row) => ["waiting", "running"].includes(TABS[row.state]));
    const bytes = active.reduce((sum, row) => sum + (row.size ?? 0), 0);
    const sent = active.reduce((sum, row) => sum + row.sent, 0);
    const onTheWay = active.reduce((sum, row) => sum + row.onTheWay, 0);
    const running = inTab("running");
    const speed = running.length ? world.options.speed : null;
    return {
      revision,
      needsYou: inTab("needsYou").length,
      running: running.length,
      waiting: inTab("waiting").length,
      paused: inTab("paused").length,
      failed: inTab("failed").length,
      done: inTab("done").length,
      up: running.filter((row) => row.kind === "upload").length,
      down: running.filter((row) => row.kind === "download").length,
      onServer: running.filter((row) => !["upload", "download"].includes(row.kind)).length,
      bytes,
      sent,
      onTheWay,
      speed,
      secondsLeft: speed ? Math.ceil((bytes - sent - onTheWay) / speed) : null,
      leftUploads: 0,
      offline,
    };
  };
  const changed = () => {
    revision += 1;
    world.emit("transfersChanged", summary());
    const busy = !offline && rows.some((row) => ["waiting", "running"].includes(TABS[row.state]));
    if (busy && timer === null) timer = setInterval(tick, TICK);
    if (!busy && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
  const arrive = (row: TransferRow) => {
    // What was left of a deletion is gone now.
    if (row.items) row.items = { done: row.found ?? row.items.done, failed: 0 };
    if (row.kind === "download" || row.kind === "delete") return;
    if (row.kind === "move" && row.from) {
      const left = world.filesOf(row.from.space);
      const at = left.findIndex((file) => file.key === `${row.from?.folder}${row.name}`);
      if (at >= 0) left.splice(at, 1);
      for (const touch of world.touched) touch(row.from.space);
    }
    const key = row.folder + row.name;
    const size = row.size ?? 0;
    const put = contents.get(row.id);
    if (put) {
      world.contents.set(contentId(row.space, key), put.content);
      world.types.set(contentId(row.space, key), put.type);
    }
    const etag = etagOf(key + (put?.content ?? ""), size);
    storeFile(world, row.space, { key, size, modified: world.options.now(), etag });
  };
  const tick = () => {
    const running = inTab("running");
    for (const row of running) {
      const share = (world.options.speed * TICK) / 1000 / running.length;
      row.sent = Math.min(row.size ?? 0, row.sent + share);
      // What comes down counts when it is here.
      row.onTheWay = row.kind === "upload" ? Math.min(ON_THE_WAY, (row.size ?? 0) - row.sent) : 0;
      row.speed = world.options.speed / running.length;
      row.secondsLeft = Math.ceil(((row.size ?? 0) - row.sent) / row.speed);
      if (row.sent < (row.size ?? 0)) continue;
      Object.assign(row, { state: "done", speed: null, secondsLeft: null });
      arrive(row);
    }
    for (const row of inTab("waiting").slice(0, Math.max(0, AT_ONCE - inTab("running").length))) row.state = "running";
    changed();
  };
  const queue = (kind: TransferRow["kind"], name: string, size: number, place: PlaceRef): TransferRow => {
    const row = waitingRow(kind, { name, size }, place, { id: nextId++, batch });
    const there = world.filesOf(place.space).find((file) => file.key === place.folder + name);
    if (kind === "upload" && there) {
      row.state = "needsAnswer";
      row.conflict = {
        new: { size, modified: world.options.now() - 600_000, etag: null },
        there: { size: there.size, modified: there.modified, etag: there.etag },
        keepBothName: secondName(name),
        key: there.key,
        appeared: false,
      };
    }
    rows.push(row);
    return row;
  };
  /** Two drops: one of pictures that are there, and one file from elsewhere. */
  const sampleConflicts = () => {
    const mine = { space: { level: "private" as const, owner: null }, folder: "Field work/2026/" };
    const there = world.filesOf(mine.space).filter(({ key }) => /^Field work\/2026\/[^/]*\.(jpg|png)$/.test(key));
    for (const { key } of there.slice(0, 3)) queue("upload", key.slice(mine.folder.length), 5_200_000, mine);
    batch += 1;
    queue("upload", "report.pdf", 1_900_000, { space: { level: "public", owner: null }, folder: "" });
  };
  const offer = (items: Grant["items"]): Grant => {
    const bytes = items.reduce((sum, item) => sum + (item.size ?? 0), 0);
    const grant = { id: `grant-${grants.size + 1}`, items, count: items.length, bytes };
    grants.set(grant.id, grant);
    return grant;
  };

  const questionBefore: FakeTransfers["questionBefore"] = (space, { consent, photos: wanted }, names) => {
    const audience = world.askFirst(space, consent);
    const photos = names.filter((name) => name.endsWith(".jpg")).length;
    const found = { photos, located: world.has("photos") ? photos : 0, locatedVideos: 0, more: false };
    const seen = space.level !== "private";
    const asks = audience !== null || (seen && wanted === null && settings.photos?.ask !== false);
    if (asks && found.located > 0) {
      const choices = {
        removeLocation: seen && settings.photos?.removeLocation !== false,
        size: settings.photos?.size ?? ("original" as const),
        skipDuplicates: settings.photos?.skipDuplicates === true,
      };
      return { kind: "needsChoices", audience, found, choices };
    }
    if (audience) return { kind: "needsConsent", audience };
    if (wanted && consent === "always") settings = { ...settings, photos: { ...wanted, ask: false } };
    return null;
  };

  const relocate = (kind: "copy" | "move", selection: Selection, to: PlaceRef, consent: Consent): UploadAnswer => {
    const from = listings.placeOf(selection);
    const picked = listings.selected(selection);
    const count = picked.length;
    const audience = world.state.places.find(({ space }) => space.level === to.space.level)?.audience ?? "unknown";
    if (consent === "ask" && from.space.level !== to.space.level && audience !== "onlyYou")
      return { kind: "needsConsent", audience, count };
    batch += 1;
    for (const row of picked) Object.assign(queue(kind, row.name, row.size, to), { from });
    changed();
    return { kind: "queued", count, batch };
  };

  if (world.has("transfers")) sampleTransfers(queue, reports);
  if (world.has("conflict")) {
    const open = { space: { level: "public" as const, owner: null }, folder: "" };
    queue("upload", "report.pdf", 1_900_000, open);
  }
  if (world.has("conflicts")) sampleConflicts();
  if (rows.length > 0) changed();

  const commands: TransferCommands = {
    chooseUpload: async (what) =>
      offer(what === "folder" ? [SAMPLE_FOLDER] : world.has("photos") ? samplePhotos() : SAMPLE_FILES),
    upload: async (id, place, consent, wanted) => {
      const grant = grants.get(id);
      if (!grant) throw failure("grantUsed", "These files were already used.", "Choose or drop them again.");
      const names = grant.items.map(({ name }) => name);
      const question = questionBefore(place.space, { consent, photos: wanted }, names);
      if (question) return { ...question, count: grant.count };
      grants.delete(id);
      batch += 1;
      for (const item of grant.items) queue("upload", item.name, item.size ?? 5_000_000, place);
      changed();
      return { kind: "queued", count: grant.count, batch };
    },
    downloadSelection: async (selection) => {
      const place = listings.placeOf(selection);
      batch += 1;
      const picked = listings.selected(selection);
      for (const row of picked) queue("download", row.name, row.size || 9_000_000, place);
      changed();
      return { kind: "queued", count: picked.length, folder: "Downloads", batch };
    },
    transferSummary: async () => summary(),
    transferRows: async (tab, start, end) => structuredClone(inTab(tab).slice(start, end)),
    answerConflict: async (id, answer, forAll) => {
      const drop = rows.find((row) => row.id === id)?.batch;
      const meant = rows.filter((row) => row.id === id || (forAll && row.batch === drop));
      for (const row of meant) if (row.conflict) settle(row, answer);
      changed();
      return null;
    },
    cancelTransfers: async (which) => {
      for (const row of chosen(which)) if (TABS[row.state] !== "done") row.state = "cancelled";
      changed();
      return null;
    },
    pauseTransfers: async (which) => {
      for (const row of chosen(which))
        if (["waiting", "running"].includes(TABS[row.state])) Object.assign(row, { state: "paused", speed: null });
      changed();
      return null;
    },
    resumeTransfers: async (which) => {
      for (const row of chosen(which)) if (row.state === "paused") row.state = "waiting";
      changed();
      return null;
    },
    retryTransfers: async (which) => {
      for (const row of chosen(which)) {
        if (row.state !== "failed") continue;
        // What refused before is tried again, and told again.
        reports.delete(row.id);
        Object.assign(row, { state: "waiting", failure: null, items: row.items && { ...row.items, failed: 0 } });
      }
      changed();
      return null;
    },
    clearTransfers: async (which) => {
      const gone = new Set(chosen(which).filter((row) => TABS[row.state] === "done" || row.state === "failed"));
      rows.splice(0, rows.length, ...rows.filter((row) => !gone.has(row)));
      changed();
      return null;
    },
    showLocal: async () => null,
    orderTransfers: async (which, to) => {
      const moved = chosen(which).filter((row) => row.state === "waiting" || row.state === "paused");
      const rest = rows.filter((row) => !moved.includes(row));
      const beside = to.kind === "before" || to.kind === "after" ? rest.findIndex((row) => row.id === to.id) : 0;
      if (beside < 0) return null;
      const at = to.kind === "last" ? rest.length : to.kind === "after" ? beside + 1 : beside;
      rows.splice(0, rows.length, ...rest.slice(0, at), ...moved, ...rest.slice(at));
      changed();
      return null;
    },
    copySelection: async (selection, to, consent) => relocate("copy", selection, to, consent),
    moveSelection: async (selection, to, consent) => relocate("move", selection, to, consent),
    transferHistory: async (start, end) => {
      const ended = inTab("done").toReversed();
      return structuredClone({ count: ended.length, rows: ended.slice(start, end) });
    },
    clearTransferHistory: async () => {
      rows.splice(0, rows.length, ...rows.filter((row) => TABS[row.state] !== "done"));
      changed();
      return null;
    },
    transferReport: async (id, start, end) => structuredClone(reports.get(id)?.slice(start, end) ?? []),
    transferSettings: async () => structuredClone(settings),
    setTransferSettings: async (wanted) => {
      settings = structuredClone(wanted);
      return structuredClone(settings);
    },
  };
  return {
    commands,
    questionBefore,
    put: (file, { space, key, contentType }, content) => {
      const name = key.slice(key.lastIndexOf("/") + 1);
      const row = queue("upload", name, file.size, { space, folder: key.slice(0, key.length - name.length) });
      contents.set(row.id, { content, type: contentType ?? file.type });
      changed();
      return row.id;
    },
    endOf: (transfer) => {
      const row = rows.find(({ id }) => id === transfer);
      if (row?.state === "done" || row?.state === "skipped") return { kind: "stored", key: row.folder + row.name };
      if (row && row.state !== "failed" && row.state !== "cancelled") return { kind: "underWay" };
      const stopped = failure("cancelled", "This file was not uploaded: it was stopped.", "Choose it again.");
      return { kind: "failed", failure: row?.failure ?? stopped };
    },
  };
}
