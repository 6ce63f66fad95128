// Every action of the window as data. Toolbar, menus and shortcuts read the same record, so they cannot disagree.
import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpDown,
  ArrowUpToLine,
  BookImage,
  ChevronLeft,
  ChevronRight,
  CircleAlert,
  CircleX,
  Copy,
  Download,
  FileUp,
  FolderInput,
  FolderOpen,
  FolderPlus,
  FolderSearch,
  FolderUp,
  ImageOff,
  Images,
  Keyboard,
  LayoutGrid,
  List,
  ListChecks,
  ListX,
  LogIn,
  MessageCircleQuestion,
  PanelsTopLeft,
  Pause,
  Play,
  RefreshCw,
  RotateCcw,
  Search,
  Settings,
  Trash2,
  X,
} from "lucide-react";
import type { ReactNode } from "react";
import type { FolderViewValue, PlaceValue } from "../place";
import { words } from "../words";
import type { Controls, LineVerb, TransferVerb } from "./controls";
import { focusRegion } from "./regions";
import type { Shortcuts } from "./shortcut";

/** Everything an action may look at or call. */
export type ActionContext = {
  place: PlaceValue;
  folderView: FolderViewValue;
  controls: Controls;
  focusSearch: () => void;
  showShortcuts: () => void;
};

export type Action = {
  label: string;
  icon: ReactNode;
  shortcuts?: Shortcuts;
  /** Destroys something. */
  danger?: boolean;
  when: (context: ActionContext) => boolean;
  run: (context: ActionContext) => void;
};

const always = () => true;
const hasFolder = ({ controls }: ActionContext) => controls.folder !== null;
const hasSelection = ({ controls }: ActionContext) => (controls.folder?.selected ?? 0) > 0;
const onFolder = ({ place }: ActionContext) => place.page === "folder";
const canAdd = ({ place }: ActionContext) => place.page === "folder" && place.info.verbs.write;
const canDelete = ({ place }: ActionContext) => place.info.verbs.delete;
const canRead = ({ place }: ActionContext) => place.info.verbs.get;

export const actions = {
  back: {
    label: words.actions.back,
    icon: <ChevronLeft />,
    shortcuts: { keys: [{ key: "arrowleft", alt: true }], mac: [{ key: "[", mod: true }] },
    when: ({ place }) => place.canGoBack,
    run: ({ place }) => place.back(),
  },
  forward: {
    label: words.actions.forward,
    icon: <ChevronRight />,
    shortcuts: { keys: [{ key: "arrowright", alt: true }], mac: [{ key: "]", mod: true }] },
    when: ({ place }) => place.canGoForward,
    run: ({ place }) => place.forward(),
  },
  parent: {
    label: words.actions.parent,
    icon: <ArrowUp />,
    shortcuts: { keys: [{ key: "arrowup", alt: true }, { key: "backspace" }], mac: [{ key: "arrowup", mod: true }] },
    when: ({ place }) => place.canGoUp,
    run: ({ place }) => place.up(),
  },
  viewList: view("list", words.actions.viewList, <List />, "1"),
  viewGrid: view("grid", words.actions.viewGrid, <LayoutGrid />, "2"),
  viewAlbum: view("album", words.actions.viewAlbum, <Images />, "3"),
  newFolder: {
    label: words.actions.newFolder,
    icon: <FolderPlus />,
    shortcuts: { keys: [{ key: "n", mod: true, shift: true }] },
    when: (context) => hasFolder(context) && canAdd(context),
    run: ({ controls }) => controls.folder?.askNewFolder(),
  },
  uploadFiles: {
    label: words.actions.uploadFiles,
    icon: <FileUp />,
    shortcuts: { keys: [{ key: "u", mod: true }] },
    when: (context) => context.controls.upload !== null && canAdd(context),
    run: ({ controls }) => controls.upload?.choose("files"),
  },
  uploadFolder: {
    label: words.actions.uploadFolder,
    icon: <FolderUp />,
    when: (context) => context.controls.upload !== null && canAdd(context),
    run: ({ controls }) => controls.upload?.choose("folder"),
  },
  open: {
    label: words.actions.open,
    icon: <FolderOpen />,
    shortcuts: {
      keys: [],
      mac: [
        { key: "o", mod: true },
        { key: "arrowdown", mod: true },
      ],
    },
    when: hasSelection,
    run: ({ controls }) => controls.folder?.openSelected(),
  },
  download: {
    label: words.actions.download,
    icon: <Download />,
    when: (context) => hasSelection(context) && canRead(context),
    run: ({ controls }) => controls.folder?.downloadSelected(),
  },
  moveTo: {
    label: words.actions.moveTo,
    icon: <FolderInput />,
    when: (context) => hasSelection(context) && canRead(context) && canDelete(context),
    run: ({ controls }) => controls.folder?.askRelocation("move"),
  },
  copyTo: {
    label: words.actions.copyTo,
    icon: <Copy />,
    when: (context) => hasSelection(context) && canRead(context),
    run: ({ controls }) => controls.folder?.askRelocation("copy"),
  },
  chooseCover: {
    label: words.actions.chooseCover,
    icon: <BookImage />,
    when: ({ controls }) => controls.folder?.chooseCover != null,
    run: ({ controls }) => controls.folder?.chooseCover?.(),
  },
  forgetCover: {
    label: words.actions.forgetCover,
    icon: <ImageOff />,
    when: ({ controls }) => controls.folder?.forgetCover != null,
    run: ({ controls }) => controls.folder?.forgetCover?.(),
  },
  delete: {
    label: words.actions.delete,
    icon: <Trash2 />,
    shortcuts: { keys: [{ key: "delete" }], mac: [{ key: "backspace", mod: true }] },
    danger: true,
    when: (context) => hasSelection(context) && canDelete(context),
    run: ({ controls }) => controls.folder?.askDelete(),
  },
  selectAll: {
    label: words.actions.selectAll,
    icon: <ListChecks />,
    shortcuts: { keys: [{ key: "a", mod: true }] },
    when: hasFolder,
    run: ({ controls }) => controls.folder?.selectAll(),
  },
  clearSelection: {
    label: words.actions.clearSelection,
    icon: <X />,
    when: hasSelection,
    run: ({ controls }) => controls.folder?.clearSelection(),
  },
  refresh: {
    label: words.actions.refresh,
    icon: <RefreshCw />,
    shortcuts: { keys: [{ key: "r", mod: true }] },
    when: hasFolder,
    run: ({ controls }) => controls.folder?.refresh(),
  },
  search: {
    label: words.actions.search,
    icon: <Search />,
    shortcuts: { keys: [{ key: "f", mod: true }] },
    when: hasFolder,
    run: ({ focusSearch }) => focusSearch(),
  },
  transfers: {
    label: words.actions.transfers,
    icon: <ArrowUpDown />,
    shortcuts: { keys: [{ key: "j", mod: true }] },
    when: ({ controls }) => controls.transfers !== null,
    run: ({ controls }) => controls.transfers?.toggle(),
  },
  transferDecide: transfer("decide", words.actions.transferDecide, <MessageCircleQuestion />),
  transferSignIn: transfer("signIn", words.actions.transferSignIn, <LogIn />),
  transferShow: transfer("show", words.actions.transferShow, <FolderSearch />),
  transferRetry: transfer("retry", words.actions.transferRetry, <RotateCcw />),
  transferReport: transfer("report", words.actions.transferReport, <CircleAlert />),
  transferResume: transfer("resume", words.actions.transferResume, <Play />),
  transferPause: transfer("pause", words.actions.transferPause, <Pause />),
  transferFirst: transfer("first", words.actions.transferFirst, <ArrowUpToLine />),
  transferSooner: transfer("sooner", words.actions.transferSooner, <ArrowUp />),
  transferLater: transfer("later", words.actions.transferLater, <ArrowDown />),
  transferLast: transfer("last", words.actions.transferLast, <ArrowDownToLine />),
  transferCancel: transfer("cancel", words.actions.transferCancel, <CircleX />),
  transferClear: transfer("clear", words.actions.transferClear, <ListX />),
  settings: {
    label: words.actions.settings,
    icon: <Settings />,
    shortcuts: { keys: [{ key: ",", mod: true }] },
    when: ({ controls }) => controls.settings !== null,
    run: ({ controls }) => controls.settings?.open(),
  },
  nextRegion: {
    label: words.actions.nextRegion,
    icon: <PanelsTopLeft />,
    shortcuts: { keys: [{ key: "f6" }] },
    when: always,
    run: () => focusRegion(1),
  },
  previousRegion: {
    label: words.actions.previousRegion,
    icon: <PanelsTopLeft />,
    shortcuts: { keys: [{ key: "f6", shift: true }] },
    when: always,
    run: () => focusRegion(-1),
  },
  shortcuts: {
    label: words.actions.shortcuts,
    icon: <Keyboard />,
    shortcuts: { keys: [{ key: "/", mod: true }] },
    when: always,
    run: ({ showShortcuts }) => showShortcuts(),
  },
} satisfies Record<string, Action>;

export type ActionId = keyof typeof actions;

export const actionIds = Object.keys(actions) as ActionId[];

export function actionOf(id: ActionId): Action {
  return actions[id];
}

/** A verb for the transfers that are selected in the drawer. */
function transfer(verb: TransferVerb | LineVerb, label: string, icon: ReactNode): Action {
  return {
    label,
    icon,
    when: ({ controls }) => controls.transfers?.can(verb) ?? false,
    run: ({ controls }) => controls.transfers?.run(verb),
  };
}

function view(id: FolderViewValue["view"], label: string, icon: ReactNode, key: string): Action {
  return {
    label,
    icon,
    shortcuts: { keys: [{ key, mod: true }] },
    when: onFolder,
    run: ({ folderView }) => folderView.setView(id),
  };
}
