/** True for the platform's own pages: its public origin, or the very host that was asked. */
export const isOwnOrigin = (origin: string | undefined, publicOrigin: string, host: string | undefined): boolean => {
  if (origin === undefined) return false;
  if (origin === publicOrigin) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host;
};
