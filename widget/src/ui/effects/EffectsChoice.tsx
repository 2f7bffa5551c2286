import '../../view/effectsTexts.ts';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import { type BackgroundChoice, type EffectsModel, pictureNames, pictures } from '../../model/effects/effects.ts';
import unseen from '../controls/unseen.module.css';
import { useText } from '../text.ts';
import styles from './Effects.module.css';

const choices: BackgroundChoice[] = ['none', 'blur', ...pictureNames];

type Props = { effects: AppModel['effects']; hasVideo: boolean };

/** Chooses what is behind the user, where there is video, and whether noise is removed. */
export function EffectsChoice({ effects, hasVideo }: Props) {
  useEffect(() => void effects.load().catch(() => {}), [effects]);
  const model = effects.made.value;
  return model ? <Choice model={model} hasVideo={hasVideo} /> : null;
}

function Choice({ model, hasVideo }: { model: EffectsModel; hasVideo: boolean }) {
  const t = useText();
  const isNoPicture = useSignal(false);
  const own = model.own.value;
  const ended = model.ended.value;
  return (
    <div class={styles.choice}>
      {hasVideo && model.hasBackgrounds() && (
        <fieldset class={styles.backgrounds}>
          <legend>{t('effects.background')}</legend>
          {[...choices, ...(own ? (['own'] as const) : [])].map((choice) => (
            <label key={choice} class={styles.option}>
              <input
                class={unseen.input}
                type="radio"
                name="background"
                value={choice}
                data-testid={`background-${choice}`}
                checked={model.background.value === choice}
                onChange={() => model.choose(choice)}
              />
              <Thumbnail choice={choice} own={own} />
              <span>{t(`effects.${choice}`)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {hasVideo && !model.hasBackgrounds() && <p class={styles.hint}>{t('effects.unsupported')}</p>}
      {hasVideo && model.hasBackgrounds() && (
        <div>
          <label class={styles.upload}>
            <input
              type="file"
              accept="image/*"
              data-testid="background-file"
              onChange={async ({ currentTarget }) => {
                const [file] = currentTarget.files ?? [];
                currentTarget.value = '';
                isNoPicture.value = false;
                if (file)
                  await model.useOwn(file).catch(() => {
                    isNoPicture.value = true;
                  });
              }}
            />
            {t(own ? 'effects.change' : 'effects.choose')}
          </label>
          <p class={styles.hint} role="status">
            {t(isNoPicture.value ? 'effects.noPicture' : 'effects.local')}
          </p>
        </div>
      )}
      {model.hasNoiseSuppression() && (
        <label class={styles.quiet}>
          <input
            type="checkbox"
            data-testid="suppress-noise"
            checked={model.quiet.value}
            onChange={({ currentTarget: { checked } }) => model.suppressNoise(checked)}
          />
          <span>{t('effects.quiet')}</span>
        </label>
      )}
      <p class={styles.ended} role="status">
        {ended && t(`effects.${ended}`)}
      </p>
    </div>
  );
}

function Thumbnail({ choice, own }: { choice: BackgroundChoice; own: string | undefined }) {
  if (choice === 'none' || choice === 'blur')
    return <span class={`${styles.thumbnail} ${styles[choice]}`} aria-hidden="true" />;
  return <img class={styles.thumbnail} src={choice === 'own' ? own : pictures[choice]} alt="" />;
}
