import type { Page } from 'playwright-core';

type Told = { client: { id: number; isMuted: boolean }; hand: number | null };
/** What a page has that was prepared so. */
export type Own = {
  /** Gives the widget an event, by its whole name, as the server would send it. */
  tell(name: string, payload: object): void;
  /** The participants and the room of the meeting, as the server told them on entering. */
  roster: Map<number, Told>;
  room: { id: number };
};

/** From then on the page can be given events of the server that the test thinks up. */
export const hearing = (page: Pick<Page, 'addInitScript'>): Promise<unknown> =>
  page.addInitScript(() => {
    const Native = WebSocket;
    const own = window as never as Own & { WebSocket: unknown };
    own.WebSocket = class extends Native {
      #seq = 0;
      constructor(address: string | URL) {
        super(address);
        this.addEventListener('message', ({ data }) => {
          const message = JSON.parse(data);
          this.#seq = message.seq ?? this.#seq;
          if (!message.members) return;
          own.room = message.room;
          const everybody: Told['client'][] = [message.client, ...message.members];
          own.roster = new Map(everybody.map((client) => [client.id, { client, hand: null }]));
        });
        // A `seq` between two of the server, so that the widget does not ignore the server's next event.
        own.tell = (name, payload) => {
          this.#seq += 1e-6;
          const [module, method] = name.split('.');
          const text = JSON.stringify({ seq: this.#seq, module, method, ...payload });
          this.onmessage?.(new MessageEvent('message', { data: text }));
        };
      }
    };
  });

export const tell = (page: Pick<Page, 'evaluate'>, name: string, payload: object): Promise<void> =>
  page.evaluate(([event, given]) => (window as never as Own).tell(event, given), [name, payload] as const);
