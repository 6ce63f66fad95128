// Where I am, for the whole window: one Place with its history, the page over it, and how its folder is viewed.
import { createContext, type ReactNode, useContext, useMemo, useReducer, useState } from "react";
import { useAppState } from "../api";
import type { PlaceInfo, PlaceRef } from "../host";
import { historyReducer, type Page, startHistory } from "./history";
import { crumbsOf, firstPlace, infoOf, parentPlace, sameSpace, spaceId, type Crumb } from "./place";
import { rememberedView, rememberView, type View } from "./view";

export type PlaceValue = {
  place: PlaceRef;
  /** Whether its folder is shown, or all albums in its stead. */
  page: Page;
  info: PlaceInfo;
  crumbs: Crumb[];
  canGoBack: boolean;
  canGoForward: boolean;
  canGoUp: boolean;
  go: (place: PlaceRef) => void;
  showAlbums: () => void;
  back: () => void;
  forward: () => void;
  up: () => void;
  /** Marks where the window is; what it answers leads back there, as though nobody had walked on. */
  mark: () => () => void;
};

export type FolderViewValue = {
  view: View;
  /** `of`: another folder than the one on screen. */
  setView: (view: View, of?: PlaceRef) => void;
  /** Text that the names in this folder are filtered by; emptied when the folder changes. */
  filter: string;
  setFilter: (filter: string) => void;
};

const PlaceContext = createContext<PlaceValue | null>(null);
const FolderViewContext = createContext<FolderViewValue | null>(null);

export type PlaceProviderProps = {
  /** Where to start; by default the first place that can be opened. */
  start?: PlaceRef;
  children: ReactNode;
};

export function PlaceProvider({ start, children }: PlaceProviderProps) {
  const { places, storage, account } = useAppState();
  const [history, dispatch] = useReducer(historyReducer, start ?? firstPlace(places), startHistory);
  const who = `${storage?.id}\n${account.kind === "person" ? account.username : account.kind}`;
  const [knownWho, setKnownWho] = useState(who);
  if (who !== knownWho) {
    // Another identity sees other files: its history starts anew, in the same space if that one is open to it.
    setKnownWho(who);
    const { space } = history.here.place;
    const stays = places.some((info) => sameSpace(info.space, space) && info.access !== "needsAccount");
    dispatch({ kind: "reset", place: stays ? { space, folder: "" } : firstPlace(places) });
  }

  const { place, page } = history.here;
  const value = useMemo<PlaceValue>(() => {
    const parent = parentPlace(place);
    return {
      place,
      page,
      info: infoOf(place.space, places),
      crumbs: crumbsOf(place),
      canGoBack: history.back.length > 0,
      canGoForward: history.ahead.length > 0,
      canGoUp: page === "folder" && parent !== null,
      go: (to) => dispatch({ kind: "go", place: to }),
      showAlbums: () => dispatch({ kind: "albums" }),
      back: () => dispatch({ kind: "back" }),
      forward: () => dispatch({ kind: "forward" }),
      up: () => parent && dispatch({ kind: "go", place: parent }),
      mark: () => () => dispatch({ kind: "return", to: history }),
    };
  }, [place, page, places, history]);

  return (
    <PlaceContext value={value}>
      <FolderViewProvider storage={storage?.id ?? ""} place={place}>
        {children}
      </FolderViewProvider>
    </PlaceContext>
  );
}

type FolderViewProviderProps = { storage: string; place: PlaceRef; children: ReactNode };

function FolderViewProvider({ storage, place, children }: FolderViewProviderProps) {
  const here = viewId(storage, place);
  const [filter, setFilter] = useState({ here, text: "" });
  const [view, setView] = useState<{ here: string; view: View } | null>(null);
  const remembered = useMemo(() => rememberedView(storage, place), [storage, place]);
  const shownView = view?.here === here ? view.view : remembered;
  const shownFilter = filter.here === here ? filter.text : "";

  const value = useMemo<FolderViewValue>(
    () => ({
      view: shownView,
      setView: (next, of = place) => {
        rememberView(storage, of, next);
        setView({ here: viewId(storage, of), view: next });
      },
      filter: shownFilter,
      setFilter: (text) => setFilter({ here, text }),
    }),
    [here, place, shownFilter, shownView, storage],
  );
  return <FolderViewContext value={value}>{children}</FolderViewContext>;
}

function viewId(storage: string, { space, folder }: PlaceRef): string {
  return `${storage}\n${spaceId(space)}\n${folder}`;
}

export function usePlace(): PlaceValue {
  const value = useContext(PlaceContext);
  if (!value) throw new Error("usePlace needs a PlaceProvider above it");
  return value;
}

export function useFolderView(): FolderViewValue {
  const value = useContext(FolderViewContext);
  if (!value) throw new Error("useFolderView needs a PlaceProvider above it");
  return value;
}
