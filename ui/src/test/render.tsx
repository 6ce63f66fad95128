// Renders a piece of the window, or all of it, with the host in memory.
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { ActionsProvider, ControlsProvider } from "../actions";
import { AppStateProvider, createQueryClient } from "../api";
import { App } from "../App";
import { HostProvider, type PlaceRef } from "../host";
import { createFakeHost, type FakeHost } from "../host/fake";
import { ToastRegion } from "../kit";
import { PlaceProvider } from "../place";
import { SignInProvider } from "../session";

type Options = {
  /** As in `?fake=`. */
  scenario?: string;
  place?: PlaceRef;
  host?: FakeHost;
};

/** One component with every provider around it. */
export function renderWithHost(
  ui: ReactNode,
  { scenario = "", place, host = createFakeHost({ scenario }) }: Options = {},
) {
  const view = render(
    <HostProvider value={host}>
      <QueryClientProvider client={createQueryClient()}>
        <AppStateProvider fallback={null} renderFailed={({ message }) => message}>
          <PlaceProvider start={place}>
            <SignInProvider>
              <ControlsProvider>
                <ActionsProvider>{ui}</ActionsProvider>
              </ControlsProvider>
            </SignInProvider>
          </PlaceProvider>
          <ToastRegion />
        </AppStateProvider>
      </QueryClientProvider>
    </HostProvider>,
  );
  return { ...view, host, user: userEvent.setup({ delay: null }) };
}

/** The whole window. */
export function renderApp(from: string | FakeHost = "") {
  const host = typeof from === "string" ? createFakeHost({ scenario: from }) : from;
  return { ...render(<App host={host} />), host, user: userEvent.setup({ delay: null }) };
}
