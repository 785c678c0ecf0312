// What is taken along from "Share": the picture as a file, and the scenario for a real cluster.
import { Download } from "lucide-react";
import { useState } from "react";
import type { Service } from "../cluster/index.ts";
import { W } from "../words/en/exports.ts";
import { isSystem } from "./store/derive.ts";
import { explainFailure, loadPart, PartError } from "./store/parts.ts";
import type { Playground } from "./store/playground.ts";
import { usePlayground } from "./store/react.ts";
import { download } from "./ui/download.ts";

/** How much larger than its own measure a picture of points is. */
const SHARPNESS = 2;
const [SVG, PNG, SCRIPT] = ["podpath.svg", "podpath.png", "podpath-real-cluster.sh"] as const;
/** Where no picture is on the page. */
const ROOM = { width: 1280, height: 820 };

export function Exports() {
  const playground = usePlayground();
  const [said, setSaid] = useState<{ readonly failed: boolean; readonly text: string }>();
  const take = async (name: string, work: () => Promise<void>) => {
    setSaid(undefined);
    try {
      await work();
      setSaid({ failed: false, text: W.saved(name) });
    } catch (error) {
      const text = error instanceof PartError ? `${error.message} ${(await explainFailure(error)).text}` : W.failed;
      setSaid({ failed: true, text });
    }
  };
  const svg = async () => download(SVG, "image/svg+xml", await picture(playground));
  const png = async () => download(PNG, "image/png", await pointsOf(await picture(playground)));
  return (
    <fieldset className="choices">
      <legend>{W.group}</legend>
      <div className="dialog-row">
        <button type="button" className="button" onClick={() => void take(SVG, svg)}>
          <Download size={14} aria-hidden="true" />
          {W.svg}
        </button>
        <button type="button" className="button" onClick={() => void take(PNG, png)}>
          <Download size={14} aria-hidden="true" />
          {W.png}
        </button>
        <button
          type="button"
          className="button"
          title={W.realNote}
          onClick={() => void take(SCRIPT, () => script(playground))}
        >
          <Download size={14} aria-hidden="true" />
          {W.real}
        </button>
      </div>
      {said !== undefined && (
        <p className={said.failed ? "warning" : "quiet"} role={said.failed ? "alert" : "status"}>
          {said.text}
        </p>
      )}
    </fieldset>
  );
}

/** What the picture shows now, in the theme that is shown. */
async function picture(playground: Playground): Promise<string> {
  const { pictureOf } = await loadPart(W.drawing, () => import("./canvas/picture/made.ts"));
  const state = playground.store.getState();
  const box = document.querySelector(".canvas")?.getBoundingClientRect();
  const chosen = document.documentElement.dataset.theme;
  const isDark = chosen === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
  return pictureOf(state, {
    theme: isDark ? "dark" : "light",
    room: box === undefined || box.width === 0 ? ROOM : { width: box.width, height: box.height },
    exchange: state.route,
    title: playground.scenarioOf().title ?? W.title,
  });
}

/** An SVG as PNG. @throws Error where the browser can't draw it */
async function pointsOf(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SHARPNESS;
  canvas.height = image.naturalHeight * SHARPNESS;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("the browser made no PNG");
  return new Uint8Array(await blob.arrayBuffer());
}

async function script(playground: Playground): Promise<void> {
  const { realCluster } = await loadPart(W.real, () => import("./realCluster.ts"));
  const { objects, run } = playground.store.getState();
  const services = [...((objects.get("services")?.values() ?? []) as Iterable<Service>)]; // each resource holds its own kind
  const text = realCluster({
    text: run.scenario("text").text,
    services: services.filter((each) => !isSystem(each)),
    nodes: objects.get("nodes")?.size ?? 1,
    hasIngress: (objects.get("ingresses.networking.k8s.io")?.size ?? 0) > 0,
  });
  download(SCRIPT, "text/x-shellscript", text);
}
