import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { captionSizes } from '../../model/meeting/transcription/captionChoice.ts';
import type { Icon } from '../icons.tsx';
import { CaptionsIcon } from '../meetingIcons.tsx';
import { CheckIcon } from '../panelIcons.tsx';
import { useText } from '../text.ts';
import styles from './CaptionsMenu.module.css';
import { PauseIcon, StartIcon, StopIcon, TranscriptIcon } from './icons.tsx';
import { useStateText } from './stateText.ts';
import type { PartProps } from './Transcription.tsx';

/** What the button in the toolbar opens, in the top layer: in a narrow frame the button is in a menu that closes. */
export function CaptionsMenu(props: PartProps) {
  const t = useText();
  const isOpen = useSignal(false);
  const menu = useRef<HTMLDivElement>(null);
  const items = (): HTMLElement[] => [...(menu.current?.querySelectorAll('button') ?? [])];
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = items().indexOf(document.activeElement as HTMLElement);
    items()
      .at((at + by) % items().length)
      ?.focus();
  };
  return (
    <div
      ref={menu}
      id="captions-menu"
      popover="auto"
      class={styles.menu}
      role="menu"
      aria-label={t('transcription.menu')}
      data-testid="captions-menu"
      onKeyDown={move}
      onBeforeToggle={(event) => {
        if (event.newState === 'open') isOpen.value = true;
      }}
      onToggle={(event) => {
        if (event.newState === 'open') return items()[0]?.focus();
        // Not before: the browser gives the focus back from an item that is still there.
        isOpen.value = false;
        const focused = document.activeElement;
        // Where the button has gone with its menu, the focus goes to the button of that menu.
        if (focused === document.body || menu.current?.contains(focused))
          document.querySelector<HTMLElement>('[data-testid=toolbar-more]')?.focus();
      }}
    >
      {isOpen.value && <Items {...props} close={() => menu.current?.hidePopover()} />}
    </div>
  );
}

function Items({ app, panels, transcript, moderates, close }: PartProps & { close: () => void }) {
  const t = useText();
  const { isOn, size, choose } = transcript.captions;
  const state = transcript.state.value?.state ?? 'off';
  const item = (name: 'start' | 'pause' | 'resume' | 'stop', ItemIcon: Icon) => (
    <button
      type="button"
      role="menuitem"
      class={styles.item}
      data-testid={`transcription-${name}`}
      onClick={() => {
        close();
        void transcript.act(name);
      }}
    >
      <ItemIcon />
      <span>{t(`transcription.${name}`)}</span>
    </button>
  );
  return (
    <>
      <p class={styles.state} role="none">
        {useStateText(transcript, moderates)}
      </p>
      {moderates && (
        <>
          {state === 'off' && item('start', StartIcon)}
          {state === 'on' && item('pause', PauseIcon)}
          {state === 'paused' && item('resume', StartIcon)}
          {state !== 'off' && item('stop', StopIcon)}
          <hr class={styles.line} />
        </>
      )}
      <button
        type="button"
        role="menuitem"
        class={styles.item}
        data-testid="show-transcript"
        onClick={() => {
          close();
          panels.open('transcript');
        }}
      >
        <TranscriptIcon />
        <span>{t('transcription.show')}</span>
      </button>
      <button
        type="button"
        role="menuitemcheckbox"
        aria-checked={isOn.value}
        class={styles.item}
        data-testid="show-captions"
        onClick={transcript.toggleCaptions}
      >
        <CaptionsIcon />
        <span>{t('transcription.captions')}</span>
        {isOn.value && <CheckIcon />}
      </button>
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
      <hr class={styles.line} />
      <p class={styles.state} role="none">
        {label}
      </p>
      {[null, ...languages].map((each) => (
        <button
          key={each}
          type="button"
          role="menuitemradio"
          aria-checked={language.value === each}
          class={styles.item}
          data-testid={`translate-${each ?? 'off'}`}
          onClick={() => void transcript.translate(each)}
        >
          <span />
          <span>{each === null ? t('transcription.translateOff') : names.of(each)}</span>
          {language.value === each && <CheckIcon />}
        </button>
      ))}
    </div>
  );
}
