// The entry to the ingress controller: software that is installed on a cluster and loaded when it is switched on.
export { ingressNginx } from "./controller.ts";
export { readyEndpoints } from "./endpoints.ts";
