import '../../view/effectsTexts.ts';
import type { AppModel } from '../../model/compose.ts';
import settings from '../settings/Settings.module.css';
import { useText } from '../text.ts';
import { EffectsChoice } from './EffectsChoice.tsx';

/** The choice of effects as a section of the settings. */
export function EffectsSettings({ app }: { app: Pick<AppModel, 'effects' | 'isAudioOnly'> }) {
  const t = useText();
  return (
    <>
      <h3 class={settings.heading}>{t('effects.title')}</h3>
      <EffectsChoice effects={app.effects} hasVideo={!app.isAudioOnly.value} />
    </>
  );
}
