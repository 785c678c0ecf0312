// What changed in the cluster, for those who cannot see it.
import { plural, spoken } from "../language.ts";

export const EN = {
  label: "Cluster changes",
  more: (n: number) => `And ${plural(n, { one: "# more change", other: "# more changes" })}.`,
  gone: (name: string) => `Pod ${name} is gone.`,
  pod: (name: string, state: string) => `Pod ${name} is ${state}.`,
  node: (name: string, state: string) => `Node ${name} is ${state}.`,
  service: (name: string, has: string) => `Service ${name} has ${has}.`,
  ready: (n: number, of: number) => `${n} ready of ${of} ${plural(of, { one: "endpoint", other: "endpoints" })}`,
};

export const W = spoken("news", EN);
