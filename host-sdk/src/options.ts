import type { WidgetOptions } from './derived.ts';

/**
 * What `new RTCPeer(options)` takes (section 2.1). All other fields than the ones below are sent to the widget as they
 * are.
 */
export type RTCPeerOptions = Omit<WidgetOptions, 'sign'> & {
  /**
   * Address of the platform's widget, such as `https://meet.example.com/app`. It ends in `/app`, and is of another
   * origin than the page.
   */
  host: string;
  /** The container of the frame: an element or a selector. Default: the end of the page's body. */
  container?: Element | string;
  /** API sign (6.1), or a function that fetches one; the function is asked again when the sign expires. */
  sign?: string | (() => string | Promise<string>);
  /** The app that the sign belongs to. Default: the part of the sign before its first dot. */
  appId?: string;
  /** Milliseconds until a call rejects with `TIMEOUT` and the frame counts as blocked. Default 15,000. */
  timeout?: number;
};
