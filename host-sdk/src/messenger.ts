import type { Message, MessageHandler, Messenger } from 'penpal';

export type FrameMessenger = Messenger & { receive(event: MessageEvent): void };

/**
 * What penpal's WindowMessenger does, in a third of its size: it leaves out penpal's old protocols, and who may speak is
 * checked by the one listener that every connection of a frame shares (`rtcPeer.ts`).
 */
export const makeMessenger = (target: Window, origin: string): FrameMessenger => {
  const handlers = new Set<MessageHandler>();
  let port: MessagePort | undefined;
  const use = (next: MessagePort) => {
    port = next;
    port.onmessage = receive;
  };
  const receive = ({ data, ports: [next] }: MessageEvent) => {
    if (next) use(next);
    for (const handle of handlers) handle(data as Message);
  };
  return {
    receive,
    initialize() {},
    sendMessage(message) {
      if (message.type === 'ACK2') {
        const { port1, port2 } = new MessageChannel();
        use(port1);
        target.postMessage(message, origin, [port2]);
      } else if (/^[SA]/.test(message.type)) target.postMessage(message, origin);
      else (port as MessagePort).postMessage(message);
    },
    addMessageHandler: (handler) => handlers.add(handler),
    removeMessageHandler: (handler) => handlers.delete(handler),
    destroy() {
      port?.close();
      handlers.clear();
    },
  };
};
