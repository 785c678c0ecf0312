import type { EN } from "../en/only.ts";
import { plural } from "../language.ts";

export const DE: typeof EN = {
  invalid: (name, value, what) => `${name}=${value} ist ${what}; gezeigt wird alles.`,
  focus: "nicht Namespace und Name eines Service, wie default/web",
  namespace: "nicht der Name eines Namespace",
  selector: "kein Label-Selector, wie app=web",
  alone: "focus zeigt einen Service; namespace und selector bleiben außer Acht.",
  tooLong: (limit) => `länger als ${limit} Zeichen`,
  inNamespace: (name) => `Namespace ${name}`,
  service: (name, namespace) => `Service ${name}${namespace === "default" ? "" : ` in ${namespace}`}`,
  services: (n) => `${plural(n, { one: "# Service", other: "# Services" })}`,
  ingresses: (n) => `${plural(n, { one: "# Ingress", other: "# Ingresses" })}`,
  gateways: (n) => `${plural(n, { one: "# Gateway", other: "# Gateways" })}`,
  workloads: (n) => `${plural(n, { one: "# Workload", other: "# Workloads" })}`,
  pods: (n) => `${plural(n, { one: "# Pod", other: "# Pods" })}`,
  nothing: "Nichts ist ausgeblendet",
  hidden: (what) => `${what} ausgeblendet`,
};
