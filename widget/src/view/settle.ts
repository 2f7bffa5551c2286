/** Begins what says elsewhere how it ended. */
export const settle = (work: Promise<unknown>): void => void work.catch(() => {});
