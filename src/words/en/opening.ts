// The outline that is drawn until the page is there. Asked for while it is drawn: the language comes later than this module.

export const EN = {
  starts: "Podpath is starting its cluster",
  starting: "Starting the cluster…",
  instead: "Open the first example instead",
  replaying: (until: string, now: string) => `Replaying to second ${until}: now at ${now}`,
  progress: "Opening the scenario",
  cancel: "Cancel",
};
