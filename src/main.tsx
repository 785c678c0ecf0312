// Mounts the page.
import "@fontsource-variable/inter";
import "@fontsource-variable/jetbrains-mono";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App, Playground, startRun } from "./app/index.ts";
import "./app/ui/tokens.css";
import "./app/ui/base.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const playground = new Playground(startRun(), {
  request: (run) => requestAnimationFrame(run),
  cancel: (id) => cancelAnimationFrame(id),
});
createRoot(root).render(
  <StrictMode>
    <App playground={playground} />
  </StrictMode>,
);
