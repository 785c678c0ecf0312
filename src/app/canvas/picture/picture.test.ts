// Pictures in files: drawn without a browser, well-formed whatever the text holds, and the same as the page's.
import { describe, expect, test } from "vitest";
import { EXAMPLES } from "../../examples/index.ts";
import { type Making, makePicture } from "./made.ts";
import { coloursOf } from "./markup.ts";

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
      nodePort: 30080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx
          ports:
            - containerPort: 8080
`;

const MAKING: Making = {
  text: SERVICE,
  settings: {},
  theme: "light",
  room: { width: 1280, height: 820 },
  title: "A & B",
  at: 6_000,
  send: undefined,
};

async function drawn(making: Partial<Making> = {}): Promise<string> {
  const made = await makePicture({ ...MAKING, ...making });
  return "svg" in made ? made.svg : expect.fail(JSON.stringify(made.problem));
}

/** Why a document is not well-formed XML of elements, attributes in quotes and text; undefined when it is. */
function malformed(xml: string): string | undefined {
  const open: string[] = [];
  const token = /<(\/?)([\w:]+)((?: [\w:-]+="[^"<]*")*)(\/?)>|([^<]+)|(.)/gs;
  for (const [all, close, name = "", , alone, text] of xml.matchAll(token)) {
    if (text !== undefined) {
      if (/&(?!amp;|lt;|gt;|quot;)/.test(text)) return `a bare & in ${text}`;
    } else if (name === "") return `a stray ${all}`;
    else if (close === "/") {
      if (open.pop() !== name) return `</${name}> closes another`;
    } else if (alone !== "/") open.push(name);
  }
  return open.length === 0 ? undefined : `<${open.at(-1)}> is not closed`;
}

describe("pictures in files", () => {
  test("[EXPORT-1] what the page shows of a Service is in it: addresses, ports, endpoints, pods", async () => {
    const svg = await drawn();
    expect(malformed(svg)).toBeUndefined();
    expect(svg).toContain("<title>A &amp; B</title>");
    for (const words of [
      "192.168.1.10",
      "192.168.1.11",
      ":30080",
      ">NodePort<",
      "10.244.1.",
      "node-3",
      "Deployment",
      ">3/3<",
    ])
      expect(svg).toContain(words);
    expect(svg.match(/stroke="#15803d"/g)).toHaveLength(3); // a line to each ready endpoint
    expect(await drawn()).toBe(svg);
  });

  test("[EXPORT-1] cards say what they say on the page", async () => {
    const text = `apiVersion: v1
kind: Service
metadata: {name: headless}
spec: {clusterIP: None, selector: {app: none}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: door}
spec: {ingressClassName: none, defaultBackend: {service: {name: headless, port: {number: 80}}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gate}
spec: {gatewayClassName: none, listeners: [{name: http, port: 80, protocol: HTTP}]}
`;
    const svg = await drawn({ text, settings: { gateway: true } });
    expect(svg).toContain(">none: no such name<");
    expect(svg.match(/>no address</g)).toHaveLength(2);
  });

  test("[EXPORT-2] the route of a request is drawn with its stops numbered, and told", async () => {
    const svg = await drawn({ send: { from: "laptop", to: undefined } });
    expect(malformed(svg)).toBeUndefined();
    expect(svg).toMatch(/<desc>1\. .* 2\. /);
    expect(svg).toMatch(/to {3}192\.168\.1\.\d+:30080/);
    expect(svg).toContain(">✓<");
    const refused = await drawn({ send: { from: "phone", to: "192.168.1.12:30081" } });
    expect(refused).toContain(">✕<");
  });

  test("[EXPORT-1] both themes have the colours of the page", async () => {
    expect(coloursOf("light")("request")).toBe("#1d5fe0");
    expect(coloursOf("dark")("request")).toBe("#3b7bf5");
    expect(() => coloursOf("light")("nothing")).toThrow("no colour nothing");
    const [light, dark] = [await drawn(), await drawn({ theme: "dark" })];
    expect(dark).not.toContain(coloursOf("light")("ground"));
    expect(dark.replaceAll(/#[0-9a-f]{6}/g, "")).toBe(light.replaceAll(/#[0-9a-f]{6}/g, ""));
  });

  test("[EXPORT-1] every example can be drawn, in a wide room and in a narrow one", async () => {
    for (const { load, settings } of EXAMPLES) {
      const text = await load();
      for (const room of [MAKING.room, { width: 420, height: 700 }])
        expect(malformed(await drawn({ text, settings, room }))).toBeUndefined();
    }
  });

  test("[EXPORT-3] what can't be drawn says where and why", async () => {
    const problem = async (making: Partial<Making>) => {
      const made = await makePicture({ ...MAKING, ...making });
      return "problem" in made ? made.problem : undefined;
    };
    const wrong = "kind: Servise\napiVersion: v1\nmetadata:\n  name: a";
    expect(await problem({ text: wrong })).toEqual({
      kind: "refused",
      documents: [expect.stringMatching(/^1: .*no matches for kind "Servise"/)],
    });
    const send = (from: string, to?: string) => problem({ send: { from, to } });
    expect(await send("tv")).toEqual({ kind: "sender", from: "tv", known: ["laptop", "phone"] });
    expect(await send("laptop", "http://")).toEqual({ kind: "target", to: "http://" });
  });
});
