// What components need around them, on a storage in memory of its own whose time stands still.
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ActionsProvider, ControlsProvider } from "../actions";
import { AppStateProvider, createQueryClient } from "../api";
import { StorageDefaults } from "../components";
import { type Host, HostProvider } from "../host";
import { createFakeHost, type FakeHost } from "../host/fake";
import { storeFile } from "../host/fake/world";
import { PlaceProvider } from "../place";
import { SignInProvider } from "../session";
import { UploadLayer } from "../upload";

/** The day on which the gallery stands still. */
const NOW = new Date(2026, 10, 24, 9, 20).getTime();
/** A folder with one file of each kind. */
const KINDS = ["gulls.jpg", "notes.txt", "plan.pdf", "walk.mov", "memo.m4a", "scans.zip", "noext"];

export type WorldProps = {
  /** As in `?fake=`. */
  scenario?: string;
  /** What its host does otherwise. */
  otherwise?: (host: FakeHost) => Partial<Host>;
  children: ReactNode;
};

export function World({ scenario = "", otherwise, children }: WorldProps) {
  const [host] = useState(() => {
    const made = createFakeHost({ scenario, now: () => NOW });
    KINDS.forEach((name, index) => {
      const [key, etag] = [`kinds/${name}`, `kind-${index}`];
      storeFile(
        made.world,
        { level: "private", owner: null },
        { key, size: 1_000, modified: NOW - index * 1_000, etag },
      );
    });
    return { ...made, ...otherwise?.(made) };
  });
  const [client] = useState(createQueryClient);
  return (
    <HostProvider value={host}>
      <QueryClientProvider client={client}>
        <AppStateProvider fallback={null} renderFailed={({ message }) => message}>
          <PlaceProvider>
            <SignInProvider>
              <ControlsProvider>
                <ActionsProvider>
                  <StorageDefaults level="private">{children}</StorageDefaults>
                  <UploadLayer />
                </ActionsProvider>
              </ControlsProvider>
            </SignInProvider>
          </PlaceProvider>
        </AppStateProvider>
      </QueryClientProvider>
    </HostProvider>
  );
}
