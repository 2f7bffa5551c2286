import { keysOf, type ShortcutName, shortcuts } from '../../view/shortcuts.ts';
import { Dialog, DialogBody } from '../controls/Dialog.tsx';
import { useText } from '../text.ts';
import styles from './ShortcutsSheet.module.css';

const isMac = (): boolean => /mac|iphone|ipad/i.test(navigator.platform);

/** Which keys do what. `without`: what is not possible here. */
export function ShortcutsSheet({ without, onClose }: { without: readonly ShortcutName[]; onClose: () => void }) {
  const t = useText();
  const rows = [
    { keys: [t('shortcut.space')], text: t('shortcut.talk') },
    ...shortcuts
      .filter(({ name }) => !without.includes(name))
      .map((shortcut) => ({ keys: keysOf(shortcut, isMac()), text: t(shortcut.text) })),
  ];
  return (
    <Dialog title={t('shortcut.title')} onClose={onClose} testId="shortcuts" isLight>
      <DialogBody>
        <dl class={styles.list}>
          {rows.map(({ keys, text }) => (
            <div key={text} class={styles.row}>
              <dt>{text}</dt>
              <dd>
                {keys.map((key) => (
                  <kbd key={key} class={styles.key}>
                    {key}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </DialogBody>
    </Dialog>
  );
}
