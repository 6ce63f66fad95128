// Builds the gallery of components for a plain browser. It is no part of the application: that is vite.config.ts.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  build: { outDir: "dist-gallery", target: ["safari16", "chrome110"], rollupOptions: { input: "gallery.html" } },
  preview: { host: "127.0.0.1", strictPort: true },
});
