import type { Author, LossReason, Transcription as State, TranscriptLine } from '@meetframe/contract/beans';
import type { types } from 'mediasoup';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import type { RoomProducer } from '../media/producers.ts';
import type { Meeting } from '../meeting/meeting.ts';
import type { Engine } from './engines/engine.ts';
import { Microphone } from './microphone.ts';
import { Speaker } from './speaker.ts';
import { lineOf, Transcript } from './transcript.ts';
import type { Kept } from './transcripts.ts';
import { Readers } from './translation/readers.ts';
import type { Translator } from './translation/translator.ts';
import type { Patience } from './utterance.ts';

export type Action = 'start' | 'stop' | 'pause' | 'resume';
export type TranscriptionParts = {
  meeting: Meeting;
  engine: Engine;
  patience: Patience;
  log: Log;
  lang: string | null;
  translator: Translator | undefined;
  /** The stored transcript of this meeting. */
  kept: Kept;
  reserve(): (() => void) | undefined;
  store(line: TranscriptLine): void;
  /** The state changed and should be stored. */
  changed(state: State): void;
};

/** Names have more words than an engine can use: the first ones count. */
const mostHotWords = 100;

/** Transcribes one meeting while it is on: listens to each microphone and tells all participants what is said. */
export class Transcription {
  readonly #parts: TranscriptionParts;
  readonly #transcript: Transcript;
  readonly #readers: Readers | undefined;
  readonly #microphones = new Map<RoomProducer, Microphone>();
  readonly #transports = new Map<types.Router, Promise<types.Transport>>();
  #state: State;

  constructor(parts: TranscriptionParts) {
    this.#parts = parts;
    this.#transcript = new Transcript(parts.kept.lines);
    this.#readers = parts.translator && new Readers(parts.translator);
    const { sessid, by, state } = parts.kept;
    const languages = [...(parts.translator?.languages ?? [])];
    this.#state = { state: 'off', sessid, by, lang: parts.lang, problem: null, languages };
    const { media } = parts.meeting;
    media.on('producerAdded', this.#added);
    media.on('producerClosed', this.#removed);
    parts.meeting.transcription = this.#state;
    if (state !== 'off') this.#set({ state });
  }

  get transcript(): Transcript {
    return this.#transcript;
  }

  act(action: Action, by: Author): void {
    const { state } = this.#state;
    if (action === 'start')
      this.#set({
        state: 'on',
        by: state === 'off' ? by : this.#state.by,
        sessid: this.#state.sessid ?? crypto.randomUUID(),
      });
    else if (action === 'stop') this.#set({ state: 'off', problem: null });
    else if (state === 'off') fail('CONFLICT', 'The meeting is not being transcribed; start the transcription first.');
    else this.#set({ state: action === 'pause' ? 'paused' : 'on' });
  }

  /** Sends the participant translations of finished sentences into this language from now on; `null` ends that. */
  read(clientId: number, lang: string | null): void {
    const readers =
      this.#readers ??
      fail(
        'UNSUPPORTED',
        'This platform has no translation engine. Its operator can set TRANSLATE_URL; docs/transcription.md says how.',
      );
    readers.choose(clientId, lang);
  }

  /** The meeting is over. What was spoken is still transcribed and stored. `isInterrupted`: it continues elsewhere. */
  close(isInterrupted: boolean): void {
    const { media } = this.#parts.meeting;
    media.off('producerAdded', this.#added);
    media.off('producerClosed', this.#removed);
    this.#hearNobody();
    if (!isInterrupted && this.#state.state !== 'off') this.#parts.changed({ ...this.#state, state: 'off' });
  }

  #set(change: Partial<State>): void {
    const before = this.#state;
    const state = { ...before, ...change };
    if (JSON.stringify(before) === JSON.stringify(state)) return;
    const { meeting, changed } = this.#parts;
    this.#state = state;
    meeting.transcription = state;
    meeting.tell('meeting.onTranscribe', state);
    if (before.state !== state.state) {
      changed(state);
      if (state.state === 'on') for (const one of meeting.media.producers.microphones.values()) this.#added(one);
      else this.#hearNobody();
    }
  }

  /** A failing engine is reported once, and again when it works. */
  #troubled(problem: LossReason | null): void {
    if (this.#state.state !== 'off' && problem !== this.#state.problem) this.#set({ problem });
  }

  readonly #added = (one: RoomProducer): void => {
    if (one.source !== 'mic' || this.#state.state !== 'on' || this.#microphones.has(one)) return;
    const { meeting, log } = this.#parts;
    const participant = meeting.participants.get(one.clientId);
    if (!participant || one.producer.closed) return;
    let { author } = participant;
    const speaker = new Speaker({
      ...this.#parts,
      client: () => {
        author = meeting.participants.get(one.clientId)?.author ?? author;
        return author;
      },
      context: () => ({ hotWords: this.#hotWords() }),
      now: () => Date.now() - meeting.startedAt,
      number: (time) => this.#transcript.number(time),
      interim: (client, bg, text) => {
        this.#troubled(null);
        meeting.tell('meeting.onTranscription', { data: { var: text, bg: String(bg) }, client });
      },
      final: (client, bg, ed, text) => this.#final(lineOf(client, bg, ed, text)),
      lost: (client, bg, ed, reason) => this.#lost({ ...lineOf(client, bg, ed, ''), lost: reason }),
      troubled: ({ reason, message }) => {
        if (this.#state.problem !== reason)
          log.warn({ engine: this.#parts.engine.name, reason, message }, 'the speech engine fails');
        this.#troubled(reason);
      },
    });
    const microphone = new Microphone(speaker);
    this.#microphones.set(one, microphone);
    this.#transport(one.router).then(
      (transport) => microphone.open(meeting.media, one, transport, log),
      (error) => log.debug({ err: error }, 'a router closed before its microphones could be transcribed'),
    );
  };

  readonly #removed = (one: RoomProducer): void => {
    this.#microphones.get(one)?.close();
    this.#microphones.delete(one);
  };

  #hearNobody(): void {
    for (const microphone of this.#microphones.values()) microphone.close();
    this.#microphones.clear();
  }

  /** One transport on each router carries all microphones. */
  #transport(router: types.Router): Promise<types.Transport> {
    const known = this.#transports.get(router);
    if (known) return known;
    const made = router.createDirectTransport();
    this.#transports.set(router, made);
    const forget = () => void this.#transports.delete(router);
    router.observer.once('close', forget);
    made.catch(forget);
    return made;
  }

  #final(line: TranscriptLine): void {
    const { meeting, lang, store } = this.#parts;
    const whole = lang ? { ...line, lang } : line;
    this.#troubled(null);
    this.#tell(whole);
    if (line.onebest === '') return;
    this.#transcript.add(whole);
    store(whole);
    const isHere = (clientId: number) => meeting.participants.has(clientId);
    this.#readers?.translate(whole, { lines: this.#transcript.lines, isHere }, (to, text) =>
      this.#translated(whole.bg, to, text),
    );
  }

  #tell({ client, ...data }: TranscriptLine): void {
    this.#parts.meeting.tell('meeting.onTranscription', { data, client });
  }

  #translated(bg: string, lang: string, text: string): void {
    const line = this.#transcript.translate(bg, lang, text);
    if (!line) return;
    this.#tell(line);
    this.#parts.store(line);
  }

  #lost(line: TranscriptLine): void {
    const { meeting, store } = this.#parts;
    const { bg, ed, client, lost } = line;
    if (!lost) return;
    this.#troubled(lost);
    meeting.tell('meeting.onTranscriptionGap', { bg, ed, client, reason: lost });
    this.#transcript.add(line);
    store(line);
  }

  #hotWords(): string[] {
    const { participants, title } = this.#parts.meeting;
    const names = [...[...participants.values()].map(({ client }) => client.name), title];
    return [...new Set(names.map((each) => each.trim()).filter(Boolean))].slice(0, mostHotWords);
  }
}
