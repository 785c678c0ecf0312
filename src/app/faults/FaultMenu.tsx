// The menu of faults: what is broken now with a way back, and what can be broken here.
import { Undo2 } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { type ActiveFault, describeFault, splitKey } from "../../cluster/index.ts";
import { W } from "../../words/en/faults.ts";
import { faultWords } from "../store/fault-words.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { loadShell } from "../store/run.ts";
import type { Breakable, Breaking } from "../store/state.ts";
import { Amount, Link, PodNetwork } from "./forms.tsx";
import { isActive, type Offer, offersFor, otherPort, slowness } from "./offers.ts";
import { workloadOfPod, workloadsIn } from "./subjects.ts";
import "./faults.css";

/** Open as long as it is rendered. */
export function FaultMenu({ what: breaking }: { readonly what: Breaking }) {
  const playground = usePlayground();
  const menu = useRef<HTMLDivElement>(null);
  const { what, beside } = breaking;
  useLayoutEffect(() => {
    const element = menu.current;
    if (element === null) return;
    element.showPopover();
    // Below its button and scrolling, where that leaves enough to read; else wherever it fits.
    const below = window.innerHeight - beside.bottom - 14;
    if (below > 360) element.style.maxHeight = `${below}px`;
    const place = () => {
      const { width, height } = element.getBoundingClientRect();
      element.style.left = `${Math.max(8, Math.min(beside.left - 8, window.innerWidth - width - 8))}px`;
      element.style.top = `${Math.max(8, Math.min(beside.bottom + 6, window.innerHeight - height - 8))}px`;
    };
    place();
    element.querySelector<HTMLElement>("button, input, select")?.focus();
    const grown = new ResizeObserver(place);
    grown.observe(element);
    return () => grown.disconnect();
  }, [beside]);
  return (
    <div
      ref={menu}
      popover="auto"
      className="popover fault-menu"
      role="dialog"
      aria-label={what.kind === "cluster" ? W.faults : W.break(nameOf(what))}
      onToggle={(event) => event.newState === "closed" && playground.setBreaking(undefined)}
    >
      {what.kind === "cluster" && <Active />}
      <h2>{what.kind === "cluster" ? W.something : W.break(nameOf(what))}</h2>
      <Offers what={what} />
      {what.kind === "node" && <NodeMore node={what.name} />}
      {what.kind === "client" && <Link from={what.name} />}
      {what.kind === "pod" && <PodMore podKey={what.key} />}
      {what.kind === "cluster" && <ClusterMore />}
    </div>
  );
}

function nameOf(what: Breakable): string {
  if (what.kind === "pod") return W.pod(splitKey(what.key).name);
  return what.kind === "cluster" ? W.theCluster : what.name;
}

/** All that is broken now, each with the way back. */
function Active() {
  const playground = usePlayground();
  const faults = useApp((state) => state.faults);
  const undo = ({ id }: ActiveFault) => playground.run({ kind: "restore", id });
  return (
    <section className="fault-active" aria-label={W.broken}>
      <h2>{faults.length === 0 ? W.nothing : W.broken}</h2>
      <ul>
        {faults.map((each) => (
          <li key={each.id}>
            <span>{describeFault(each.fault)}</span>
            <button
              type="button"
              className="button"
              aria-label={W.undoOf(faultWords(each.id).made)}
              onClick={() => undo(each)}
            >
              <Undo2 size={13} aria-hidden="true" /> {W.undo}
            </button>
          </li>
        ))}
      </ul>
      {faults.length > 1 && (
        <button type="button" className="button" onClick={() => faults.forEach(undo)}>
          {W.undoAll}
        </button>
      )}
    </section>
  );
}

function Offers({ what }: { readonly what: Breakable }) {
  const nodes = useApp((state) => state.world.settings.nodes).map(({ name }) => name);
  const clients = useApp((state) => state.world.settings.clients).map(({ name }) => name);
  return (
    <ul className="fault-offers">
      {offersFor(what, nodes, clients).map((offer) => (
        <li key={offer.title}>
          <Switch offer={offer} />
        </li>
      ))}
    </ul>
  );
}

function Switch({ offer }: { readonly offer: Offer }) {
  const playground = usePlayground();
  const active = useApp((state) => isActive(state.faults, offer.fault));
  const id = useApp((state) => state.faults.find((each) => isActive([each], offer.fault))?.id);
  return (
    <button
      type="button"
      className="fault-switch"
      aria-pressed={active}
      onClick={() => playground.run(id === undefined ? { kind: "fail", fault: offer.fault } : { kind: "restore", id })}
    >
      <b>{offer.title}</b>
      <span className="quiet">{offer.note}</span>
    </button>
  );
}

/** Runs a console command; the console is loaded when it was not open yet. */
function Command({ line, children }: { readonly line: string; readonly children: ReactNode }) {
  const playground = usePlayground();
  const run = async () => {
    const createShell = await loadShell();
    const { run } = playground.store.getState();
    if (run.transcript.busy) {
      playground.notify("info", W.busy);
      return;
    }
    run.attachShell(createShell);
    playground.run({ kind: "shell", line });
    playground.notify("info", line);
  };
  return (
    <button type="button" className="fault-switch" title={line} onClick={() => void playground.attempt(run)}>
      {children}
    </button>
  );
}

function NodeMore({ node }: { readonly node: string }) {
  return (
    <>
      <Command line={`kubectl drain ${node} --ignore-daemonsets --delete-emptydir-data --force`}>
        <b>{W.drain}</b>
        <span className="quiet">{W.drainNote}</span>
      </Command>
      <Link from={node} />
    </>
  );
}

function PodMore({ podKey }: { readonly podKey: string }) {
  const playground = usePlayground();
  const pod = useApp((state) => state.objects.get("pods")?.get(podKey));
  const { namespace = "default", name } = splitKey(podKey);
  const workload = workloadOfPod(pod, { resource: "pods", namespace, name });
  return (
    <>
      <button
        type="button"
        className="fault-switch"
        onClick={() => playground.run({ kind: "crash-container", namespace, name })}
      >
        <b>{W.crash}</b>
        <span className="quiet">{W.crashNote}</span>
      </button>
      <Amount offer={otherPort(namespace, name)} />
      <h3>{workload.resource === "pods" ? W.thisPod : W.allPods(workload.name)}</h3>
      {slowness(workload).map((offer) => (
        <Amount key={offer.title} offer={offer} />
      ))}
    </>
  );
}

function ClusterMore() {
  const objects = useApp((state) => state.objects);
  return (
    <>
      <PodNetwork />
      <Link from="laptop" />
      {workloadsIn(objects).map((workload) => (
        <section key={`${workload.resource} ${workload.namespace} ${workload.name}`}>
          <h3>{W.podsOf(workload.name)}</h3>
          {slowness(workload).map((offer) => (
            <Amount key={offer.title} offer={offer} />
          ))}
        </section>
      ))}
      <p className="quiet fault-hint">{W.more}</p>
    </>
  );
}
