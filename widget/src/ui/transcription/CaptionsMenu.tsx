import { captionSizes } from '../../model/meeting/transcription/captionChoice.ts';
import { MenuItem, MenuLine } from '../controls/MenuItem.tsx';
import type { Icon } from '../icons.tsx';
import { CaptionsIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import { MenuText, ToolbarMenu } from '../toolbar/ToolbarMenu.tsx';
import styles from './CaptionsMenu.module.css';
import { PauseIcon, StartIcon, StopIcon, TranscriptIcon } from './icons.tsx';
import type { PartProps } from './partProps.ts';
import { useStateText } from './stateText.ts';

/** The menu of the captions button. */
export function CaptionsMenu(props: PartProps) {
  const t = useText();
  return (
    <ToolbarMenu id="captions-menu" label={t('transcription.menu')}>
      {(close) => <Items {...props} close={close} />}
    </ToolbarMenu>
  );
}

function Items({ app, panels, transcript, moderates, close }: PartProps & { close: () => void }) {
  const t = useText();
  const { isOn, size, choose } = transcript.captions;
  const state = transcript.state.value?.state ?? 'off';
  const item = (name: 'start' | 'pause' | 'resume' | 'stop', icon: Icon) => (
    <MenuItem
      icon={icon}
      testId={`transcription-${name}`}
      run={() => {
        close();
        void transcript.act(name);
      }}
    >
      {t(`transcription.${name}`)}
    </MenuItem>
  );
  return (
    <>
      <MenuText>{useStateText(transcript, moderates)}</MenuText>
      {moderates && (
        <>
          {state === 'off' && item('start', StartIcon)}
          {state === 'on' && item('pause', PauseIcon)}
          {state === 'paused' && item('resume', StartIcon)}
          {state !== 'off' && item('stop', StopIcon)}
          <MenuLine />
        </>
      )}
      <MenuItem
        icon={TranscriptIcon}
        testId="show-transcript"
        run={() => {
          close();
          panels.open('transcript');
        }}
      >
        {t('transcription.show')}
      </MenuItem>
      <MenuItem icon={CaptionsIcon} testId="show-captions" isChosen={isOn.value} run={transcript.toggleCaptions}>
        {t('transcription.captions')}
      </MenuItem>
      {isOn.value && (
        // biome-ignore lint/a11y/useSemanticElements: a group of a menu is not a fieldset.
        <div class={styles.sizes} role="group" aria-label={t('transcription.size')}>
          {captionSizes.map((each, index) => (
            <button
              key={each}
              type="button"
              role="menuitemradio"
              aria-checked={size.value === each}
              aria-label={t(`transcription.size.${each}`)}
              title={t(`transcription.size.${each}`)}
              class={styles.size}
              style={{ fontSize: `${14 + index * 4}px` }}
              data-testid={`caption-size-${each}`}
              onClick={() => choose({ size: each })}
            >
              {t('transcription.sizeSample')}
            </button>
          ))}
        </div>
      )}
      <Languages app={app} transcript={transcript} />
    </>
  );
}

/** Into which language sentences are translated for the user; nothing where the platform has no engine for it. */
function Languages({ app, transcript }: Pick<PartProps, 'app' | 'transcript'>) {
  const t = useText();
  const languages = transcript.state.value?.languages ?? [];
  const { language } = transcript.captions;
  if (languages.length === 0) return null;
  const names = new Intl.DisplayNames(app.locale.value, { type: 'language' });
  const label = t('transcription.translate');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a menu is not a fieldset.
    <div role="group" aria-label={label}>
      <MenuLine />
      <MenuText>{label}</MenuText>
      {[null, ...languages].map((each) => (
        <MenuItem
          key={each}
          testId={`translate-${each ?? 'off'}`}
          isChosen={language.value === each}
          isOneOf
          run={() => void transcript.translate(each)}
        >
          {each === null ? t('transcription.translateOff') : names.of(each)}
        </MenuItem>
      ))}
    </div>
  );
}
