import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { types } from 'mediasoup';
import * as mediasoup from 'mediasoup';
import { build } from 'vite';

const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += part;
  return text;
};

const bundle = async (): Promise<string> => {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'barePage.ts'), formats: ['es'], fileName: 'bare' },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (!output || !('output' in output)) throw new Error('vite built nothing');
  return output.output[0].code;
};

/** mediasoup alone: one router, no rooms, no accounts, a POST for every step. */
export const startBare = async (): Promise<{ origin: string; stop: () => void }> => {
  const script = await bundle();
  const worker = await mediasoup.createWorker({ logLevel: 'warn' });
  const router = await worker.createRouter({
    mediaCodecs: [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90000, preferredPayloadType: 96 }],
  });
  const webRtcServer = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
  const transports = new Map<string, types.WebRtcTransport>();
  const consumers = new Map<string, types.Consumer>();
  let producer: types.Producer | undefined;

  const transportOf = (id: string): types.WebRtcTransport => {
    const transport = transports.get(id);
    if (!transport) throw new Error('no such transport');
    return transport;
  };
  const steps: Record<string, (input: never) => Promise<unknown>> = {
    capabilities: async () => router.rtpCapabilities,
    transport: async () => {
      const transport = await router.createWebRtcTransport({
        webRtcServer,
        initialAvailableOutgoingBitrate: 1_200_000,
      });
      transports.set(transport.id, transport);
      const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
      return { id, iceParameters, iceCandidates, dtlsParameters };
    },
    connect: async ({ id, dtlsParameters }: { id: string; dtlsParameters: types.DtlsParameters }) => {
      await transportOf(id).connect({ dtlsParameters });
      return {};
    },
    produce: async ({ id, rtpParameters }: { id: string; rtpParameters: types.RtpParameters }) => {
      producer = await transportOf(id).produce({ kind: 'video', rtpParameters });
      return { id: producer.id };
    },
    consume: async ({ id, rtpCapabilities }: { id: string; rtpCapabilities: types.RtpCapabilities }) => {
      if (!producer) throw new Error('there is no producer');
      const consumer = await transportOf(id).consume({ producerId: producer.id, rtpCapabilities, paused: true });
      consumers.set(consumer.id, consumer);
      return { id: consumer.id, producerId: producer.id, kind: consumer.kind, rtpParameters: consumer.rtpParameters };
    },
    resume: async ({ id }: { id: string }) => {
      await consumers.get(id)?.resume();
      return {};
    },
  };

  const server = createServer(async (request, response) => {
    const name = (request.url ?? '/').slice(1);
    if (name === 'bare.js') {
      response.setHeader('content-type', 'text/javascript').end(script);
      return;
    }
    const step = steps[name];
    if (request.method !== 'POST' || !step) {
      response.setHeader('content-type', 'text/html').end('<!doctype html><script type=module src=/bare.js></script>');
      return;
    }
    try {
      response.end(JSON.stringify(await step(JSON.parse(await read(request)) as never)));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
      worker.close();
    },
  };
};

if (import.meta.main) {
  const { origin, stop } = await startBare();
  console.log(origin);
  process.once('SIGTERM', () => {
    stop();
    process.exit(0);
  });
}
