/** Where the platform's socket is, for a page of the platform. */
export const socketAddress = (page: string): string => {
  const url = new URL('socket', page);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
};
