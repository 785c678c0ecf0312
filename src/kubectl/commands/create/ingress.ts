// The rules of `kubectl create ingress`: `host/path=service:port[,tls[=secret]]`.
import { CommandError } from "../../command-error.ts";
import type { ParsedArgs } from "../../flags.ts";

interface Rule {
  readonly host: string;
  readonly path: Record<string, unknown>;
  /** Undefined without tls; "" for the default certificate. */
  readonly secret: string | undefined;
}

/** The spec that the flags give. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/create CreateIngressOptions
export function ingressSpec(args: ParsedArgs): Record<string, unknown> {
  const backend = args.string("default-backend");
  if (args.list("rule").length === 0 && backend === "")
    throw new CommandError(
      "not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)",
    );
  const rules = args.list("rule").map(parseRule);
  const hosts = [...new Set(rules.map(({ host }) => host))];
  const secured = rules.filter(({ secret }) => secret !== undefined);
  const tls = tlsOf(secured);
  return {
    ...(backend === "" ? {} : { defaultBackend: parseBackend(backend) }),
    ...(args.string("class") === "" ? {} : { ingressClassName: args.string("class") }),
    ...(rules.length === 0
      ? {}
      : {
          rules: hosts.map((host) => ({
            ...(host === "" ? {} : { host }),
            http: { paths: rules.filter((rule) => rule.host === host).map(({ path }) => path) },
          })),
        }),
    ...(tls.length === 0 ? {} : { tls }),
  };
}

/** One entry for each secret; each host is in one only, and without secret and host there is nothing to say. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/create CreateIngressOptions.buildTLSRules
function tlsOf(secured: readonly Rule[]): Record<string, unknown>[] {
  const hostsOf = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { host, secret = "" } of secured) {
    if (seen.has(host)) continue;
    seen.add(host);
    hostsOf.set(secret, [...(hostsOf.get(secret) ?? []), ...(host === "" ? [] : [host])]);
  }
  return [...hostsOf]
    .filter(([secret, hosts]) => secret !== "" || hosts.length > 0)
    .map(([secret, hosts]) => ({
      ...(hosts.length === 0 ? {} : { hosts }),
      ...(secret === "" ? {} : { secretName: secret }),
    }));
}

function parseBackend(text: string): Record<string, unknown> {
  const [name = "", port = "", ...rest] = text.split(":");
  if (name === "" || port === "" || rest.length > 0)
    throw new CommandError("default-backend should be in format servicename:serviceport");
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

function parseRule(text: string): Rule {
  const match =
    /^(?<host>[\w*\-.]*)?(?<path>\/[^=]*)=(?<service>[\w\-.]+):(?<port>[\w-]+)(?<tls>,tls(?:=(?<secret>[\w-]+))?)?$/.exec(
      text,
    );
  const parts = match?.groups;
  if (parts === undefined)
    throw new CommandError(`rule ${text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  const typed = parts.path ?? "/";
  const prefix = typed.endsWith("*");
  const path = prefix ? typed.slice(0, -1) : typed;
  return {
    host: parts.host ?? "",
    path: { backend: parseBackend(`${parts.service}:${parts.port}`), path, pathType: prefix ? "Prefix" : "Exact" },
    secret: parts.tls === undefined ? undefined : (parts.secret ?? ""),
  };
}
