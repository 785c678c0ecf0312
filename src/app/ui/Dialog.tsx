// A dialog of the browser's own, with a title and a way out.
import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import "./dialog.css";
import { W } from "../../words/en/ui-more.ts";

interface DialogProps {
  readonly title: string;
  /** `page` takes as much of the page as it needs. */
  readonly size?: "page";
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What a dialog is about begins behind its title and its way out. */
const FIRST = [
  ":is(a[href], button, input, select, textarea):enabled:not([tabindex='-1'])",
  "a[href]",
  "[tabindex='0']",
]
  .map((each) => `.dialog-head ~ * ${each}, .dialog-head ~ ${each}`)
  .join();

/** Open as long as it is rendered, with the focus on the first thing in it that can be used. */
export function Dialog({ title, size, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed while it is still in the page: only then the browser gives the focus back to whoever opened it.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    if (document.activeElement?.closest(".dialog-head") === element?.querySelector(".dialog-head"))
      element?.querySelector<HTMLElement>(FIRST)?.focus({ preventScroll: true });
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog; the click is on its backdrop
    <dialog
      ref={dialog}
      className="dialog"
      data-size={size}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="dialog-body">
        <div className="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" className="button plain icon" aria-label={W.close} onClick={onClose}>
            <X size={16} aria-hidden="true" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
