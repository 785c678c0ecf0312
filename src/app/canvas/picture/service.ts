// A Service's card in a file: its address, ports and endpoints.
import type { Service } from "../../../cluster/index.ts";
import { W } from "../../../words/en/canvas.ts";
import { endpointsOf, pendingAddress, slicesOf } from "../../store/derive.ts";
import { SERVICE } from "../metrics.ts";
import { isAlias, noneOf, serviceAddress } from "../nodes/cardWords.ts";
import type { PlacedService } from "../services.ts";
import { line } from "./markup.ts";
import { type Card, type Drawing, mark, rectangle } from "./parts.ts";

export const service: Card = (key, _box, drawing) => {
  const { state, scene, colour } = drawing;
  const placed = scene.services.get(key);
  const object = state.objects.get("services")?.get(key) as Service | undefined; // services are Services
  if (placed === undefined || object === undefined) return "";
  const { box, form, space } = placed;
  const endpoints = endpointsOf(slicesOf(state.objects, key));
  const ready = endpoints.filter((each) => each.state === "ready").length;
  const { name = "", namespace } = object.metadata;
  const [left, right] = [box.x + 10, box.x + box.width - 10];
  const count = (y: number) =>
    isAlias(object)
      ? ""
      : mark(ready === 0 ? "failed" : "ready", right - 14, y, colour) +
        line(String(ready), right, y, { fill: colour("ink"), anchor: "end" });
  const beside = namespace === "default" ? (object.spec?.type ?? "ClusterIP") : (namespace ?? "");
  const titleY = form === "row" ? box.y + box.height / 2 : box.y + SERVICE.padding + SERVICE.title / 2;
  const title =
    line(name, left, titleY, { size: 13, fill: colour("ink"), bold: true, room: box.width - 90 }) +
    (form === "row" ? count(titleY) : line(beside, right, titleY, { size: 11, fill: colour("ink-3"), anchor: "end" }));
  const outline =
    rectangle(box, { fill: colour("surface"), stroke: colour("port-line"), "stroke-dasharray": "4 3" }) +
    (space === undefined ? "" : line(space, box.x, box.y - 9, { size: 11, fill: colour("ink-3"), bold: true }));
  if (form === "row") return outline + title;
  const addressY = titleY + SERVICE.title / 2 + SERVICE.address / 2;
  const pending = pendingAddress(object, state.world.settings.cloud);
  const address =
    line(serviceAddress(object), left, addressY, { fill: colour("port"), mono: true, room: box.width - 40 }) +
    (form === "full" && pending !== undefined
      ? line("<pending>", right, addressY, { size: 11, fill: colour("ink-3"), anchor: "end" })
      : "");
  if (form !== "full") return outline + title + address + count(addressY);
  return outline + title + address + details(object, placed, { drawing, endpoints, count });
};

function details(
  object: Service,
  { box, listed }: PlacedService,
  of: { drawing: Drawing; endpoints: ReturnType<typeof endpointsOf>; count: (y: number) => string },
): string {
  const { drawing, endpoints, count } = of;
  const { colour } = drawing;
  const [left, right] = [box.x + 10, box.x + box.width - 10];
  let y = box.y + SERVICE.padding + SERVICE.title + SERVICE.address;
  const parts: string[] = [];
  for (const { port, targetPort, nodePort, protocol } of isAlias(object) ? [] : (object.spec?.ports ?? [])) {
    const middle = y + SERVICE.port / 2;
    const outer = nodePort === undefined || nodePort === 0 ? "" : `:${nodePort}`;
    const inner = `${targetPort ?? port}${protocol === undefined || protocol === "TCP" ? "" : ` ${protocol}`}`;
    const from = outer === "" ? left : left + 58;
    parts.push(
      line(outer, left, middle, { fill: colour("node-port"), mono: true }),
      line(String(port), from, middle, { fill: colour("port"), mono: true }),
      line("→", from + 8 * String(port).length + 4, middle, { fill: colour("ink-3") }),
      line(inner, from + 8 * String(port).length + 22, middle, { fill: colour("target-port"), mono: true }),
    );
    y += SERVICE.port;
  }
  const headY = y + SERVICE.head / 2;
  const head = isAlias(object) ? W.alias : W.endpoints;
  parts.push(line(head, left, headY, { size: 11, fill: colour("ink-3") }), isAlias(object) ? "" : count(headY));
  y += SERVICE.head;
  const rows = endpoints.slice(0, listed);
  for (const { address, state } of rows) {
    parts.push(
      mark(state, left + 5, y + 10, colour),
      line(address, left + 16, y + 10, { fill: colour("ink-2"), mono: true }),
    );
    y += SERVICE.endpoint;
  }
  const rest = endpoints.length - rows.length;
  const foot = endpoints.length === 0 ? noneOf(object) : rest > 0 ? W.more(rest) : "";
  parts.push(line(foot, left, y + 10, { fill: colour("ink-3"), room: right - left }));
  return parts.join("");
}
