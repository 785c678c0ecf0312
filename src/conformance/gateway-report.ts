// The outcome of the Gateway API's cases as upstream writes it: a ConformanceReport.
import { EXTENDED } from "../gateway/index.ts";
import { toYaml } from "../manifest/index.ts";
import type { GatewayResult } from "./gateway.ts";

/** Extended features of Gateway and HTTPRoute in the release. */
// Models gateway-api/pkg/features
const UNSUPPORTED = [
  "GatewayBackendClientCertificate",
  "GatewayFrontendClientCertificateValidation",
  "GatewayFrontendClientCertificateValidationInsecureFallback",
  "GatewayStaticAddresses",
  "HTTPRouteBackendProtocolH2C",
  "HTTPRouteBackendProtocolWebSocket",
  "ListenerSet",
];

/** The report in YAML; upstream's statistics count tests. @param date - as RFC 3339. */
// Models gateway-api/conformance/apis/v1 ConformanceReport
export function gatewayReport(results: readonly GatewayResult[], date: string): string {
  const counted = results.filter(({ isProvisional }) => !isProvisional);
  const core = counted.filter(({ feature }) => feature === "");
  const extended = counted.filter(({ feature }) => feature !== "");
  const provisional = results.filter(({ isProvisional, equal }) => isProvisional && equal);
  const title = (part: readonly GatewayResult[]) => (part.every(({ equal }) => equal) ? "succeeded" : "failed");
  return toYaml({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "ConformanceReport",
    date,
    gatewayAPIChannel: "standard",
    gatewayAPIVersion: "v1.6.1",
    implementation: {
      contact: ["https://podpath.dev"],
      organization: "podpath",
      project: "podpath",
      url: "https://podpath.dev",
      version: "v0.1.0",
    },
    mode: "default",
    profiles: [
      {
        core: outcome(core),
        extended: { ...outcome(extended), supportedFeatures: [...EXTENDED], unsupportedFeatures: UNSUPPORTED },
        name: "GATEWAY-HTTP",
        summary: `Core tests ${title(core)}. Extended tests ${title(extended)}.`,
      },
    ],
    succeededProvisionalTests: provisional.map(({ name }) => testName(name)),
  });
}

function outcome(results: readonly GatewayResult[]): object {
  const failed = results.filter(({ equal }) => !equal);
  return {
    result: failed.length === 0 ? "success" : "failure",
    statistics: { Failed: failed.length, Passed: results.length - failed.length, Skipped: 0 },
    ...(failed.length === 0 ? {} : { failedTests: failed.map(({ name }) => testName(name)) }),
  };
}

/** `gateway/httproute-weight` → `HTTPRouteWeight`, as upstream's short names are built. */
function testName(name: string): string {
  const words = name.replace(/^.*\//, "").split("-");
  return words.map((word) => KNOWN.get(word) ?? `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("");
}

const KNOWN: ReadonlyMap<string, string> = new Map([
  ["httproute", "HTTPRoute"],
  ["gatewayclass", "GatewayClass"],
  ["http", "HTTP"],
  ["https", "HTTPS"],
  ["url", "URL"],
  ["cors", "CORS"],
]);
