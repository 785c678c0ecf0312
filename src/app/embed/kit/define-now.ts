// The entry `podpath/element`: importing it defines `<pod-path>`.
import { define } from "./define.ts";

export { define } from "./define.ts";
export { PodPath } from "./element.ts";

define();
