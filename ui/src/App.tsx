// Decides which screen: the first run, the sign-in screen, or the frame with the folder.
import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { ActionsProvider, ControlsProvider } from "./actions";
import { AppStateProvider, createQueryClient, useAppState } from "./api";
import { Frame } from "./frame";
import { type Host, HostProvider } from "./host";
import { ToastRegion } from "./kit";
import { FolderView } from "./listing";
import { PlaceProvider } from "./place";
import { FirstRun, SignInProvider, SignInScreen, StartFailed } from "./session";
import { SettingsLayer } from "./settings";
import { useTheme } from "./theme";
import { TransfersDrawer } from "./transfers";
import { UploadLayer } from "./upload";
import { words } from "./words";

export function App({ host }: { host: Host }) {
  const [client] = useState(createQueryClient);
  return (
    <HostProvider value={host}>
      <QueryClientProvider client={client}>
        <AppStateProvider
          fallback={<div role="status" aria-label={words.frame.loading} />}
          renderFailed={(failure, retry) => <StartFailed failure={failure} onRetry={retry} />}
        >
          <Screen />
          <ToastRegion />
        </AppStateProvider>
      </QueryClientProvider>
    </HostProvider>
  );
}

function Screen() {
  const { storage, account, theme } = useAppState();
  useTheme(theme);
  if (!storage) return <FirstRun />;
  return (
    // Another storage is another window's worth of state: nothing of the old one survives.
    <PlaceProvider key={storage.id}>
      <SignInProvider>
        <ControlsProvider>
          <ActionsProvider>
            {account.kind === "nobody" && !storage.guests ? <SignInScreen /> : <Workspace />}
            <SettingsLayer />
          </ActionsProvider>
        </ControlsProvider>
      </SignInProvider>
    </PlaceProvider>
  );
}

function Workspace() {
  return (
    <>
      <Frame footer={<TransfersDrawer />}>
        <FolderView />
      </Frame>
      <UploadLayer />
    </>
  );
}
