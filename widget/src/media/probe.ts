import type { MediaProbe } from '@meetframe/contract';

/** How media reaches the server: directly over UDP or TCP, or through a relay. */
export type Way = 'udp' | 'tcp' | 'relay';
/** `rtt`: the round trip in milliseconds, if the browser reports it. */
export type Reached = { way: Way; rtt: number | undefined };

/** Milliseconds that a connection may take to open. */
const within = 6000;

type Protocol = MediaProbe['iceCandidates'][number]['protocol'];

/** The server's side of the connection, with its addresses of one protocol. */
const answerOf = ({ iceParameters, iceCandidates, dtlsParameters }: MediaProbe, protocol: Protocol): string => {
  const [fingerprint] = dtlsParameters.fingerprints;
  const candidates = iceCandidates
    .filter((one) => one.protocol === protocol)
    .map(
      ({ foundation, priority, address, port, type }) =>
        `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ ${type}${protocol === 'tcp' ? ' tcptype passive' : ''}`,
    );
  const lines = [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=ice-lite', 'a=group:BUNDLE 0'],
    ...['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=mid:0', 'a=setup:passive'],
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:${fingerprint?.algorithm} ${fingerprint?.value}`,
    'a=sctp-port:5000',
    ...candidates,
    'a=end-of-candidates',
  ];
  return `${lines.join('\r\n')}\r\n`;
};

const settled = (connection: RTCPeerConnection): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, within, false);
    const look = (): void => {
      const { iceConnectionState: state } = connection;
      if (!/^(connected|completed|failed|closed)$/.test(state)) return;
      clearTimeout(timer);
      resolve(/^c(onnected|ompleted)$/.test(state));
    };
    connection.addEventListener('iceconnectionstatechange', look);
    look();
  });

/** The selected ICE candidate pair, which media would use. */
const pairOf = async (connection: RTCPeerConnection) => {
  const entries = [...(await connection.getStats()).values()];
  const pair = entries.find(
    ({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded',
  );
  const local = entries.find(({ id }) => id === pair?.localCandidateId);
  return { rtt: pair?.currentRoundTripTime as number | undefined, isRelayed: local?.candidateType === 'relay' };
};

/**
 * Tests whether the media server can be reached by this protocol: opens a connection without media.
 *
 * @returns `undefined` when it cannot
 */
export const reach = async (probe: MediaProbe, protocol: Protocol): Promise<Reached | undefined> => {
  const { iceServers, iceTransportPolicy } = probe;
  const connection = new RTCPeerConnection({ iceServers, iceTransportPolicy });
  try {
    connection.createDataChannel('probe');
    await connection.setLocalDescription();
    const done = settled(connection);
    await connection.setRemoteDescription({ type: 'answer', sdp: answerOf(probe, protocol) });
    if (!(await done)) return undefined;
    const { rtt, isRelayed } = await pairOf(connection);
    return { way: isRelayed ? 'relay' : protocol, rtt: rtt === undefined ? undefined : Math.round(rtt * 1000) };
  } finally {
    connection.close();
  }
};
