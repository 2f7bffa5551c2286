import { useText } from '../text.ts';
import type { PartProps } from './partProps.ts';

/** A sentence that says whether what is said is being transcribed. */
export function useStateText({ state }: PartProps['transcript'], mayStart = true): string {
  const t = useText();
  const { state: now, by, problem } = state.value ?? { state: 'off' };
  if (now === 'off') return t(mayStart ? 'transcription.off' : 'transcription.offHint');
  if (now === 'paused') return t('transcription.paused');
  return problem ? t(`transcription.lost.${problem}`) : t('transcription.on', { name: by?.name ?? '' });
}
