import type { MeetingRecord } from '@meetframe/contract';
import { useSignal } from '@preact/signals';
import controls from '../../../ui/controls/controls.module.css';
import dialog from '../../../ui/controls/Dialog.module.css';
import { Dialog, DialogActions, DialogBody } from '../../../ui/controls/Dialog.tsx';
import { Note } from '../../../ui/controls/Note.tsx';
import { UserText } from '../../../ui/controls/UserText.tsx';
import { fileOf } from '../../view/recordFile.ts';
import { usePortal } from '../context.ts';
import { DownloadIcon } from '../icons.tsx';
import styles from './Records.module.css';

export function Player({ record, onClose }: { record: MeetingRecord; onClose: () => void }) {
  const { t, format } = usePortal();
  const isBroken = useSignal(false);
  const file = fileOf(record);
  return (
    <Dialog title={<UserText text={record.name} />} onClose={onClose} testId="player" isLight isWide>
      <DialogBody>
        {isBroken.value && (
          <Note tone="bad" role="alert" testId="form-problem">
            {t('records.broken')}
          </Note>
        )}
        {/* biome-ignore lint/a11y/useMediaCaption: a recording has no captions of its own. */}
        <video
          class={styles.video}
          src={file?.play}
          controls
          autoplay
          playsInline
          preload="metadata"
          aria-label={record.name}
          data-testid="video"
          onError={() => {
            isBroken.value = true;
          }}
        />
        <p class={dialog.facts}>
          {[format.moment(Date.parse(record.startTime)), format.clock(record.duration), format.size(record.size)].join(
            ' · ',
          )}
        </p>
      </DialogBody>
      <DialogActions>
        <a
          class={`${controls.button} ${controls.quiet} ${styles.download}`}
          href={file?.download}
          download
          data-testid="player-download"
        >
          <DownloadIcon />
          {t('records.downloadShort')}
        </a>
      </DialogActions>
    </Dialog>
  );
}
