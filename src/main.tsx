// Mounts the page.
import "@fontsource-variable/inter";
import "@fontsource-variable/jetbrains-mono";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { start } from "./app/index.ts";
import "./app/ui/tokens.css";
import "./app/ui/base.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(<StrictMode>{await start()}</StrictMode>);
