export type Gate = {
  /** Resolves when the gate opens, rejects when it is refused. */
  passed(): Promise<void>;
  open(): void;
  refuse(error: Error): void;
  /** Closes it again, unless it is closed already. */
  renew(): void;
};

/**
 * Every call waits for the gate, so that calls before the connection is ready are sent later, in order, and none is
 * lost.
 */
export const makeGate = (onRenew: (passed: Promise<void>) => void): Gate => {
  let passed: Promise<void>;
  let resolve: () => void;
  let reject: (error: Error) => void;
  let closed = false;
  const renew = (): void => {
    if (closed) return;
    closed = true;
    passed = new Promise((...ways) => {
      [resolve, reject] = ways;
    });
    // Waiting callers get the rejection; if there are none, it must not count as unhandled.
    passed.catch(() => {});
    onRenew(passed);
  };
  renew();
  return {
    passed: () => passed,
    renew,
    open() {
      renew();
      closed = false;
      resolve();
    },
    refuse(error) {
      renew();
      closed = false;
      reject(error);
    },
  };
};
