/**
 * Makes something by the first call, such as what a chunk of its own creates; later calls get the same. When that fails, the next
 * call tries again: the network may be back.
 */
export const once = <Made>(make: () => Promise<Made>): (() => Promise<Made>) => {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};
