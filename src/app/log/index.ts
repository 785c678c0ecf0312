// The door of the packet log, and of what else is told to screen readers.
import { W } from "../../words/en/log.ts";
import { lazyPart } from "../ui/lazyPart.tsx";

export { PacketLog } from "./PacketLog.tsx";
export const ClusterNews = lazyPart(
  W.announcements,
  () => import("./ClusterNews.tsx").then((module) => module.ClusterNews),
  { place: "over" },
);
