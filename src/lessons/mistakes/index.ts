// The generator of healthy clusters and of mistakes in them: what the checker of explanations and the daily lesson share.
export { type Chance, chanceOf } from "./chance.ts";
export { healthyWorld } from "./healthy.ts";
export { KINDS } from "./kinds/index.ts";
export type { Mistake, Planted } from "./mistake.ts";
export {
  type App,
  type Ask,
  draftOf,
  type Fields,
  type Host,
  type Manifest,
  type Sender,
  type World,
} from "./world.ts";
