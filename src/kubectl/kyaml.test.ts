import { expect, test } from "vitest";
import { toKyaml } from "./kyaml.ts";

// kubectl/get-svc-go-template-and-kyaml.transcript; folded texts as sigs.k8s.io/yaml/kyaml documents them
test("[KYAML-1] maps and lists in flow style, lists of maps cuddled, texts quoted", () => {
  const value = {
    metadata: { name: "shop", annotations: { "a/b": "one\n  two\n", yes: "x" } },
    spec: { clusterIPs: ["10.96.48.10"], ports: [{ port: 80 }, { port: 81 }], none: [], empty: {} },
  };
  expect(toKyaml(value)).toBe(`---
{
  metadata: {
    annotations: {
      a/b: "\\
         one\\n\\
        \\  two\\n\\
        ",
      "yes": "x",
    },
    name: "shop",
  },
  spec: {
    clusterIPs: [
      "10.96.48.10",
    ],
    empty: {},
    none: [],
    ports: [{
      port: 80,
    }, {
      port: 81,
    }],
  },
}
`);
});
