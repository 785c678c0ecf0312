// The door of the ingress controller: software that is installed on a cluster, loaded by those who switch it on.
export { ingressNginx } from "./controller.ts";
