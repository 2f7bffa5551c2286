import { isIP } from 'node:net';
import { isPublicAddress, isWithin } from '../addresses.ts';
import type { Config } from '../config.ts';
import { remark } from './terminal.ts';

/** Tells what is wrong with the address of a partner's back end. `until`: what does not work before it is allowed. */
export const warnOfAddress = (url: string, { CALLBACK_ALLOW }: Config, until: string): void => {
  if (!URL.canParse(url)) return;
  const { hostname, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isPublicAddress(host) && !isWithin(host, CALLBACK_ALLOW))
    remark(`Note: ${host} is no public address; ${until} until CALLBACK_ALLOW of the server lists it.`);
  if (protocol === 'http:')
    remark('Note: http is neither private nor protected against changes on the way; use https.');
};
