// Starts the page: in the window with the real host, in a plain browser with the one in memory.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import type { Host } from "./host";
import { createTauriHost, isTauri } from "./host/tauri";
import { paintSystemTheme } from "./theme";

paintSystemTheme();
void chooseHost().then((host) => {
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <App host={host} />
    </StrictMode>,
  );
});

async function chooseHost(): Promise<Host> {
  if (isTauri()) return createTauriHost();
  const { createFakeHost } = await import("./host/fake");
  const scenario = new URLSearchParams(location.search).get("fake") ?? "";
  return createFakeHost({ scenario, latency: 60 });
}
