// Where a popover opens.

/** Puts the panel beside the button that opened it, within the window. */
export function placeBeside(panel: HTMLElement): void {
  const opener = document.activeElement?.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const [x, y] = opener === undefined ? [24, 90] : [opener.left - 8, opener.bottom + 8];
  panel.style.left = `${Math.max(8, Math.min(x, window.innerWidth - width - 8))}px`;
  panel.style.top = `${Math.max(8, Math.min(y, window.innerHeight - height - 8))}px`;
}
