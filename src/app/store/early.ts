// Messages that arrive before there is anything to answer them: they wait.

/** More than these are dropped: a host that sends so many does not wait for answers. */
const MOST = 200;
const kept: MessageEvent<unknown>[] = [];

const keep = (event: MessageEvent<unknown>): void => {
  if (event.source === window.parent && kept.length < MOST) kept.push(event);
};

/** Keeps what the page around the frame says from now on. Nothing of it is looked at yet. */
export function keepMessages(): void {
  if (window.parent !== window) addEventListener("message", keep);
}

/** What was kept; from now on someone else listens. */
export function keptMessages(): readonly MessageEvent<unknown>[] {
  removeEventListener("message", keep);
  return kept.splice(0);
}
