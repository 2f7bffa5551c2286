import { keptFile } from '../keptFile.ts';
import type { Directory } from './directory.ts';
import { agentOf, contactOf } from './people.ts';

/** What happened with a contact, as its card shows it. */
export type Activity = { id: string; contact: string /** ISO 8601. */; at: string } & (
  | {
      kind: 'call';
      agent: string;
      /** True when the agent called the contact. */
      outgoing: boolean;
      video: boolean;
      state: 'ringing' | 'connected' | 'ended';
      reason: string | null;
      missed: boolean;
      /** Seconds. */
      duration: number;
      roomId: number | null;
    }
  | { kind: 'meeting'; state: 'running' | 'ended'; guests: string[]; duration: number }
  | { kind: 'recording'; recordId: number; duration: number }
);

/** What the platform tells, as far as it is of use here; `docs/webhooks.md` has the whole. */
type Person = { id: number; account: string | null; name: string };
type Message = {
  type: string;
  data: {
    callId?: string;
    caller?: Person;
    callee?: Person;
    /** What the page sent along with the call. */
    data?: string | null;
    type?: number;
    reason?: string;
    startTime: string;
    duration?: number;
    roomId?: number | null;
    meetingId?: string;
    appointmentId?: number | null;
    participant?: { userId: number | null; name: string };
    recordId?: number;
  };
};

/** How many ids of messages are kept, to know one that comes again. */
const mostIds = 10_000;

/** Calls, meetings and recordings with contacts: filled by the webhooks of the platform alone, whichever device or page was used. */
export const createActivity = (path: string, directory: Pick<Directory, 'contactWith'>) => {
  const kept = keptFile<{ ids: string[]; all: Activity[]; appointments: Record<number, string> }>(path, {
    ids: [],
    all: [],
    appointments: {},
  });
  const { ids, all, appointments } = kept.value;
  const listeners = new Set<() => void>();

  const find = (id: string) => all.find((each) => each.id === id);
  const put = (activity: Activity): void => {
    const index = all.findIndex(({ id }) => id === activity.id);
    if (index < 0) all.unshift(activity);
    else all[index] = activity;
  };

  /** A call between an agent and a contact. Other calls of the company are none of this site's. */
  const takeCall = ({ type, data }: Message): void => {
    const { callId = '', caller, callee, startTime } = data;
    const agent = agentOf(caller?.account) ?? agentOf(callee?.account);
    const outgoing = agent !== undefined && agent.account === caller?.account;
    const other = outgoing ? callee : caller;
    // The page names the contact; a contact who calls is known by the id.
    const contact = (outgoing && data.data && contactOf(data.data)) || (other && directory.contactWith(other.id));
    if (!agent || !contact) return;
    const isOver = type === 'call.ended' || type === 'call.missed';
    put({
      id: callId,
      contact: contact.id,
      kind: 'call',
      at: startTime,
      agent: agent.name,
      outgoing,
      video: data.type !== 1,
      state: isOver ? 'ended' : type === 'call.answered' ? 'connected' : 'ringing',
      reason: data.reason ?? null,
      missed: type === 'call.missed',
      duration: data.duration ?? 0,
      roomId: data.roomId ?? null,
    });
  };

  /** The meeting to which a contact got a link. */
  const takeMeeting = ({ type, data }: Message): void => {
    const { meetingId: id = '', appointmentId, startTime: at, duration = 0, participant } = data;
    const contact = appointments[appointmentId ?? 0];
    if (contact === undefined) return;
    const before = find(id);
    const guests = new Set(before?.kind === 'meeting' ? before.guests : []);
    // Who has no account came by the link.
    if (type === 'meeting.entered' && participant?.userId === null) guests.add(participant.name);
    const state = type === 'meeting.ended' ? 'ended' : 'running';
    put({ id, contact, kind: 'meeting', at, state, guests: [...guests], duration });
  };

  /** A recording of one of these calls or meetings. */
  const takeRecording = ({ data }: Message): void => {
    const { recordId = 0, appointmentId, roomId, startTime: at, duration = 0 } = data;
    const call = all.find((each) => each.kind === 'call' && each.roomId === roomId && roomId !== null);
    const contact = appointments[appointmentId ?? 0] ?? call?.contact;
    if (contact !== undefined) put({ id: `recording ${recordId}`, contact, kind: 'recording', at, recordId, duration });
  };

  return {
    of: (contact: string): Activity[] => all.filter((each) => each.contact === contact),
    /** From now on what is told of this appointment is about the contact. */
    invited(contact: string, appointmentId: number): void {
      appointments[appointmentId] = contact;
      kept.save();
    },
    /** Takes an authentic message in; one that comes again changes nothing. */
    take(id: string, message: Message): void {
      if (ids.includes(id)) return;
      if (message.type.startsWith('call.')) takeCall(message);
      else if (message.type.startsWith('meeting.')) takeMeeting(message);
      else if (message.type === 'recording.ready') takeRecording(message);
      ids.push(id);
      ids.splice(0, ids.length - mostIds);
      kept.save();
      for (const listener of listeners) listener();
    },
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
