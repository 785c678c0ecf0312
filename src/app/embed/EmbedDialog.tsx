// Chooses the options of an embed and shows its code.
import { useState } from "react";
import { usePlayground } from "../store/react.ts";
import { setOnly } from "../store/show-only.ts";
import { CopyField } from "../ui/CopyField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { pageAddress } from "../ui/link.ts";
import { useFragment } from "../ui/useFragment.ts";
import { formatOptions } from "./format.ts";
import { elementCode, frameCode } from "./frame.ts";
import { DEFAULT_OPTIONS, EMBED_VIEWS, type EmbedOptions, THEMES } from "./options.ts";

type CodeForm = "yaml" | "frame";

const DEFAULT_HEIGHT = 480;
const VIEW_WORDS = { canvas: "Picture", editor: "YAML", console: "Console", split: "YAML and picture" } as const;

export function EmbedDialog({ onClose }: { readonly onClose: () => void }) {
  const playground = usePlayground();
  const [options, setOptions] = useState<EmbedOptions>(DEFAULT_OPTIONS);
  const [height, setHeight] = useState(DEFAULT_HEIGHT);
  const [scenario] = useState(() => playground.scenarioOf());
  const [{ only }] = useState(() => playground.store.getState().view);
  const [narrowed, setNarrowed] = useState(true);
  const [form, setForm] = useState<CodeForm>("yaml");
  const fragment = useFragment(scenario);
  const set = (change: Partial<EmbedOptions>) => setOptions({ ...options, ...change });
  const shown = setOnly(new URLSearchParams(), only).toString();
  const query = `${formatOptions(options)}${narrowed && shown !== "" ? `&${shown}` : ""}`;
  const page = pageAddress();
  const title = scenario.title ?? "Podpath: a Kubernetes Service, simulated";
  const isMore = scenario.log.length > 0 || Object.keys(scenario.settings).length > 0;
  const parts = { page, query, fragment: fragment ?? "", title, height, text: scenario.text, isMore };
  const code = fragment === undefined ? "" : form === "yaml" ? elementCode(parts) : frameCode(parts);
  return (
    <Dialog title="Embed" onClose={onClose}>
      <p>
        Paste this code into any page. It needs no account, no storage, and no server other than the one that hosts it.
      </p>
      <div className="form-grid">
        <label className="field">
          Code with
          <select value={form} onChange={({ target }) => setForm(target.value === "yaml" ? "yaml" : "frame")}>
            <option value="yaml">the YAML in the page, and a script</option>
            <option value="frame">a frame, without a script</option>
          </select>
        </label>
        <label className="field">
          Begins with
          <select
            value={options.view}
            onChange={({ target }) => set({ view: EMBED_VIEWS.find((each) => each === target.value) ?? "canvas" })}
          >
            {EMBED_VIEWS.map((view) => (
              <option key={view} value={view}>
                {VIEW_WORDS[view]}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          Theme
          <select
            value={options.theme}
            onChange={({ target }) => set({ theme: THEMES.find((each) => each === target.value) ?? "auto" })}
          >
            {THEMES.map((theme) => (
              <option key={theme} value={theme}>
                {theme !== "auto" ? theme : form === "yaml" ? "that of the page around" : "the reader's system setting"}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          Height in pixels
          <input
            type="number"
            min={200}
            max={2000}
            step={20}
            value={height}
            onChange={({ target }) => setHeight(Math.min(Math.max(Math.round(target.valueAsNumber) || 0, 0), 4000))}
          />
        </label>
      </div>
      <div className="choices">
        <Choice text="Show controls" checked={options.controls} onChange={(controls) => set({ controls })} />
        <Choice
          text="Start when it comes into view"
          checked={options.autoplay}
          onChange={(autoplay) => set({ autoplay })}
        />
        <Choice text="Make the YAML read-only" checked={options.readonly} onChange={(readonly) => set({ readonly })} />
        <Choice
          text="Ask where a packet goes before it moves"
          checked={options.predict}
          onChange={(predict) => set({ predict })}
        />
        {only !== undefined && (
          <Choice text="Show only what the picture shows now" checked={narrowed} onChange={setNarrowed} />
        )}
      </div>
      <CopyField label="Code" text={code} rows={7} />
      {fragment !== undefined && (
        <p>
          <a href={`${page}${query}#${fragment}`} target="_blank" rel="noreferrer">
            Open the preview
          </a>
        </p>
      )}
    </Dialog>
  );
}

function Choice(props: {
  readonly text: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label>
      <input type="checkbox" checked={props.checked} onChange={({ target }) => props.onChange(target.checked)} />
      {props.text}
    </label>
  );
}
