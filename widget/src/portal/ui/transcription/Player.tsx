import type { MeetingRecord } from '@meetframe/contract';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import controls from '../../../ui/controls/controls.module.css';
import dialog from '../../../ui/controls/Dialog.module.css';
import { Dialog, DialogActions, DialogBody } from '../../../ui/controls/Dialog.tsx';
import { Note } from '../../../ui/controls/Note.tsx';
import { UserText } from '../../../ui/controls/UserText.tsx';
import { DownloadIcon } from '../../../ui/panelIcons.tsx';
import { fileOf } from '../../view/recordFile.ts';
import { usePortal } from '../context.ts';
import { PlayerTranscript } from './PlayerTranscript.tsx';
import styles from './Transcripts.module.css';

/** Plays a recording, with what was said in it. */
export function Player({ record, onClose }: { record: MeetingRecord; onClose: () => void }) {
  const { t, format } = usePortal();
  const isBroken = useSignal(false);
  const video = useRef<HTMLVideoElement>(null);
  const file = fileOf(record);
  return (
    <Dialog title={<UserText text={record.name} />} onClose={onClose} testId="player" isLight isWide>
      <DialogBody>
        {isBroken.value && (
          <Note tone="bad" role="alert" testId="form-problem">
            {t('records.broken')}
          </Note>
        )}
        {/* biome-ignore lint/a11y/useMediaCaption: PlayerTranscript adds them, where the meeting was transcribed. */}
        <video
          ref={video}
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
        <PlayerTranscript recordId={record.id} video={video} />
      </DialogBody>
      <div class={styles.actions}>
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
      </div>
    </Dialog>
  );
}
