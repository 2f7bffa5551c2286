/** A socket of the library `ws`. */
type Socket = { readonly bufferedAmount: number; terminate(): void };

/** How many bytes may wait in all sockets of a server for clients that do not read. */
const unsentInAll = 256 * 1024 * 1024;
const lookEvery = 1_000;

/** Cuts off the sockets with the most unsent bytes until the rest keeps below the bound. Their devices can resume. */
export const cutOffSlowest = (sockets: Iterable<Socket>, bound = unsentInAll): void => {
  const waiting = [...sockets].map((socket) => ({ socket, bytes: socket.bufferedAmount }));
  let total = waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= bound) return;
  for (const { socket, bytes } of waiting.sort((a, b) => b.bytes - a.bytes)) {
    if (total <= bound) return;
    socket.terminate();
    total -= bytes;
  }
};

/** Checks all sockets together every second until it is closed; each single socket is bounded by its device. */
export const watchUnsent = (sockets: Iterable<Socket>) => {
  const looking = setInterval(() => cutOffSlowest(sockets), lookEvery).unref();
  return { close: () => clearInterval(looking) };
};
