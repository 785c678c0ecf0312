// The door of the list of what happened.
import { List } from "lucide-react";
import { useId, useState } from "react";
import { W } from "../../words/en/timeline.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import type { Mark } from "./marks.ts";

const Events = lazyPart(W.theList, () => import("./Events.tsx").then((module) => module.Events));

export function EventList({ marks }: { readonly marks: readonly Mark[] }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button plain icon" aria-label={W.list} title={W.list} popoverTarget={id}>
        <List size={15} aria-hidden="true" />
      </button>
      <div id={id} popover="auto" className="event-list" onBeforeToggle={(event) => setOpen(event.newState === "open")}>
        {open && <Events marks={marks} />}
      </div>
    </>
  );
}
