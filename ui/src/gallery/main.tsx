// Starts the gallery: every component in every state, on the host in memory. `?theme=dark` for the dark look, `?show=question`
// for the question that a component asks.
import { createRoot } from "react-dom/client";
import { Gallery } from "./Gallery";
import { Question } from "./Question";

const root = document.getElementById("root");
if (!root) throw new Error("gallery.html has no #root");
const asked = new URLSearchParams(location.search);
const theme = asked.get("theme") === "dark" ? "dark" : "light";
createRoot(root).render(asked.get("show") === "question" ? <Question theme={theme} /> : <Gallery theme={theme} />);
