// The popover of the request form: it is beside the control that opened it, and its form is loaded when it opens for the first time.
import { useRef, useState } from "react";
import { lazyPart } from "../ui/lazyPart.tsx";

const RequestForm = lazyPart("The request form", () =>
  import("./RequestPanel.tsx").then((module) => module.RequestForm),
);

export function RequestPopover() {
  const panel = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState(false);
  const place = () => panel.current !== null && placeBeside(panel.current);
  return (
    <div
      ref={panel}
      id="request-panel"
      popover="auto"
      className="popover request-panel"
      role="dialog"
      aria-label="Request"
      onBeforeToggle={() => setOpened(true)}
      onToggle={(event) => event.newState === "open" && place()}
    >
      {opened && <RequestForm onShown={place} />}
    </div>
  );
}

/** Puts the panel beside the button that opened it, within the window. */
function placeBeside(panel: HTMLElement): void {
  const opener = document.activeElement?.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const [x, y] = opener === undefined ? [24, 90] : [opener.left - 8, opener.bottom + 8];
  panel.style.left = `${Math.max(8, Math.min(x, window.innerWidth - width - 8))}px`;
  panel.style.top = `${Math.max(8, Math.min(y, window.innerHeight - height - 8))}px`;
}
