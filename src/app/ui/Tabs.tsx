// Tabs: one panel, arrow keys between the tabs.
import { type ReactNode, useId } from "react";

export function Tabs<T extends string>(props: {
  tabs: readonly T[];
  /** What the tabs are called. */
  names: Readonly<Record<T, string>>;
  chosen: T;
  onChoose: (tab: T) => void;
  label: string;
  children: ReactNode;
}) {
  const { tabs, names, chosen, onChoose, label, children } = props;
  const id = useId();
  const move = (event: React.KeyboardEvent, by: number) => {
    const next = tabs[(tabs.indexOf(chosen) + by + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label}>
        {tabs.map((tab) => (
          <button
            key={tab}
            id={`${id}-${tab}`}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => onChoose(tab)}
            onKeyDown={(event) => {
              if (event.key === "ArrowRight") move(event, 1);
              if (event.key === "ArrowLeft") move(event, -1);
            }}
          >
            {names[tab]}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} className="tab-panel" role="tabpanel" aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </>
  );
}
