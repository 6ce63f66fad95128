// DRAFT of ui/src/bindings.ts, which tauri-specta will generate in exactly this shape (error handling: Throw, so a command
// rejects with a Failure). Copied into ui/src/bindings.ts now; it will be replaced by the generated file with the same names.
import { invoke as __TAURI_INVOKE } from "@tauri-apps/api/core";
import * as __TAURI_EVENT from "@tauri-apps/api/event";

export const commands = {
  // state
  appState: () => __TAURI_INVOKE<AppState>("app_state"),
  setTheme: (theme: Theme) => __TAURI_INVOKE<AppState>("set_theme", { theme }),
  // connection
  readInvitation: (text: string) => __TAURI_INVOKE<ConnectionPreview>("read_invitation", { text }),
  chooseConfigFile: () => __TAURI_INVOKE<ConnectionPreview | null>("choose_config_file"),
  readDroppedConfig: (grant: string) => __TAURI_INVOKE<ConnectionPreview>("read_dropped_config", { grant }),
  readForm: (form: ConnectionForm) => __TAURI_INVOKE<ConnectionPreview>("read_form", { form }),
  connect: (preview: string) => __TAURI_INVOKE<AppState>("connect", { preview }),
  /** Opens the storage again after it could not be reached (AppState.problem). */
  reconnect: () => __TAURI_INVOKE<AppState>("reconnect"),
  startPractice: () => __TAURI_INVOKE<AppState>("start_practice"),
  disconnect: () => __TAURI_INVOKE<AppState>("disconnect"),
  /** Puts text on the clipboard, in Rust. bucket: from the form or a preview; null = of the connected storage. */
  copySetup: (what: SetupText, bucket: string | null) => __TAURI_INVOKE<null>("copy_setup", { what, bucket }),
  copyInvitation: () => __TAURI_INVOKE<null>("copy_invitation"),
  copyText: (text: string) => __TAURI_INVOKE<null>("copy_text", { text }),
  // session
  signIn: (username: string, password: string) => __TAURI_INVOKE<SignInStep>("sign_in", { username, password }),
  answerChallenge: (answer: ChallengeAnswer) => __TAURI_INVOKE<SignInStep>("answer_challenge", { answer }),
  signUp: (username: string, email: string, password: string) => __TAURI_INVOKE<SignUpStep>("sign_up", { username, email, password }),
  confirmSignUp: (username: string, code: string) => __TAURI_INVOKE<null>("confirm_sign_up", { username, code }),
  resendCode: (username: string) => __TAURI_INVOKE<CodeDelivery>("resend_code", { username }),
  forgotPassword: (username: string) => __TAURI_INVOKE<CodeDelivery>("forgot_password", { username }),
  resetPassword: (username: string, code: string, password: string) => __TAURI_INVOKE<null>("reset_password", { username, code, password }),
  signOut: () => __TAURI_INVOKE<AppState>("sign_out"),
  /** Practice storage only: the letters that the practice sign-up "sent", newest first. */
  practiceMail: () => __TAURI_INVOKE<Mail[]>("practice_mail"),
  practiceSignIn: () => __TAURI_INVOKE<AppState>("practice_sign_in"),
  // listing
  openListing: (place: PlaceRef, sort: Sort, filter: Filter) => __TAURI_INVOKE<OpenedListing>("open_listing", { place, sort, filter }),
  rows: (listing: number, start: number, end: number) => __TAURI_INVOKE<Row[]>("rows", { listing, start, end }),
  /** Position of the row with this key in the listing's order, or null. */
  positionOf: (listing: number, key: string) => __TAURI_INVOKE<number | null>("position_of", { listing, key }),
  refreshListing: (listing: number) => __TAURI_INVOKE<null>("refresh_listing", { listing }),
  closeListing: (listing: number) => __TAURI_INVOKE<null>("close_listing", { listing }),
  /** What a selection holds. Folders are walked, so that a delete can say how many files go; may take a while. */
  selectionSummary: (selection: Selection) => __TAURI_INVOKE<SelectionSummary>("selection_summary", { selection }),
  newFolder: (place: PlaceRef, name: string) => __TAURI_INVOKE<null>("new_folder", { place, name }),
  deleteSelection: (selection: Selection) => __TAURI_INVOKE<BatchReport>("delete_selection", { selection }),
  // transfers
  chooseUpload: (what: UploadChoice) => __TAURI_INVOKE<Grant | null>("choose_upload", { what }),
  upload: (grant: string, place: PlaceRef, consent: Consent) => __TAURI_INVOKE<UploadAnswer>("upload", { grant, place, consent }),
  /** Asks for a folder in the system's dialog, then queues. */
  downloadSelection: (selection: Selection) => __TAURI_INVOKE<DownloadAnswer>("download_selection", { selection }),
  transferSummary: () => __TAURI_INVOKE<TransferSummary>("transfer_summary"),
  transferRows: (tab: TransferTab, start: number, end: number) => __TAURI_INVOKE<TransferRow[]>("transfer_rows", { tab, start, end }),
  answerConflict: (transfer: number, answer: ConflictAnswer, forAll: boolean) => __TAURI_INVOKE<null>("answer_conflict", { transfer, answer, forAll }),
  cancelTransfers: (which: TransferChoice) => __TAURI_INVOKE<null>("cancel_transfers", { which }),
  retryTransfers: (which: TransferChoice) => __TAURI_INVOKE<null>("retry_transfers", { which }),
  clearTransfers: (which: TransferChoice) => __TAURI_INVOKE<null>("clear_transfers", { which }),
};

export const events = {
  /** Session, storage, settings changed: the whole new state. */
  stateChanged: __makeEvent<AppState>("state-changed"),
  listingChanged: __makeEvent<ListingChanged>("listing-changed"),
  transfersChanged: __makeEvent<TransferSummary>("transfers-changed"),
  /** Files from the desktop over the window; CSS pixels in the page. */
  desktopDrag: __makeEvent<DesktopDrag>("desktop-drag"),
  mailArrived: __makeEvent<Mail>("mail-arrived"),
};

export type AppState = {
  revision: number;
  storage: StorageInfo | null; // null: first run
  account: Account;
  places: PlaceInfo[];
  keychain: Keychain;
  /** The stored sign-in was refused: ask to sign in again; never silently a guest. */
  sessionEnded: boolean;
  /** Why the storage cannot be used right now (offline, pool missing …), with reconnect() as "Try again". */
  problem: Failure | null;
  theme: Theme;
};
export type Theme = "system" | "light" | "dark";
export type Keychain = "kept" | "thisRunOnly";
export type StorageInfo = { id: string; name: string; region: string; host: string; bucket: string; practice: boolean; signIn: boolean; guests: boolean };
export type Account = { kind: "nobody" } | { kind: "guest" } | { kind: "person"; username: string; email: string | null };
export type Level = "public" | "protected" | "private";
/** owner: another person's identity id; null = mine. */
export type SpaceRef = { level: Level; owner: string | null };
/** folder: "" or "a/b/" (ends with a slash), inside the space. */
export type PlaceRef = { space: SpaceRef; folder: string };
export type PlaceInfo = { space: SpaceRef; audience: Audience; access: Access };
export type Audience = "onlyYou" | "everyoneReads" | "everyoneChanges" | "sharedReadOnly" | "unknown";
export type Access = "full" | "readOnly" | "needsAccount";

export type ConnectionPreview = { id: string; name: string; host: string; region: string; bucket: string; signIn: boolean; guests: boolean; alreadyConnected: boolean };
export type ConnectionForm = { name: string; region: string; bucket: string; bucketRegion: string; identityPoolId: string; userPoolId: string; userPoolClientId: string; mandatorySignIn: boolean; endpoint: string };
export type SetupText = "policies" | "cors";

export type SignInStep =
  | { kind: "done"; state: AppState }
  | { kind: "newPassword" }
  | { kind: "code"; channel: CodeChannel }
  | { kind: "setUpTotp"; secret: string; uri: string }
  | { kind: "confirmFirst" }; // the account's e-mail was never confirmed
export type CodeChannel = "sms" | "totp" | "email";
export type ChallengeAnswer = { kind: "newPassword"; password: string } | { kind: "code"; code: string };
export type SignUpStep = { confirmed: boolean; delivery: CodeDelivery | null };
export type CodeDelivery = { medium: string; destination: string };
export type Mail = { id: number; to: string; subject: string; code: string; at: number };

export type Sort = { by: SortBy; descending: boolean };
export type SortBy = "name" | "kind" | "size" | "modified";
/** text: case- and accent-insensitive part of the name; "" = all. */
export type Filter = { text: string; media: MediaFilter };
export type MediaFilter = "all" | "pictures";
export type OpenedListing = { id: number; count: number; complete: boolean; updatedAt: number | null; failure: Failure | null };
export type ListingChanged = { id: number; revision: number; count: number; complete: boolean; updatedAt: number | null; failure: Failure | null };
export type RowKind = "folder" | "file";
export type Media = "folder" | "image" | "text" | "video" | "audio" | "pdf" | "archive" | "other";
/** id: stable for the listing's life, also across refresh and sort. key: inside the space; a folder's ends with "/". modified: ms since 1970. etag without quotes. */
export type Row = { id: number; name: string; key: string; kind: RowKind; media: Media; size: number; modified: number | null; etag: string };
export type Selection = { kind: "only"; listing: number; ids: number[] } | { kind: "allExcept"; listing: number; ids: number[] };
export type SelectionSummary = { rows: number; files: number; folders: number; bytes: number };
export type BatchReport = { done: number; failed: NamedFailure[] };
export type NamedFailure = { name: string; failure: Failure };

export type UploadChoice = "files" | "folder";
/** One-use right to read what the person picked or dropped. files: null while unknown (a folder is among them). */
export type Grant = { id: string; items: GrantItem[]; count: number; bytes: number | null };
export type GrantItem = { name: string; size: number | null; folder: boolean };
export type Consent = "ask" | "once" | "always";
export type UploadAnswer = { kind: "queued"; count: number } | { kind: "needsConsent"; audience: Audience; count: number };
export type DownloadAnswer = { kind: "cancelled" } | { kind: "queued"; count: number; folder: string };

export type TransferTab = "needsYou" | "running" | "waiting" | "failed" | "done" | "all";
export type TransferDirection = "up" | "down";
export type TransferState = "waiting" | "scanning" | "running" | "checking" | "needsAnswer" | "failed" | "done" | "skipped" | "cancelled";
/** place: display words, e.g. ["Private","Site visits"]; for downloads the local folder's name. Speeds in bytes a second. */
export type TransferRow = { id: number; direction: TransferDirection; name: string; space: SpaceRef; folder: string; localFolder: string | null; state: TransferState; size: number | null; sent: number; found: number | null; speed: number | null; secondsLeft: number | null; failure: Failure | null; conflict: Conflict | null };
export type Conflict = { new: ConflictSide; there: ConflictSide; keepBothName: string; key: string; /** It appeared while uploading. */ appeared: boolean };
export type ConflictSide = { size: number; modified: number | null; etag: string | null };
export type ConflictAnswer = "replace" | "keepBoth" | "skip";
export type TransferChoice = { kind: "one"; id: number } | { kind: "tab"; tab: TransferTab };
export type TransferSummary = { revision: number; needsYou: number; running: number; waiting: number; failed: number; done: number; up: number; down: number; bytes: number; sent: number; speed: number | null; secondsLeft: number | null };

export type DesktopDrag =
  | { kind: "over"; x: number; y: number; count: number | null }
  | { kind: "leave" }
  | { kind: "drop"; x: number; y: number; grant: Grant };

export type Failure = { code: FailureCode; message: string; hint: string; retry: Retry; detail: string };
export type Retry = { kind: "never" } | { kind: "now" } | { kind: "afterSignIn" } | { kind: "later"; seconds: number };
export type FailureCode =
  | "notFound" | "alreadyExists" | "accessDenied" | "needsAccount" | "signedOut" | "wrongPassword" | "wrongCode" | "codeExpired" | "accountExists" | "passwordTooWeak"
  | "notConfirmed" | "offline" | "throttled" | "clockSkew" | "changedMeanwhile" | "nameNotAllowed" | "localFile" | "diskFull" | "cancelled"
  | "configUnreadable" | "configIncomplete" | "storageMissing" | "tooLarge" | "notAPicture" | "grantUsed" | "busyElsewhere" | "unexpected";

function __makeEvent<T>(name: string) {
  return {
    listen: (cb: __TAURI_EVENT.EventCallback<T>) => __TAURI_EVENT.listen<T>(name, cb),
  };
}
