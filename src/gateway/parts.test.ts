// The pure parts: hosts, paths, headers, origins, shares, certificates.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Cors } from "./api.ts";
import { namesOfCertificate } from "./certificate.ts";
import { corsHeaders } from "./cors.ts";
import { definitions } from "./definitions/index.ts";
import { locationOf, modified, rewritten } from "./filters.ts";
import { fits, intersection, moreSpecific } from "./hostnames.ts";
import { millisecondsOf } from "./proxy.ts";
import { triedOf } from "./rules.ts";
import { Turns } from "./turns.ts";

describe("hosts [GW-6]", () => {
  test.each([
    ["*.example.com", "a.example.com", true],
    ["*.example.com", "a.b.example.com", true],
    ["*.example.com", "example.com", false],
    ["*.example.com", "badexample.com", false],
    ["example.com", "example.com", true],
    [undefined, "any.org", true],
  ])("%s takes %s: %s", (name, host, taken) => {
    expect(fits(name, host)).toBe(taken);
  });

  test.each([
    ["*.example.com", "foo.example.com", "foo.example.com"],
    ["*.example.com", "*.foo.example.com", "*.foo.example.com"],
    ["*.example.com", "example.com", undefined],
    ["*.a.com", "*.b.com", undefined],
    [undefined, "*.b.com", "*.b.com"],
    ["a.com", "a.com", "a.com"],
  ])("%s and %s have in common: %s", (a, b, common) => {
    expect(intersection(a, b)).toBe(common);
    expect(intersection(b, a)).toBe(common);
  });

  test("precise names come before wildcards, longer ones before shorter ones, and any host last", () => {
    const names = ["", "*.example.com", "a.com", "*.foo.example.com", "long.example.com"];
    expect(names.sort(moreSpecific)).toEqual(["long.example.com", "a.com", "*.foo.example.com", "*.example.com", ""]);
  });
});

describe("paths [GW-11] [GW-13]", () => {
  const fitsPath = (type: string, value: string, path: string) =>
    triedOf("HTTPRoute", { matches: [{ path: { type, value } }] })[0]?.fitsPath(path);

  test.each([
    ["PathPrefix", "/abc", "/abc", true],
    ["PathPrefix", "/abc", "/abc/def", true],
    ["PathPrefix", "/abc", "/abcdef", false],
    ["PathPrefix", "/abc/", "/abc", true],
    ["PathPrefix", "/", "/anything", true],
    ["Exact", "/abc", "/abc/", false],
    ["RegularExpression", "/v[12]/.*", "/v2/x", true],
    ["RegularExpression", "/v[12]", "/v2/x", false],
  ])("%s %s takes %s: %s", (type, value, path, taken) => {
    expect(fitsPath(type, value, path)).toBe(taken);
  });

  // the table of gateway-api/apis/v1 HTTPPathModifier.replacePrefixMatch
  test.each([
    ["/foo/bar", "/foo", "/xyz", "/xyz/bar"],
    ["/foo/bar", "/foo", "/xyz/", "/xyz/bar"],
    ["/foo/bar", "/foo/", "/xyz", "/xyz/bar"],
    ["/foo/bar", "/foo/", "/xyz/", "/xyz/bar"],
    ["/foo", "/foo", "/xyz", "/xyz"],
    ["/foo/", "/foo", "/xyz", "/xyz/"],
    ["/foo/bar", "/foo", "", "/bar"],
    ["/foo/", "/foo", "", "/"],
    ["/foo", "/foo", "", "/"],
    ["/foo/", "/foo", "/", "/"],
    ["/foo", "/foo", "/", "/"],
  ])("%s with %s replaced by %j is %s", (path, prefix, replacePrefixMatch, wanted) => {
    expect(rewritten(path, prefix, { type: "ReplacePrefixMatch", replacePrefixMatch })).toBe(wanted);
  });

  const asked = { scheme: "http", host: "a.org", port: 8080, path: "/p", query: "q=1", prefix: "/" } as const;
  test.each([
    [{}, "http://a.org:8080/p?q=1"],
    [{ scheme: "https" }, "https://a.org/p?q=1"],
    [{ scheme: "https", port: 8443 }, "https://a.org:8443/p?q=1"],
    [{ port: 80 }, "http://a.org/p?q=1"],
    [{ hostname: "b.org", path: { type: "ReplaceFullPath", replaceFullPath: "/x" } }, "http://b.org:8080/x?q=1"],
  ])("%j leads to %s", (redirect, location) => {
    expect(locationOf(redirect, asked)).toBe(location);
  });
});

test("headers are set, added and removed whatever the case of their names [GW-12]", () => {
  const set = [{ name: "X-Set", value: "new" }];
  const add = [{ name: "x-more", value: "2" }];
  expect(modified({ "x-set": "old", "X-More": "1", "X-Gone": "y" }, { set, add, remove: ["x-gone"] })).toEqual({
    "X-Set": "new",
    "X-More": "1,2",
  });
});

describe("origins [GW-14]", () => {
  const cors: Cors = { allowOrigins: ["https://*.bar.com", "http://foo.com:8080"], allowMethods: ["*"], maxAge: 7 };
  const allowed = (origin: string) => corsHeaders(cors, { origin }, false)["access-control-allow-origin"];

  test.each([
    ["https://www.bar.com", true],
    ["https://a.b.bar.com", true],
    ["https://bar.com", false],
    ["http://www.bar.com", false],
    ["https://www.bar.com:443", true],
    ["http://foo.com:8080", true],
    ["http://foo.com", false],
  ])("%s is let in: %s", (origin, isIn) => {
    expect(allowed(origin)).toBe(isIn ? origin : undefined);
  });

  test("a preflight learns that its method is allowed, and for how long", () => {
    const asked = { origin: "https://www.bar.com", "access-control-request-method": "PUT" };
    expect(corsHeaders(cors, asked, true)).toEqual({
      "access-control-allow-origin": "https://www.bar.com",
      "access-control-allow-methods": "PUT",
      "access-control-max-age": "7",
    });
  });
});

test("shares come out even, and a weight of 0 gets none [GW-15]", () => {
  const turns = new Turns();
  const shares = [{ weight: 70 }, { weight: 30 }, { weight: 0 }];
  const counts = [0, 0, 0];
  for (let i = 0; i < 100; i++)
    counts[turns.next("all", shares) ?? 9] = (counts[turns.next("x", shares) ?? 9] ?? 0) + 1;
  expect(counts).toEqual([70, 30, 0]);
  expect(turns.next("none", [{ weight: 0 }])).toBeUndefined();
});

test("durations are read [GW-16]", () => {
  expect(["500ms", "1m30s", "0s", undefined].map((each) => millisecondsOf(each))).toEqual([500, 90_000, 0, 0]);
});

test("a certificate tells the names that it is for [GW-5]", () => {
  const text = readFileSync(new URL("../conformance/gateway/base.yaml", import.meta.url), "utf8");
  const secrets = [...text.matchAll(/tls\.crt: (\S+)/g)].map(([, base64 = ""]) => atob(base64));
  expect(secrets.map(namesOfCertificate)).toEqual([["*", "*.org", "*.wildcard.org"], ["*"]]);
  expect(namesOfCertificate("Hello world")).toBeUndefined();
  expect(namesOfCertificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")).toBeUndefined();
});

test("the kinds are those of the standard channel [GW-1]", () => {
  expect(
    definitions()
      .map(({ name }) => name.replace(/\..*/, ""))
      .sort(),
  ).toEqual(
    "backendtlspolicies gatewayclasses gateways grpcroutes httproutes listenersets referencegrants tcproutes tlsroutes udproutes".split(
      " ",
    ),
  );
});
