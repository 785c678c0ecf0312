// The door of the packet log.
export { PacketLog } from "./PacketLog.tsx";
