// What of the cluster the picture shows.
import { plural, spoken } from "../language.ts";

export const EN = {
  invalid: (name: string, value: string, what: string) => `${name}=${value} is not ${what}; showing everything.`,
  focus: "the namespace and name of a Service, such as default/web",
  namespace: "the name of a namespace",
  selector: "a label selector, such as app=web",
  alone: "focus shows one Service; namespace and selector are left out.",
  tooLong: (limit: number) => `longer than ${limit} characters`,
  inNamespace: (name: string) => `namespace ${name}`,
  service: (name: string, namespace: string | undefined) =>
    `Service ${name}${namespace === "default" ? "" : ` in ${namespace}`}`,
  services: (n: number) => `${plural(n, { one: "# Service", other: "# Services" })}`,
  ingresses: (n: number) => `${plural(n, { one: "# Ingress", other: "# Ingresses" })}`,
  gateways: (n: number) => `${plural(n, { one: "# Gateway", other: "# Gateways" })}`,
  workloads: (n: number) => `${plural(n, { one: "# workload", other: "# workloads" })}`,
  pods: (n: number) => `${plural(n, { one: "# pod", other: "# pods" })}`,
  nothing: "Nothing is hidden",
  hidden: (what: string) => `${what} hidden`,
};

export const W = spoken("only", EN);
