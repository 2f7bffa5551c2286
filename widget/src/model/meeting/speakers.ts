import { batch, createModel, effect, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { Emit } from '../events.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';

/** Pages get the active speaker four times a second at most. */
const tellEvery = 250;
const silence: ReadonlyMap<number, number> = new Map();

/**
 * Converts the volume that the server measures, in decibels relative to full scale, to 0 (whispering) to 1 (shouting).
 */
const loudness = (decibels: number): number => Math.min(1, Math.max(0, (decibels + 70) / 60));

/** The participants who speak, and how loud. */
export const Speakers = createModel(
  (deps: { client: Pick<Client, 'on'>; seat: SeatModel; roster: RosterModel; emit: Emit }) => {
    const { client, seat, roster, emit } = deps;
    /** `Client.id` of the active speaker. */
    const active = signal<number | null>(null);
    /** `Client.id` of the last active speaker among the others, present or not. */
    const lastOther = signal<number | null>(null);
    /** Volume from 0 to 1 of all participants who are speaking now. */
    const volumes = signal(silence);
    let told: number | undefined;
    let toldAt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const tell = (): void => {
      timer = undefined;
      const speaker = roster.participants.peek().get(active.peek() ?? 0)?.client;
      const isSame = speaker?.id === told;
      told = speaker?.id;
      if (!speaker || isSame) return;
      toldAt = Date.now();
      emit('memberTalking', { member: speaker });
    };
    const quieten = (): void => {
      active.value = null;
      volumes.value = silence;
    };

    seat.follow({
      taken(snapshot, before) {
        if (before !== snapshot.client.id) quieten();
      },
      left() {
        clearTimeout(timer);
        timer = told = undefined;
        lastOther.value = null;
        quieten();
      },
    });
    effect(() =>
      client.on('meeting.speakers', ({ active: next, speakers }) => {
        if (!seat.isIn()) return;
        if (next !== active.peek()) timer ??= setTimeout(tell, Math.max(0, toldAt + tellEvery - Date.now()));
        batch(() => {
          active.value = next;
          if (next !== null && next !== seat.selfId.peek()) lastOther.value = next;
          volumes.value = new Map(speakers.map(({ clientId, volume }) => [clientId, loudness(volume)]));
        });
      }),
    );
    effect(() => () => clearTimeout(timer));

    return { active, lastOther, volumes };
  },
);
export type SpeakersModel = InstanceType<typeof Speakers>;
