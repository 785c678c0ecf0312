// The door of the health panel: its button is there once the page has time, and the rest with it.
import { W } from "../../words/en/health.ts";
import { lazyPart } from "../ui/lazyPart.tsx";

/** The button "Health" with the number of problems, and the panel that it opens. */
export const Health = lazyPart(W.health, () => import("./Health.tsx").then((module) => module.Health), {
  place: "over",
});
