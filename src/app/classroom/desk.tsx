// The pages beside the playground, loaded when an address asks for one.
import { lazyPart } from "../ui/lazyPart.tsx";

export const Desk = lazyPart("The page for teachers", () => import("./DeskPage.tsx").then((module) => module.DeskPage));
