// The address that asks for the options of an embed.
import { DEFAULT_OPTIONS, type EmbedOptions } from "./options.ts";

/** The query that asks for these options; defaults are left out. */
export function formatOptions(options: EmbedOptions): string {
  const query = new URLSearchParams();
  if (options.scenario !== undefined) query.set("scenario", options.scenario);
  if (options.view !== DEFAULT_OPTIONS.view) query.set("view", options.view);
  if (options.step !== undefined) query.set("step", String(options.step));
  if (options.at !== undefined) query.set("at", String(options.at));
  if (options.theme !== DEFAULT_OPTIONS.theme) query.set("theme", options.theme);
  if (!options.controls) query.set("controls", "0");
  if (!options.autoplay) query.set("autoplay", "0");
  if (options.readonly) query.set("readonly", "1");
  if (options.present) query.set("present", "1");
  if (options.predict) query.set("predict", "1");
  const rest = query.toString();
  return rest === "" ? "?embed" : `?embed&${rest}`;
}
