/** Penpal's channel name: several widgets on one page keep apart by the frame's nonce. */
export const channel = (nonce: string): string => `meetframe-${nonce}`;
