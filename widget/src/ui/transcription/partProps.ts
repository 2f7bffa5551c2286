import type { AppModel } from '../../model/compose.ts';
import type { TranscriptModel } from '../../model/meeting/transcription/transcript.ts';
import type { PanelsView } from '../../view/panels.ts';

export type Shown = {
  app: AppModel;
  panels: InstanceType<typeof PanelsView>;
  /** The user may turn the transcription on and off. */
  moderates: boolean;
};
/** Of what is shown of captions and transcript. */
export type PartProps = Shown & { transcript: TranscriptModel };
