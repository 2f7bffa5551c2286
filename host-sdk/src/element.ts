import type { RTCPeerOptions } from './options.ts';
import { RTCPeer } from './rtcPeer.ts';

/** `<meeting-frame>`: dispatches every event of its `rtcPeer` as a CustomEvent whose `detail` is the payload. */
export type MeetingFrameElement = HTMLElement & { readonly rtcPeer: RTCPeer | undefined };

const fetchSign = async (url: string): Promise<string> => {
  const answer = await fetch(url);
  if (!answer.ok) throw Error(`${url}: ${answer.status}`);
  return (await answer.text()).trim();
};

/**
 * Defines `<meeting-frame host room sign sign-url name locale theme>`. `locale` and `theme` may change at any time; the
 * others count when the element enters the page. Calling it twice is fine.
 */
export const defineElement = (tag = 'meeting-frame'): void => {
  if (customElements.get(tag)) return;
  customElements.define(
    tag,
    class extends HTMLElement {
      static observedAttributes = ['locale', 'theme'];
      rtcPeer: RTCPeer | undefined;

      connectedCallback() {
        const get = (name: string) => this.getAttribute(name) ?? undefined;
        const url = get('sign-url');
        this.style.display ||= 'block';
        this.rtcPeer = new RTCPeer({
          host: get('host') ?? '',
          container: this,
          room: Number(get('room')) || undefined,
          sign: url ? () => fetchSign(url) : get('sign'),
          appId: get('app-id'),
          username: get('name'),
          locale: get('locale') as RTCPeerOptions['locale'],
          theme: get('theme') as RTCPeerOptions['theme'],
        });
        this.rtcPeer.on('*', (name, detail) => this.dispatchEvent(new CustomEvent(name, { detail })));
      }

      disconnectedCallback() {
        void this.rtcPeer?.destroy();
        this.rtcPeer = undefined;
      }

      attributeChangedCallback(name: string, _old: unknown, value: string) {
        this.rtcPeer?.configure({ [name]: value }).catch(console.error);
      }
    },
  );
};

declare global {
  interface HTMLElementTagNameMap {
    'meeting-frame': MeetingFrameElement;
  }
}
