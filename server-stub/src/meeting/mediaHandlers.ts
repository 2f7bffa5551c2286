import { implement } from '@meetframe/contract/define';
import { sfuMethods } from '@meetframe/contract/sfu';
import { rates } from '@meetframe/contract/wire';
import type { types } from 'mediasoup';
import { type Caller, deviceOf } from '../account/caller.ts';
import { fail } from '../errors.ts';
import type { Probes } from '../media/probes.ts';
import { protocolsFor, type Relays } from '../media/relay.ts';
import { limit } from '../throttle/limit.ts';
import { sourceOf } from '../throttle/source.ts';
import type { Meetings } from './meetings.ts';
import { openMedia } from './openMedia.ts';
import type { Pace } from './pace.ts';
import { publish, setAudioOnly, setPaused } from './publishing.ts';

export type MediaServices = { relays: Relays; probes: Probes; meetings: Pick<Meetings, 'heldBy'>; pace: Pace };

const probing = limit(rates.probe.times, rates.probe.seconds);

/** The methods by which participants send and receive media. */
export const mediaHandlers = ({ relays, probes, meetings: { heldBy }, pace }: MediaServices) =>
  implement(sfuMethods)<Caller>({
    'media.probe': async (_, caller) => {
      await probing.take(sourceOf(caller));
      const device = deviceOf(caller);
      return { ...(await probes.open(protocolsFor(device))), ...relays.iceFor(device, `probe-${device.id}`) };
    },
    'media.open': async ({ rtpCapabilities: capabilities }, caller) => {
      const held = await pace.change(caller);
      const device = deviceOf(caller);
      const opened = await openMedia(held, { device, capabilities, relays });
      held.meeting.changed(held.participant);
      return opened;
    },
    'media.connect': async ({ transportId, dtlsParameters }, { seat }) => {
      const { meeting, participant } = heldBy(seat);
      await meeting.media
        .transport(participant.peer, transportId)
        .connect({ dtlsParameters })
        .catch((error: Error) => fail('CONFLICT', `The transport cannot be connected: ${error.message}`));
      return {};
    },
    'media.restartIce': async ({ transportId }, caller) => {
      const { meeting, participant } = await pace.change(caller);
      const iceParameters = await meeting.media.transport(participant.peer, transportId).restartIce();
      const { iceServers, renewIceIn } = relays.iceFor(deviceOf(caller), String(participant.id));
      return { iceParameters, ...(renewIceIn !== undefined && { iceServers, renewIceIn }) };
    },
    'media.produce': async ({ rtpParameters, ...offer }, caller) => {
      const producer = await publish(await pace.change(caller), {
        ...offer,
        rtpParameters: rtpParameters as types.RtpParameters,
      });
      return { producerId: producer.id };
    },
    'media.setPaused': async (change, caller) => {
      await setPaused(await pace.change(caller), change);
      return {};
    },
    'media.close': async ({ source }, caller) => {
      const { meeting, participant } = await pace.change(caller);
      participant.peer.producers.get(source)?.close();
      meeting.changed(participant);
      return {};
    },
    'media.setReceive': async (preferences, { seat }) => {
      const held = heldBy(seat);
      held.meeting.media.setPreferences(held.participant.peer, preferences);
      await setAudioOnly(held, preferences.audioOnly === true);
      return {};
    },
    'media.resumeConsumers': async ({ consumerIds }, { seat }) => {
      const { meeting, participant } = heldBy(seat);
      await meeting.media.resume(participant.peer, consumerIds);
      return {};
    },
  });
