// Chooses the options of an embed and shows its code.
import { useState } from "react";
import { W } from "../../words/en/embed-dialog.ts";
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
const VIEW_WORDS = { canvas: W.picture, editor: "YAML", console: W.console, split: W.split } as const;

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
  const title = scenario.title ?? W.frameTitle;
  const isMore = scenario.log.length > 0 || Object.keys(scenario.settings).length > 0;
  const parts = { page, query, fragment: fragment ?? "", title, height, text: scenario.text, isMore };
  const code = fragment === undefined ? "" : form === "yaml" ? elementCode(parts) : frameCode(parts);
  return (
    <Dialog title={W.embed} onClose={onClose}>
      <p>{W.intro}</p>
      <div className="form-grid">
        <label className="field">
          {W.codeWith}
          <select value={form} onChange={({ target }) => setForm(target.value === "yaml" ? "yaml" : "frame")}>
            <option value="yaml">{W.withYaml}</option>
            <option value="frame">{W.withFrame}</option>
          </select>
        </label>
        <label className="field">
          {W.begins}
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
          {W.theme}
          <select
            value={options.theme}
            onChange={({ target }) => set({ theme: THEMES.find((each) => each === target.value) ?? "auto" })}
          >
            {THEMES.map((theme) => (
              <option key={theme} value={theme}>
                {theme !== "auto" ? W.themes[theme] : form === "yaml" ? W.around : W.system}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {W.height}
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
        <Choice text={W.controls} checked={options.controls} onChange={(controls) => set({ controls })} />
        <Choice text={W.autoplay} checked={options.autoplay} onChange={(autoplay) => set({ autoplay })} />
        <Choice text={W.readonly} checked={options.readonly} onChange={(readonly) => set({ readonly })} />
        <Choice text={W.predict} checked={options.predict} onChange={(predict) => set({ predict })} />
        {only !== undefined && <Choice text={W.only} checked={narrowed} onChange={setNarrowed} />}
      </div>
      <CopyField label={W.code} text={code} rows={7} />
      {fragment !== undefined && (
        <p>
          <a href={`${page}${query}#${fragment}`} target="_blank" rel="noreferrer">
            {W.preview}
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
