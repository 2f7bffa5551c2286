export type Gate = {
  /** Resolves when the gate opens, rejects when it is refused. */
  passed(): Promise<void>;
  open(): void;
  refuse(error: Error): void;
  /** Closes it again, unless it is closed already. */
  renew(): void;
};

/** What every call waits at, so that calls which come too early go through in order and none is left behind. */
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
    // A refusal reaches whoever waits; nobody has to.
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
