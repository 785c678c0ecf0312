// The checks of a task, each met or with what is missing; what becomes met is announced.
import { Check, Circle } from "lucide-react";
import type { CheckState } from "../../lessons/index.ts";

export function Checks({ states }: { readonly states: readonly CheckState[] }) {
  const met = states.filter(({ isMet }) => isMet).length;
  return (
    <>
      <ul className="lesson-checks" aria-label="Checks">
        {states.map(({ isMet, missing }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they keep their places and have no other name
          <li key={at} data-met={isMet}>
            {isMet ? <Check size={15} aria-hidden="true" /> : <Circle size={15} aria-hidden="true" />}
            <span>{isMet ? "Met" : missing}</span>
          </li>
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {met === 0 ? "" : met === states.length ? "All checks are met." : `${met} of ${states.length} checks are met.`}
      </p>
    </>
  );
}
