// The panel in which a visitor chooses who sends, what to, and how often.
import { useEffect, useId } from "react";
import type { Place } from "../../cluster/index.ts";
import { W } from "../../words/en/request.ts";
import { isSystem } from "../store/derive.ts";
import { useApp, useObjects, usePlayground } from "../store/react.ts";
import { currentRequest, podPlace, wanted } from "../store/request.ts";
import type { Target } from "../store/run.ts";
import { readTarget, type TargetChoice, targetChoices, textOf } from "../store/targets.ts";
import { Marked } from "../ui/Marked.tsx";
import { sendRequest, startTraffic } from "./send.ts";

/** @param onShown - told when the form stands in the page, and so has its size. */
export function RequestForm({ onShown }: { readonly onShown: () => void }) {
  useEffect(onShown, [onShown]);
  const playground = usePlayground();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        sendRequest(playground, currentRequest(playground.store.getState()).from);
      }}
    >
      <h2>{W.request}</h2>
      <From />
      <To />
      <div className="request-buttons">
        <button type="submit" className="button primary">
          {W.sendOnce}
        </button>
        <PredictSwitch />
      </div>
      <Rate />
    </form>
  );
}

function PredictSwitch() {
  const playground = usePlayground();
  const predict = useApp((state) => state.view.predict === true);
  return (
    <label className="request-keep" title={W.predictTitle}>
      <input
        type="checkbox"
        checked={predict}
        onChange={({ target }) => playground.setView({ predict: target.checked })}
      />
      {W.predict}
    </label>
  );
}

function From() {
  const playground = usePlayground();
  const id = useId();
  const pods = useObjects("pods");
  const from = useApp((state) => JSON.stringify(currentRequest(state).from));
  const clients = useApp((state) => state.world.settings.clients);
  const nodes = useApp((state) => state.world.settings.nodes);
  const names = [...pods.values()].filter((pod) => !isSystem(pod) && pod.status?.podIP !== undefined).slice(0, 60);
  return (
    <div className="field">
      <label htmlFor={id}>{W.from}</label>
      <select id={id} value={from} onChange={(event) => playground.setDraft({ from: placeFrom(event.target.value) })}>
        {clients.map((client) => (
          <option key={client.name} value={JSON.stringify({ kind: "client", name: client.name })}>
            {client.name} · {client.address}
          </option>
        ))}
        {nodes.map((node) => (
          <option key={node.name} value={JSON.stringify({ kind: "node", name: node.name })}>
            {W.node(node.name, node.address)}
          </option>
        ))}
        {names.map((pod) => (
          <option key={pod.metadata.uid} value={JSON.stringify(podPlace(pod))}>
            {W.pod(pod.metadata.name)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Reads a place back from the option it was written into by `From`. */
function placeFrom(text: string): Place {
  return JSON.parse(text) as Place; // written by JSON.stringify of a Place a few lines above
}

function To() {
  const playground = usePlayground();
  const id = useId();
  const objects = useApp((state) => state.objects);
  const system = useApp((state) => state.view.system);
  useApp((state) => JSON.stringify(currentRequest(state).target)); // drawn again when it changes
  const { target } = currentRequest(playground.store.getState());
  const choices = targetChoices(objects, system);
  const groups = [...new Set(choices.map((choice) => choice.group))];
  return (
    <div className="field">
      <label htmlFor={id}>{W.to}</label>
      <select
        id={id}
        className="mono"
        value={target === undefined ? "" : textOf(target)}
        onChange={(event) => {
          const choice = choices.find((each) => textOf(each) === event.target.value);
          playground.setDraft({ target: choice && wanted(objects, choice, false) });
        }}
      >
        {target !== undefined && !choices.some((choice) => textOf(choice) === textOf(target)) && (
          <option value={textOf(target)}>{textOf(target)}</option>
        )}
        {groups.map((group) => (
          <optgroup key={group} label={W.groups[group]}>
            {choices
              .filter((choice) => choice.group === group)
              .map((choice) => (
                <Choice key={`${choice.owner} ${textOf(choice)}`} choice={choice} />
              ))}
          </optgroup>
        ))}
      </select>
      <Other target={target} />
    </div>
  );
}

function Choice({ choice }: { choice: TargetChoice }) {
  return (
    <option value={textOf(choice)}>
      {textOf(choice)} · {choice.owner}
    </option>
  );
}

/** Any other address, typed. */
function Other({ target }: { target: Target | undefined }) {
  const playground = usePlayground();
  const take = (text: string) => {
    const read = readTarget(text);
    if (read === undefined || (target !== undefined && text === textOf(target))) return;
    playground.setDraft({ target: wanted(playground.store.getState().objects, read, true) });
  };
  return (
    <input
      key={target === undefined ? "" : textOf(target)}
      aria-label={W.other}
      title={W.otherTitle}
      className="mono"
      spellCheck={false}
      defaultValue={target === undefined ? "" : textOf(target)}
      onBlur={(event) => take(event.target.value)}
      onKeyDown={(event) => event.key === "Enter" && take(event.currentTarget.value)}
    />
  );
}

function Rate() {
  const playground = usePlayground();
  const id = useId();
  const { rate, keepAlive } = useApp((state) => state.draft);
  const traffic = useApp((state) => state.traffic);
  return (
    <div className="field request-rate">
      <label htmlFor={id}>
        <Marked as="b" text={W.continuous(rate)} />
      </label>
      <input
        id={id}
        type="range"
        min={1}
        max={20}
        value={rate}
        onChange={(event) => playground.setDraft({ rate: Number(event.target.value) })}
      />
      <label className="request-keep" title={W.keepTitle}>
        <input
          type="checkbox"
          checked={keepAlive}
          onChange={(event) => playground.setDraft({ keepAlive: event.target.checked })}
        />
        {W.keep}
      </label>
      <div className="request-buttons">
        <button
          type="button"
          className="button"
          onClick={() => startTraffic(playground, currentRequest(playground.store.getState()).from)}
        >
          {W.startTraffic}
        </button>
        {traffic.length > 0 && (
          <button type="button" className="button" onClick={() => playground.run({ kind: "stop-traffic" })}>
            {W.stopTraffic}
          </button>
        )}
      </div>
    </div>
  );
}
