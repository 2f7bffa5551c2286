import { keysOf, shortcuts } from '../../view/shortcuts.ts';
import { Dialog, DialogBody } from '../controls/Dialog.tsx';
import { useText } from '../text.ts';
import styles from './ShortcutsSheet.module.css';

const isMac = (): boolean => /mac|iphone|ipad/i.test(navigator.platform);

type Props = { canShare: boolean; hasCamera: boolean; onClose: () => void };

/** Which keys do what. */
export function ShortcutsSheet({ canShare, hasCamera, onClose }: Props) {
  const t = useText();
  const rows = [
    { keys: [t('shortcut.space')], text: t('shortcut.talk') },
    ...shortcuts
      .filter(({ name }) => (name !== 'share' || canShare) && (name !== 'camera' || hasCamera))
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
