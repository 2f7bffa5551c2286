/** Checked by `tsc`: what a page may write, and what it may not. Never run. */
import type { Client, RTCPeer, User } from './index.ts';

declare const rtcPeer: RTCPeer;
declare const client: Client;

export const accepted = async (): Promise<void> => {
  (await rtcPeer.login({ name: 'a', password: 'b' })).user satisfies User | undefined;
  (await rtcPeer.meeting.enter({ roomId: 1012 })).client satisfies Client;
  (
    await rtcPeer.meeting.publish({ audio: true, video: false, callback: ({ client }) => client satisfies Client })
  ).getBitrate() satisfies Promise<{
    audio: { kbps: number };
  }>;
  await rtcPeer.meeting.updateMute(true);
  await rtcPeer.meeting.updateMute({ isMute: true });
  await rtcPeer.meeting.exit();
  await rtcPeer.meeting.stopPlay({ client, callback: () => {} });
  await rtcPeer.meeting.updateAudioMode(true);
  rtcPeer.meeting.getMeetingTimeLength() satisfies number;
  rtcPeer.getCurrentUser() satisfies User | null;
  rtcPeer.off('onPublished').on('onPublished', (data) => data.event satisfies 'play' | 'close' | 'audioMode');
  rtcPeer.on('EnterRoom', (data) => data.client satisfies Client).on('*', (name) => name satisfies string)();
};

export const refused = (): void => {
  // @ts-expect-error no such method
  void rtcPeer.meeting.fly();
  // @ts-expect-error roomId is missing
  void rtcPeer.meeting.enter({});
  // @ts-expect-error a number, not a text
  void rtcPeer.meeting.enter({ roomId: '1012' });
  // @ts-expect-error login takes no plain value
  void rtcPeer.login(true);
  // @ts-expect-error an inverted alias takes one boolean only
  void rtcPeer.meeting.updateAudioMode({ isMute: true });
  // @ts-expect-error the mirror is read-only
  rtcPeer.state = undefined as never;
};
