import type { Transcription } from '@meetframe/contract';
import { createModel, effect, signal } from '@preact/signals';
import { laterModel } from '../../laterModel.ts';
import type { SeatModel } from '../seat.ts';
import type { Transcript } from './transcript.ts';

type Deps = Omit<ConstructorParameters<typeof Transcript>[0], 'state'> & { seat: SeatModel };

/** Whether the meeting is transcribed. Loads what keeps the sentences, where the platform can transcribe. */
export const Transcribing = createModel((deps: Deps) => {
  const { client, seat } = deps;
  /** `undefined` where the platform has no speech engine. */
  const state = signal<Transcription | undefined>(undefined);
  const { made, load } = laterModel(async () => new (await import('./transcript.ts')).Transcript({ ...deps, state }));
  const take = (next: Transcription | undefined): void => {
    state.value = next;
    if (next) load().catch(() => {});
  };
  seat.follow({ taken: ({ transcription }) => take(transcription), left: () => take(undefined) });
  effect(() => client.on('meeting.onTranscribe', take));
  return { state, transcript: made };
});
