// The banner about the link in the address: it is broken, or it waits for leave.
import { X } from "lucide-react";
import type { ReactNode } from "react";
import type { Scenario } from "../../scenario/index.ts";
import { W } from "../../words/en/link-message.ts";
import { usePlayground } from "../store/react.ts";
import { forgetLink } from "../ui/link.ts";
import { openLinked } from "./openLinked.ts";
import "./banner.css";

/** What there is to say. */
export type LinkNews =
  | { readonly kind: "broken"; readonly message: string; readonly scenario: Scenario | undefined }
  | { readonly kind: "cancelled"; readonly message: string; readonly scenario: Scenario }
  | { readonly kind: "ask"; readonly scenario: Scenario };

export function LinkMessage({ news, onDone }: { readonly news: LinkNews; readonly onDone: () => void }) {
  const playground = usePlayground();
  if (news.kind === "ask")
    return (
      <Banner onDismiss={onDone} tone="info">
        <span>{W.another}</span>
        <button
          type="button"
          className="button primary"
          onClick={() => {
            openLinked(playground, news.scenario);
            onDone();
          }}
        >
          {W.openIt}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            forgetLink();
            onDone();
          }}
        >
          {W.keepMine}
        </button>
      </Banner>
    );
  const { scenario, message } = news;
  return (
    <Banner onDismiss={onDone} tone="error">
      <span>
        {message} {news.kind === "broken" && saved(scenario)}
      </span>
      {scenario !== undefined && (
        <button
          type="button"
          className="button"
          onClick={() => {
            void playground.attempt(() => playground.open(scenario));
            onDone();
          }}
        >
          {news.kind === "cancelled" ? W.fromStart : W.readPart}
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
      <button type="button" className="button plain icon" aria-label={W.dismiss} onClick={props.onDismiss}>
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

function saved(scenario: Scenario | undefined): string {
  if (scenario === undefined) return W.nothing;
  const { text, log } = scenario;
  const lines = text.split("\n").length;
  return W.read(lines, log.length);
}
