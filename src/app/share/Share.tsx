// Sharing's place in the header.

export function Share() {
  return null;
}
