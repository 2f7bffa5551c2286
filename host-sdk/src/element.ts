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
 * Defines `<meeting-frame host room sign sign-url app-id name locale theme>`. Calling it twice is fine.
 *
 * Attributes may change at any time. `locale` and `theme` change in place; `host` and `room` reload the widget, which
 * leaves the meeting; `name` does so outside a meeting only. A new `sign` or `sign-url` is used when the widget asks
 * for a fresh sign, so that a meeting goes on; it reloads a widget that is not connected.
 */
export const defineElement = (tag = 'meeting-frame'): void => {
  if (customElements.get(tag)) return;
  customElements.define(
    tag,
    class extends HTMLElement {
      static observedAttributes = ['host', 'room', 'sign', 'sign-url', 'app-id', 'name', 'locale', 'theme'];
      rtcPeer: RTCPeer | undefined;
      #changed = new Set<string>();

      connectedCallback() {
        const get = (name: string) => this.getAttribute(name) ?? undefined;
        const room = get('room');
        const sign = () => {
          const url = get('sign-url');
          return url ? fetchSign(url) : get('sign');
        };
        this.#changed.clear();
        this.style.display ||= 'block';
        // A page that was restored or copied still contains the old frame.
        this.replaceChildren();
        const peer = new RTCPeer({
          host: get('host') ?? '',
          container: this,
          room: room === undefined ? room : Number(room),
          sign: sign as RTCPeerOptions['sign'],
          appId: get('app-id'),
          username: get('name'),
          locale: get('locale') as RTCPeerOptions['locale'],
          theme: get('theme') as RTCPeerOptions['theme'],
        });
        this.rtcPeer = peer;
        peer.ready.catch(({ code, message }) => {
          if (this.rtcPeer !== peer) return;
          const note = document.createElement('p');
          note.setAttribute('role', 'alert');
          note.textContent = `${/^zh/.test(get('locale') ?? navigator.language) ? '会议无法显示：' : 'The meeting cannot be shown: '}${message} (${code})`;
          const show = (display: string) => {
            peer.iframe.style.display = display;
          };
          show('none');
          this.append(note);
          // The widget has loaded after all.
          peer.on('stateChanged', () => {
            note.remove();
            show('block');
          });
        });
        peer.on('*', (name, detail) => {
          // A peer that is being destroyed dispatches no more events.
          if (this.rtcPeer === peer) this.dispatchEvent(new CustomEvent(name, { detail }));
        });
      }

      disconnectedCallback() {
        void this.rtcPeer?.destroy();
        this.rtcPeer = undefined;
      }

      /** A page that moves the element with `moveBefore` keeps its frame. */
      connectedMoveCallback() {}

      attributeChangedCallback(name: string, before: string | null, value: string | null) {
        if (!this.isConnected || before === value) return;
        // Frameworks set several attributes in a row.
        if (!this.#changed.size) queueMicrotask(() => this.#apply());
        this.#changed.add(name);
      }

      #apply() {
        const changed = [...this.#changed];
        this.#changed.clear();
        if (!this.isConnected || !changed.length) return;
        const { screen, connection } = this.rtcPeer?.state ?? {};
        const anew = changed.some((name) => {
          if (/^(locale|theme)$/.test(name)) return !this.rtcPeer;
          if (name === 'name') return screen !== 'meeting';
          return /^(host|room)$/.test(name) || connection !== 'connected';
        });
        if (anew) {
          this.disconnectedCallback();
          this.connectedCallback();
        } else
          for (const name of changed)
            if (/^(locale|theme)$/.test(name))
              this.rtcPeer?.configure({ [name]: this.getAttribute(name) ?? undefined }).catch(console.error);
      }
    },
  );
};

declare global {
  interface HTMLElementTagNameMap {
    'meeting-frame': MeetingFrameElement;
  }
}
