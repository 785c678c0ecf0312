// Lines of the text and what is pointed at in the rest of the page, both ways. On the real engine.
import { expect, test } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { Playground } from "../store/playground.ts";
import { createRun } from "../store/run.ts";
import { EditedText } from "./edited.ts";
import { EditorLinks } from "./links.ts";
import { hostOf } from "./playgroundHost.ts";

const TEXT = `# A shop.
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector:
    app: shop
    tier: front
  ports:
    - name: http
      port: 80
    - name: admin
      port: 9000
      targetPort: 9001
---
apiVersion: v1
kind: Service
metadata: { name: other, namespace: kube-public }
spec:
  ports: [{ port: 80 }]
`;
const SHOP = { resource: "services", key: "default/shop" };

function open() {
  const playground = new Playground(createRun(newScenario(TEXT)), { request: () => 0, cancel: () => undefined });
  const edited = new EditedText({
    host: hostOf(playground),
    later: () => () => undefined,
  });
  const links = new EditorLinks(edited);
  edited.begin();
  links.begin();
  const revealed: number[] = [];
  edited.show({
    edit: () => undefined,
    replaceAll: () => undefined,
    scrollTo: () => undefined,
    reveal: (line) => revealed.push(line),
  });
  const light = (path: string, object = SHOP) => {
    playground.point({ by: "inspector", objects: [], fields: [{ ...object, path }] });
    return links.lit;
  };
  return { playground, links, light, revealed };
}

test("a field lights its line with all that is in it; one that is not written lights what is around it", () => {
  const { light } = open();
  expect(light("spec.ports[1].targetPort")).toEqual([{ first: 15, last: 15, as: "field" }]);
  expect(light("spec.selector")).toEqual([{ first: 7, last: 9, as: "field" }]);
  expect(light("spec.ports[0].nodePort")).toEqual([{ first: 11, last: 12, as: "field" }]);
  expect(light("spec.ports", { resource: "services", key: "default/gone" })).toEqual([]);
});

test("an object lights its document, unless the editor itself points at it", () => {
  const { playground, links } = open();
  playground.point({ by: "canvas", objects: [SHOP], fields: [] });
  expect(links.lit).toEqual([{ first: 2, last: 15, as: "object" }]);
  playground.point({ by: "editor", objects: [SHOP], fields: [] });
  expect(links.lit).toEqual([]);
});

test("a line points at its field, and leaving it ends only what the editor pointed at", () => {
  const { playground, links } = open();
  const lit = () => playground.store.getState().lit;
  links.pointAt(14, 8);
  expect(lit()?.fields).toEqual([{ ...SHOP, path: "spec.ports[1].port" }]);
  links.pointAt(1, 0);
  expect(lit()).toEqual({ by: "editor", objects: [{ ...SHOP, path: "" }], fields: [] });
  links.pointAt(21, 20);
  expect(lit()?.fields).toEqual([{ resource: "services", key: "kube-public/other", path: "spec.ports[0].port" }]);
  playground.point({ by: "canvas", objects: [SHOP], fields: [] });
  links.leave();
  expect(lit()?.by).toBe("canvas");
});

test("a field that is asked for is shown at its line; one of an object that is not in the text is reported", () => {
  const { playground, revealed } = open();
  playground.reveal({ ...SHOP, path: "spec.ports[1].port" });
  expect(revealed).toEqual([14]);
  playground.reveal({ resource: "services", key: "default/kubernetes", path: "spec.clusterIP" });
  expect(revealed).toEqual([14]);
  expect(playground.store.getState().notice?.text).toContain("default/kubernetes is not in the text");
});
