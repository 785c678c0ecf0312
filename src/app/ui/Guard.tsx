// Keeps what goes wrong in one part of the page within that part, and offers to try again.
import { Component, createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { EN } from "../../words/en/failure.ts";
import { spoken } from "../../words/index.ts";
import { explainFailure, PartError } from "../store/parts.ts";
import "./guard.css";

/** How the page is loaded again with what was done in it; undefined above the page, where nothing was done yet. */
export const ReloadContext = createContext<(() => void) | undefined>(undefined);

export interface GuardProps {
  /** What people call the part. */
  readonly name: string;
  /** Where the failure is said: in the part's own place, or over the page where the part has none. */
  readonly place?: "here" | "over";
  /** What is shown beside the failure: a temporary substitute. */
  readonly instead?: ReactNode;
  readonly onRetry?: () => void;
  readonly onDismiss?: () => void;
  readonly children: ReactNode;
}

interface GuardState {
  readonly caught?: { readonly error: unknown } | undefined;
  readonly dismissed?: boolean;
}

/** An error boundary. Whatever is thrown while its children render stays here. */
export class Guard extends Component<GuardProps, GuardState> {
  override state: GuardState = {};

  static getDerivedStateFromError(error: unknown): GuardState {
    return { caught: { error }, dismissed: false };
  }

  override render(): ReactNode {
    const { caught, dismissed } = this.state;
    const { children, place = "here", instead, name, onRetry, onDismiss } = this.props;
    if (caught === undefined) return children;
    if (dismissed === true) return instead;
    const retry = () => {
      onRetry?.();
      this.setState({ caught: undefined });
    };
    const dismiss = () => {
      this.setState({ dismissed: true });
      onDismiss?.();
    };
    const failure = (
      <Failure name={name} error={caught.error} onRetry={retry} {...(place === "over" ? { onDismiss: dismiss } : {})} />
    );
    return (
      <>
        {place === "over" ? createPortal(failure, stack()) : failure}
        {instead}
      </>
    );
  }
}

/** Failures without a place of their own are shown in one corner, one above the other. */
function stack(): HTMLElement {
  const found = document.querySelector<HTMLElement>("body > .failures");
  if (found !== null) return found;
  const made = document.createElement("div");
  made.className = "failures";
  return document.body.appendChild(made);
}

interface FailureProps {
  readonly name: string;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onDismiss?: () => void;
}

/** Says what failed and why, with the ways on. */
export function Failure({ name, error, onRetry, onDismiss }: FailureProps) {
  const W = spoken("failure", EN);
  const reloadKeeping = useContext(ReloadContext);
  const [why, setWhy] = useState({ text: "", reload: false });
  useEffect(() => {
    let wanted = true;
    void explainFailure(error).then((found) => wanted && setWhy(found));
    return () => {
      wanted = false;
    };
  }, [error]);
  return (
    <div className="failure" role="alert">
      <p>
        <b>{error instanceof PartError ? error.message : W.stopped(name)}</b> {why.text}
      </p>
      <button type="button" className="button" onClick={onRetry}>
        {W.retry}
      </button>
      {why.reload && (
        <button type="button" className="button" onClick={reloadKeeping ?? (() => location.reload())}>
          {reloadKeeping === undefined ? W.reload : W.keeping}
        </button>
      )}
      {onDismiss !== undefined && (
        <button type="button" className="button plain" onClick={onDismiss}>
          {W.dismiss}
        </button>
      )}
    </div>
  );
}
