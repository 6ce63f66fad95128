// How the window's page is built, served and tested.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  server: { port: 1420, strictPort: true, host: "127.0.0.1" },
  build: {
    // Safari 16 is what WebKitGTK 2.50 and the oldest supported macOS web view both understand.
    target: ["safari16", "chrome110"],
    // The page's CSP allows fonts and styles from its own origin only, so nothing becomes a data: URL.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    // Only the token sheet is read by a test.
    css: { include: [/tokens\.css/] },
    restoreMocks: true,
    testTimeout: 60_000,
  },
});
