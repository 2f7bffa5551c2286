import '../../view/transcriptionTexts.ts';
import type { AppModel } from '../../model/compose.ts';
import type { TranscriptModel } from '../../model/meeting/transcription/transcript.ts';
import type { PanelsView } from '../../view/panels.ts';
import { Captions, SignOverStage } from './Captions.tsx';
import { CaptionsMenu } from './CaptionsMenu.tsx';
import { Sign } from './Sign.tsx';
import { TranscriptPanel } from './TranscriptPanel.tsx';

type Shown = {
  app: AppModel;
  panels: InstanceType<typeof PanelsView>;
  /** The user may turn the transcription on and off. */
  moderates: boolean;
};
export type PartProps = Shown & { transcript: TranscriptModel };

const parts = { sign: Sign, bar: SignOverStage, stage: Captions, menu: CaptionsMenu, panel: TranscriptPanel };
export type TranscriptionPart = keyof typeof parts;

/** A part of captions and transcript, once what keeps the sentences is there. */
export function Transcription({ at, ...shown }: Shown & { at: TranscriptionPart }) {
  const transcript = shown.app.meeting.transcribing.transcript.value;
  const Part = parts[at];
  return transcript ? <Part {...shown} transcript={transcript} /> : null;
}
