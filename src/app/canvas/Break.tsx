// The way to break something: it opens the menu of faults beside itself.
import { Zap } from "lucide-react";
import type { ReactNode } from "react";
import { usePlayground } from "../store/react.ts";
import type { Breakable } from "../store/state.ts";
import "./breaking.css";

interface BreakProps {
  readonly what: Breakable;
  readonly label: string;
  readonly className: string;
  readonly children?: ReactNode;
}

export function Break({ what, label, className, children }: BreakProps) {
  const playground = usePlayground();
  return (
    <button
      type="button"
      className={`button ${className} nodrag nopan`}
      aria-label={label}
      aria-haspopup="dialog"
      title={label}
      onClick={({ currentTarget }) => {
        const { left, bottom } = currentTarget.getBoundingClientRect();
        playground.setBreaking({ what, beside: { left, bottom } });
      }}
    >
      <Zap size={13} aria-hidden="true" />
      {children}
    </button>
  );
}
