// Which location a request meets: tables of hosts and paths, from the Ingress documentation and nginx.
import { describe, expect, test } from "vitest";
import type { Ingress } from "../cluster/index.ts";
import { find, serversOf } from "./rules.ts";

type PathRow = readonly [pathType: string, path: string, service: string];

function ingress(
  name: string,
  rules: readonly (readonly [host: string, ...paths: PathRow[]])[],
  more: { fallback?: string; at?: string; annotations?: Record<string, string> } = {},
): Ingress {
  const service = (of: string) => ({ service: { name: of, port: { number: 80 } } });
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name,
      namespace: "default",
      creationTimestamp: more.at ?? "2026-01-01T00:00:00Z",
      annotations: more.annotations ?? {},
    },
    spec: {
      ...(more.fallback === undefined ? {} : { defaultBackend: service(more.fallback) }),
      rules: rules.map(([host, ...paths]) => ({
        ...(host === "" ? {} : { host }),
        http: { paths: paths.map(([pathType, path, of]) => ({ pathType, path, backend: service(of) })) },
      })),
    },
  };
}

function ask(ingresses: readonly Ingress[], host: string, path: string): string {
  const found = find(serversOf(ingresses), host, path);
  if (found.location === undefined) return found.host ? "404 path" : "404 host";
  const name = found.location.service?.name ?? "";
  return found.path === path ? name : `${name} ${found.path}`;
}

describe("paths", () => {
  // The table of kubernetes.io/docs/concepts/services-networking/ingress, "Examples", as far as one path is concerned.
  test.each([
    ["Prefix", "/", "/any/path", true],
    ["Exact", "/foo", "/foo", true],
    ["Exact", "/foo", "/bar", false],
    ["Exact", "/foo", "/foo/", false],
    ["Exact", "/foo/", "/foo", false],
    ["Prefix", "/foo", "/foo", true],
    ["Prefix", "/foo", "/foo/", true],
    ["Prefix", "/foo/", "/foo", true],
    ["Prefix", "/foo/", "/foo/", true],
    ["Prefix", "/aaa/bb", "/aaa/bbb", false],
    ["Prefix", "/aaa/bbb", "/aaa/bbb", true],
    ["Prefix", "/aaa/bbb/", "/aaa/bbb", true],
    ["Prefix", "/aaa/bbb", "/aaa/bbb/", true],
    ["Prefix", "/aaa/bbb", "/aaa/bbb/ccc", true],
    ["Prefix", "/aaa/bbb", "/aaa/bbbxyz", false],
    ["ImplementationSpecific", "/foo", "/foobar", true],
  ])("[INGRESS-5] %s %s and %s: %s", (pathType, path, asked, fits) => {
    expect(ask([ingress("a", [["", [pathType, path, "web"]]])], "any", asked)).toBe(fits ? "web" : "404 host");
  });

  const SHOP = ingress("shop", [
    [
      "shop.io",
      ["Prefix", "/", "web"],
      ["Prefix", "/api", "api"],
      ["Prefix", "/api/v2", "next"],
      ["Exact", "/api", "docs"],
    ],
  ]);
  test.each([
    ["/", "web"],
    ["/apis", "web"],
    ["/api", "docs"],
    ["/api/", "api"],
    ["/api/v2/x", "next"],
  ])("[INGRESS-5] the longest path wins, and an exact one before all: %s goes to %s", (path, service) => {
    expect(ask([SHOP], "shop.io", path)).toBe(service);
  });

  test("[INGRESS-5] of two Ingresses with one host the older has the path, and both give theirs", () => {
    const young = ingress("a", [["shop.io", ["Prefix", "/", "young"], ["Prefix", "/new", "new"]]], {
      at: "2026-02-01T00:00:00Z",
    });
    expect([ask([young, SHOP], "shop.io", "/x"), ask([young, SHOP], "shop.io", "/new")]).toEqual(["web", "new"]);
  });

  test.each([
    ["/web", "/", "/web/x", "web /"],
    ["/api(/|$)(.*)", "/$2", "/api/v1/users", "web /v1/users"],
    ["/api(/|$)(.*)", "/$2", "/apis", "404 path"],
    ["/(.*)", "/app/$1", "/Cart", "web /app/Cart"],
    ["/(a+)+$", "/", "/(a+)+$", "web /"],
  ])("[INGRESS-5] rewrite-target of path %s to %s turns %s to %s", (path, target, asked, expected) => {
    const annotations = { "nginx.ingress.kubernetes.io/rewrite-target": target };
    expect(
      ask([ingress("a", [["shop.io", ["ImplementationSpecific", path, "web"]]], { annotations })], "shop.io", asked),
    ).toBe(expected);
  });
});

describe("hosts", () => {
  const ALL = [
    ingress("a", [
      ["shop.io", ["Prefix", "/", "shop"]],
      ["*.shop.io", ["Prefix", "/", "wild"]],
      ["api.shop.io", ["Prefix", "/v1", "api"]],
    ]),
    ingress("b", [["", ["Prefix", "/any", "any"]]]),
  ];
  test.each([
    ["shop.io", "/", "shop"],
    ["x.shop.io", "/", "wild"],
    ["x.y.shop.io", "/any", "any"],
    ["api.shop.io", "/v1", "api"],
    ["api.shop.io", "/any", "404 path"],
    ["10.0.0.1", "/any/x", "any"],
    ["10.0.0.1", "/", "404 host"],
  ])("[INGRESS-4] %s%s goes to %s", (host, path, service) => {
    expect(ask(ALL, host, path)).toBe(service);
  });

  test("[INGRESS-5] the default backend of an Ingress serves its hosts; that of one without rules all unknown hosts", () => {
    const named = ingress("c", [["docs.io", ["Prefix", "/v1", "docs"]]], { fallback: "docs-home" });
    const only = ingress("d", [], { fallback: "everything" });
    expect(ask([named, ...ALL], "docs.io", "/x")).toBe("docs-home");
    expect(ask([named, ...ALL], "nowhere.io", "/x")).toBe("404 host");
    expect(ask([named, only, ...ALL], "nowhere.io", "/x")).toBe("everything");
    expect(ask([only, ...ALL], "api.shop.io", "/x")).toBe("404 path");
  });
});
