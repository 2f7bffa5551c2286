import { protocol } from '@meetframe/contract/version';

/** Somebody in a meeting without a browser: takes a seat, sends and receives nothing. */
class Guest {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Record<string, unknown>) => void>();
  #next = 1;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      const answer = JSON.parse(String(data));
      this.#waiting.get(answer.id)?.(answer);
    };
  }

  static open(): Promise<Guest> {
    const address = `${process.env.PLATFORM_ORIGIN?.replace('http', 'ws')}/app/socket`;
    const socket = new WebSocket(address);
    return new Promise((resolve, reject) => {
      socket.onopen = () => resolve(new Guest(socket));
      socket.onerror = () => reject(new Error(`no socket at ${address}`));
    });
  }

  async call(name: string, input: object): Promise<Record<string, unknown>> {
    const [module, method] = name.split('.');
    const id = this.#next++;
    const answered = new Promise<Record<string, unknown>>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, module, method, ...input }));
    const answer = await answered;
    if (answer.error) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    return answer;
  }

  leave(): void {
    this.#socket.close();
  }
}

/** Seats so many guests in a room; `avatar` is the picture of those who have one, by number from 0. */
export const seatGuests = async (
  roomId: number,
  count: number,
  avatar: (index: number) => string | undefined = () => undefined,
): Promise<{ leave(): void }> => {
  const guests = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const guest = await Guest.open();
      const picture = avatar(index);
      const sign = picture && (await (await fetch(`${process.env.DEMO_ORIGIN}/sign`)).text());
      await guest.call('session.hello', { protocol, ...(sign && { sign }) });
      if (sign) await guest.call('account.dockingLogin', { account: `guest-${index}`, sign, avatar: picture });
      await guest.call('meeting.enter', { roomId, username: `Guest ${index}` });
      return guest;
    }),
  );
  return {
    leave() {
      for (const guest of guests) guest.leave();
    },
  };
};
