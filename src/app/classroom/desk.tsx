// The pages beside the playground, loaded when an address asks for one.

import { W } from "../../words/en/classroom-button.ts";
import { lazyPart } from "../ui/lazyPart.tsx";

export const Desk = lazyPart(W.desk, () => import("./DeskPage.tsx").then((module) => module.DeskPage));
