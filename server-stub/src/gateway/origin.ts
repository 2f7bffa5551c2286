/** True for the platform's own pages: the origin is the public one, or has the host to which the request was sent. */
export const isOwnOrigin = (origin: string | undefined, publicOrigin: string, host: string | undefined): boolean => {
  if (origin === undefined) return false;
  if (origin === publicOrigin) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host;
};
