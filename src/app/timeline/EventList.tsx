// The door of the list of what happened.
import { List } from "lucide-react";
import { useId, useState } from "react";
import { lazyPart } from "../ui/lazyPart.tsx";
import type { Mark } from "./marks.ts";

const Events = lazyPart("The event list", () => import("./Events.tsx").then((module) => module.Events));

export function EventList({ marks }: { readonly marks: readonly Mark[] }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button plain icon" aria-label="Event list" title="Event list" popoverTarget={id}>
        <List size={15} aria-hidden="true" />
      </button>
      <div id={id} popover="auto" className="event-list" onBeforeToggle={(event) => setOpen(event.newState === "open")}>
        {open && <Events marks={marks} />}
      </div>
    </>
  );
}
