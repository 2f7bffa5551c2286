import { RTCPeerError } from '@meetframe/contract/error';
import type { RTCPeerOptions } from './options.ts';

const features =
  'camera microphone display-capture autoplay fullscreen speaker-selection screen-wake-lock picture-in-picture clipboard-write compute-pressure';
const sandbox =
  'scripts same-origin forms popups popups-to-escape-sandbox downloads modals storage-access-by-user-activation';

type FeaturePolicy = { allowsFeature(name: string): boolean };

export type Frame = {
  iframe: HTMLIFrameElement;
  /** The widget's origin: nobody else is spoken with. */
  origin: string;
  channel: string;
  /** Loads the widget, once the app is known. */
  load(appId: string | undefined): void;
  /** Says why the widget did not come up, as well as a page can find out. */
  diagnose(): Promise<string>;
};

/** Puts an empty frame into the page. Throws `FRAME_BLOCKED` or `INVALID_ARGUMENT` for options that cannot work. */
export const makeFrame = ({ host, container = document.body, room, locale }: RTCPeerOptions): Frame => {
  const url = new URL(host.replace(/\/*$/, '/'));
  const { origin } = url;
  if (origin === location.origin) throw new RTCPeerError('FRAME_BLOCKED', "host has the page's origin");
  const parent = typeof container === 'string' ? document.querySelector(container) : container;
  if (!parent) throw new RTCPeerError('INVALID_ARGUMENT', `${container} not found`);

  // No secret: it only keeps the frames of a page apart.
  const nonce = `${Math.random()}`.slice(2);
  const iframe = document.createElement('iframe');
  // Plain ASCII: a page without a charset would garble the script's other letters.
  iframe.title = 'Meeting';
  iframe.allow = features.replace(/\S+/g, `$& ${origin};`);
  iframe.sandbox = sandbox.replace(/\S+/g, 'allow-$&');
  iframe.style.cssText = 'display:block;border:0;width:100%;height:100%;min-height:300px';
  parent.append(iframe);

  return {
    iframe,
    origin,
    channel: `meetframe-${nonce}`,
    load(app) {
      // Whoever sees the URL learns nothing secret: sign, SID and passwords go through the channel. The detour through
      // JSON leaves out what is not given.
      const query = (values: unknown) => `${new URLSearchParams(JSON.parse(JSON.stringify(values)))}`;
      url.search = query({ app, nonce, origin: location.origin, sdk: 1 });
      url.hash = `/?${query({ rd: room, locale })}`;
      iframe.src = `${url}`;
    },
    async diagnose() {
      if (!isSecureContext) return 'Page needs https';
      if (window.origin === 'null') return 'Sandbox lacks allow-same-origin';
      if ((document as { featurePolicy?: FeaturePolicy }).featurePolicy?.allowsFeature('camera') === false)
        return 'Outer frame lacks allow=camera';
      if (!(await fetch(url, { mode: 'no-cors', signal: AbortSignal.timeout(5e3) }).catch(() => 0)))
        return `${origin} unreachable`;
      return `Is ${location.origin} on the app's list of origins?`;
    },
  };
};
