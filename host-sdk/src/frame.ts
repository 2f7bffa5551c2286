import { RTCPeerError } from '@meetframe/contract/error';
import type { RTCPeerOptions } from './options.ts';

const features =
  'camera microphone display-capture autoplay fullscreen speaker-selection screen-wake-lock picture-in-picture clipboard-write compute-pressure';
const sandbox =
  'scripts same-origin forms popups popups-to-escape-sandbox downloads modals storage-access-by-user-activation';

/** Only Chromium has this; in other browsers a page cannot read the policy. */
type Policy = { allowsFeature(name: string): boolean };

export type Frame = {
  iframe: HTMLIFrameElement;
  /** The widget's origin, the only one that messages are exchanged with. */
  origin: string;
  channel: string;
  /** Loads the widget, once the app is known. */
  load(appId: string | undefined): void;
  /** Says why the widget did not load, as far as a page can find out. */
  diagnose(): Promise<string>;
  /** Names the permissions that a loaded widget lacks. */
  denied(): string | undefined;
  remove(): void;
};

/** Names the option that cannot be used, in the words of the widget's own checks. */
export const invalid = (field: string, expected: string): RTCPeerError =>
  new RTCPeerError('INVALID_ARGUMENT', `options: ${field}: expected ${expected}.`, { field, expected });

const addressOf = (host: string): URL => {
  try {
    const url = new URL(`${host.replace(/\/$/, '')}/`);
    const { href, origin, pathname } = url;
    if (/^http.*\/app\/$/.test(href) && href === origin + pathname) return url;
  } catch {}
  throw invalid('host', 'an address such as https://meet.example.com/app');
};

/** JSON leaves out fields that are undefined. */
const query = (values: unknown): string => `${new URLSearchParams(JSON.parse(JSON.stringify(values)))}`;

/** False, too, for pages of files and of apps on a phone (`capacitor:`): they share their origin with all others. */
export const isSecure = (): boolean => isSecureContext && /^http/.test(location.protocol);

const find = (container: Element | string): Element => {
  try {
    const element = typeof container === 'string' ? document.querySelector(container) : container;
    if (element?.append) return element;
  } catch {}
  throw invalid('container', 'an element, or a selector that finds one');
};

/** Puts an empty frame into the page. Throws `FRAME_BLOCKED` or `INVALID_ARGUMENT` for options that cannot work. */
export const makeFrame = ({ host, container = document.body, room, locale, receiver }: RTCPeerOptions): Frame => {
  const url = addressOf(host);
  const { origin } = url;
  if (origin === location.origin)
    throw new RTCPeerError('FRAME_BLOCKED', `The widget must be on another origin than the page, ${origin}.`);
  const parent = find(container);

  // No secret: it only distinguishes the frames of a page.
  const nonce = `${Math.random()}`.slice(2);
  const iframe = document.createElement('iframe');
  // ASCII only: a page without a charset would garble other letters of the script.
  iframe.title = 'Meeting';
  iframe.allow = features.replace(/\S+/g, `$& ${origin};`);
  iframe.sandbox = sandbox.replace(/\S+/g, 'allow-$&');
  // Without a height of the container the frame has a minimum height; otherwise it has the height of the container.
  iframe.style.cssText = `display:block;border:0;width:100%;height:100%${parent.clientHeight ? '' : ';min-height:300px'}`;
  parent.append(iframe);
  let app: string | undefined;
  let refused = false;
  const onViolation = ({ effectiveDirective, blockedURI, disposition }: SecurityPolicyViolationEvent) => {
    // A policy that only reports blocks nothing.
    refused ||= effectiveDirective === 'frame-src' && blockedURI.startsWith(origin) && disposition === 'enforce';
  };
  document.addEventListener('securitypolicyviolation', onViolation);

  return {
    iframe,
    origin,
    channel: `meetframe-${nonce}`,
    load(appId) {
      app = appId;
      // The URL contains no secret: sign, SID and passwords go through the channel.
      url.search = query({ app, nonce, origin: location.origin, sdk: 1, receiver });
      url.hash = `/?${query({ rd: room, locale })}`;
      iframe.src = `${url}`;
    },
    async diagnose() {
      try {
        // A file of its own, beside the one of the SDK.
        const { diagnose } = await import('./diagnosis.js');
        return await diagnose({ iframe, url, app: query({ app }), isSecure: isSecure(), refused });
      } catch {
        return `${origin} does not answer.`;
      }
    },
    denied() {
      const policy = (iframe as { featurePolicy?: Policy }).featurePolicy;
      const missing = features
        .split(' ', 3)
        .filter((name) => policy && !policy.allowsFeature(name))
        .join(', ');
      return (
        missing &&
        `Not allowed to the widget: ${missing}. A frame around the page lacks it in allow, or the page's Permissions-Policy.`
      );
    },
    remove() {
      document.removeEventListener('securitypolicyviolation', onViolation);
      iframe.remove();
    },
  };
};
