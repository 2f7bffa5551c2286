/**
 * Old and misspelt names that the specification uses in its text or examples, all of them deprecated. `inverted`: the one
 * boolean argument means the opposite (`updateAudioMode(isAudio)` against `updateMute(isMute)`). Names without a dot work on the
 * wire too, in the module of the method they stand for.
 */
export const aliases = {
  upadteRoom: { to: 'updateRoom' },
  queryRoomsUniq: { to: 'queryMyRooms' },
  modifyPasswrod: { to: 'modifyPassword' },
  resetPasswrod: { to: 'resetPassword' },
  tellBusy: { to: 'busy' },
  'meeting.exitRoom': { to: 'meeting.exit' },
  'meeting.stopPlay': { to: 'meeting.closePlay' },
  'meeting.updateVideoMode': { to: 'meeting.updateVideo' },
  'meeting.mute': { to: 'meeting.updateMute' },
  'meeting.updateAudioMode': { to: 'meeting.updateMute', inverted: true },
  'meeting.hangupScreenshare': { to: 'meeting.hangupShareScreen' },
  'meeting.setAudio': { to: 'meeting.updateMute', inverted: true },
} as const;

export type Aliases = typeof aliases;
export type AliasName = keyof Aliases;
