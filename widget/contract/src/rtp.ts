import * as z from 'zod/mini';

/**
 * Media parameters that a browser may send to the media worker. Every string and list is bounded: the worker parses
 * these in C++ and a malformed one must stop here. Shapes as in mediasoup's `RtpParameters` and `DtlsParameters`.
 */
const short = z.string().check(z.maxLength(256));
const number = z.number().check(z.gte(Number.MIN_SAFE_INTEGER), z.lte(Number.MAX_SAFE_INTEGER));
const scalar = z.union([z.string().check(z.maxLength(1024)), number, z.boolean()]);
const parameters = z
  .record(short, scalar)
  .check(z.refine((value) => Object.keys(value).length <= 32, 'at most 32 entries'));
const list = <T extends z.ZodMiniType>(item: T, minimum: number, maximum: number) =>
  z.array(item).check(z.minLength(minimum), z.maxLength(maximum));

const rtcpFeedback = z.object({ type: short, parameter: z.optional(short) });
const payloadType = z.int().check(z.gte(0), z.lte(127));
const mimeType = z.string().check(z.regex(/^(audio|video)\/[\w.+-]{1,64}$/));
const ssrc = z.int().check(z.gte(0), z.lte(0xffffffff));
export const kind = z.enum(['audio', 'video']);

const codec = z.object({
  mimeType,
  payloadType,
  clockRate: z.int().check(z.positive()),
  channels: z.optional(z.int().check(z.gte(1), z.lte(8))),
  parameters: z.optional(parameters),
  rtcpFeedback: z.optional(list(rtcpFeedback, 0, 32)),
});

const headerExtension = z.object({
  uri: short,
  id: z.int().check(z.gte(1), z.lte(255)),
  encrypt: z.optional(z.boolean()),
  parameters: z.optional(parameters),
});

const encoding = z.object({
  ssrc: z.optional(ssrc),
  rid: z.optional(short),
  codecPayloadType: z.optional(payloadType),
  rtx: z.optional(z.object({ ssrc })),
  dtx: z.optional(z.boolean()),
  /** More layers than W3C's modes have would cost the worker memory for each. */
  scalabilityMode: z.optional(
    z.string().check(z.regex(/^[LS][1-3]T[1-3](h|_KEY|_KEY_SHIFT)?$/, 'a mode such as L1T3')),
  ),
  scaleResolutionDownBy: z.optional(z.number().check(z.gte(1), z.lte(1000))),
  /** An integer: a fraction would break the channel to the media worker in the middle of a message. */
  maxBitrate: z.optional(z.int().check(z.gte(0), z.lte(0xffffffff))),
  maxFramerate: z.optional(z.number().check(z.gte(0), z.lte(1000))),
  active: z.optional(z.boolean()),
  priority: z.optional(short),
  networkPriority: z.optional(short),
  adaptivePtime: z.optional(z.boolean()),
});

export const rtpParameters = z.object({
  mid: z.optional(short),
  msid: z.optional(short),
  codecs: list(codec, 1, 16),
  headerExtensions: z.optional(list(headerExtension, 0, 32)),
  encodings: z.optional(list(encoding, 1, 4)),
  rtcp: z.optional(
    z.object({ cname: z.optional(short), reducedSize: z.optional(z.boolean()), mux: z.optional(z.boolean()) }),
  ),
});

const capabilityCodec = z.object({
  kind,
  mimeType,
  preferredPayloadType: z.optional(payloadType),
  clockRate: z.int().check(z.positive()),
  channels: z.optional(z.int().check(z.gte(1), z.lte(8))),
  parameters: z.optional(parameters),
  rtcpFeedback: z.optional(list(rtcpFeedback, 0, 32)),
});

export const rtpCapabilities = z.object({
  codecs: list(capabilityCodec, 1, 64),
  headerExtensions: z.optional(
    list(
      z.object({
        kind,
        uri: short,
        preferredId: z.int().check(z.gte(1), z.lte(255)),
        preferredEncrypt: z.optional(z.boolean()),
        direction: z.optional(z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
      }),
      0,
      64,
    ),
  ),
});

/** At least one fingerprint: an empty list would end the worker. */
export const dtlsParameters = z.object({
  role: z.optional(z.enum(['auto', 'client', 'server'])),
  fingerprints: list(
    z.object({
      algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
      value: z.string().check(z.regex(/^([0-9A-Fa-f]{2}:){19,63}[0-9A-Fa-f]{2}$/)),
    }),
    1,
    8,
  ),
});

export const iceParameters = z.object({
  usernameFragment: z.string(),
  password: z.string(),
  iceLite: z.optional(z.boolean()),
});

const iceCandidate = z.looseObject({
  foundation: z.string(),
  priority: z.number(),
  address: z.string(),
  ip: z.string(),
  protocol: z.enum(['udp', 'tcp']),
  port: z.int(),
  type: z.string(),
});

export const iceServer = z.object({
  urls: z.array(z.string()),
  username: z.optional(z.string()),
  credential: z.optional(z.string()),
});

/** What a browser needs to build one of its two transports. */
export const transportOptions = z.object({
  id: z.string(),
  iceParameters,
  iceCandidates: z.array(iceCandidate),
  dtlsParameters: z.looseObject({ fingerprints: z.array(z.object({ algorithm: z.string(), value: z.string() })) }),
});
