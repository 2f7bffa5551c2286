import { isIP } from 'node:net';
import { isPublicAddress, isWithin } from '../addresses.ts';
import type { Config } from '../config.ts';
import { remark } from './terminal.ts';

/** Warns of an address that the server will not use, or that is not safe. `effect`: what does not work until the address is allowed. */
export const warnOfAddress = (url: string, { CALLBACK_ALLOW }: Config, effect: string): void => {
  if (!URL.canParse(url)) return;
  const { hostname, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isPublicAddress(host) && !isWithin(host, CALLBACK_ALLOW))
    remark(`Note: ${host} is no public address; ${effect} until CALLBACK_ALLOW of the server lists it.`);
  if (protocol === 'http:') remark('Note: http can be read and changed on the way; use https.');
};
