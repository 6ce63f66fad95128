// Starts the gallery: every component in every state, on the host in memory. `?theme=dark` for the dark look.
import { createRoot } from "react-dom/client";
import { Gallery } from "./Gallery";

const root = document.getElementById("root");
if (!root) throw new Error("gallery.html has no #root");
const theme = new URLSearchParams(location.search).get("theme") === "dark" ? "dark" : "light";
createRoot(root).render(<Gallery theme={theme} />);
