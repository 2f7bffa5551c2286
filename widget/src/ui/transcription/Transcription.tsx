import '../../view/transcriptionTexts.ts';
import { Captions, SignOverStage } from './Captions.tsx';
import { CaptionsMenu } from './CaptionsMenu.tsx';
import type { Shown } from './partProps.ts';
import { Sign } from './Sign.tsx';
import { TranscriptPanel } from './TranscriptPanel.tsx';

const parts = { sign: Sign, bar: SignOverStage, stage: Captions, menu: CaptionsMenu, panel: TranscriptPanel };
export type TranscriptionPart = keyof typeof parts;

/** A part of captions and transcript, once what keeps the sentences is there. */
export function Transcription({ at, ...shown }: Shown & { at: TranscriptionPart }) {
  const transcript = shown.app.meeting.transcribing.transcript.value;
  const Part = parts[at];
  return transcript ? <Part {...shown} transcript={transcript} /> : null;
}
