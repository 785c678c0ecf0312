// What is said when a part of the page does not come or stops working. Asked for when it is needed, as the opening.

export const EN = {
  notLoaded: (part: string) => `${part} could not be loaded.`,
  stopped: (part: string) => `${part} stopped working.`,
  offline: "The server cannot be reached.",
  released: "A new release of Podpath no longer includes it.",
  missing: "The server didn't deliver it; there may be a new release of Podpath.",
  retry: "Retry",
  reload: "Reload",
  keeping: "Reload, keeping your work",
  dismiss: "Dismiss",
};
