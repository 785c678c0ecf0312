// The entry to the Gateway API: a controller that is installed on a cluster and loaded when it is switched on.
export type { Gateway, Route } from "./api.ts";
export { gatewayController } from "./controller.ts";
export { EXTENDED } from "./features.ts";
