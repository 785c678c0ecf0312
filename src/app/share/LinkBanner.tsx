// What the page says about the link in its address: broken, opened, or waiting for leave.
import { X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { type Decoded, decode, newScenario, type Scenario } from "../../scenario/index.ts";
import type { Playground } from "../store/playground.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { isTouched } from "../store/run.ts";
import "./banner.css";

type Said =
  | { readonly kind: "broken"; readonly message: string; readonly text: string | undefined }
  | { readonly kind: "ask"; readonly scenario: Scenario };

/** @param opened - what the address held when the page was opened. */
export function LinkBanner({ opened }: { readonly opened: Decoded }) {
  const playground = usePlayground();
  const [said, setSaid] = useState<Said | undefined>(() => brokenOf(opened));
  useEffect(() => {
    let latest = 0;
    const changed = async () => {
      const mine = ++latest;
      const decoded = await decode(location.hash);
      if (mine === latest) setSaid(answer(playground, decoded));
    };
    const listener = () => void changed();
    addEventListener("hashchange", listener);
    return () => removeEventListener("hashchange", listener);
  }, [playground]);
  useForgetLink(playground);
  const dismiss = () => setSaid(undefined);
  if (said === undefined) return null;
  if (said.kind === "ask")
    return (
      <Banner onDismiss={dismiss} tone="info">
        <span>The address now holds another scenario. Opening it replaces what you have here.</span>
        <button
          type="button"
          className="button primary"
          onClick={() => {
            void playground.open(said.scenario);
            dismiss();
          }}
        >
          Open it
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            forgetLink();
            dismiss();
          }}
        >
          Keep mine
        </button>
      </Banner>
    );
  const { text } = said;
  return (
    <Banner onDismiss={dismiss} tone="error">
      <span>
        {said.message}{" "}
        {text === undefined ? "Nothing of it could be read; the page goes on with what was here." : lines(text)}
      </span>
      {text !== undefined && (
        <button
          type="button"
          className="button"
          onClick={() => {
            void playground.open(newScenario(text));
            dismiss();
          }}
        >
          Open the part that could be read
        </button>
      )}
    </Banner>
  );
}

function Banner(props: {
  readonly tone: "info" | "error";
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}) {
  return (
    <div className="link-banner" role="alert" data-tone={props.tone}>
      {props.children}
      <button type="button" className="button plain icon" aria-label="Dismiss" onClick={props.onDismiss}>
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

function brokenOf(decoded: Decoded): Said | undefined {
  return decoded.kind === "broken" ? { kind: "broken", message: decoded.message, text: decoded.text } : undefined;
}

/** Opens what the address holds at once, unless the visitor would lose something. */
function answer(playground: Playground, decoded: Decoded): Said | undefined {
  if (decoded.kind !== "scenario") return brokenOf(decoded);
  if (isTouched(playground.store.getState().session)) return { kind: "ask", scenario: decoded.scenario };
  void playground.open(decoded.scenario);
  return undefined;
}

/** The address stops naming the scenario as soon as the visitor changed something: a reload then keeps the visitor's own. */
function useForgetLink(playground: Playground): void {
  const session = useApp((state) => state.session);
  useEffect(
    () =>
      session.onPerformed(() => {
        if (location.hash !== "" && isTouched(playground.store.getState().session)) forgetLink();
      }),
    [playground, session],
  );
}

function forgetLink(): void {
  history.replaceState(null, "", location.pathname + location.search);
}

function lines(text: string): string {
  const count = text.split("\n").length;
  return `${count === 1 ? "One line" : `${count} lines`} of its YAML could be read.`;
}
