import type { ChatFile } from '@meetframe/contract';
import { useSignal } from '@preact/signals';
import { downloadFrom } from '../../../download.ts';
import type { SendingModel } from '../../../model/meeting/sending.ts';
import { bytesText } from '../../../view/amounts.ts';
import controls from '../../controls/controls.module.css';
import { Dialog, DialogActions, DialogBody } from '../../controls/Dialog.tsx';
import { UserText } from '../../controls/UserText.tsx';
import { DownloadIcon } from '../../panelIcons.tsx';
import { useText } from '../../text.ts';
import styles from './Files.module.css';
import { FileIcon } from './icons.tsx';

/** Larger images are fetched and decoded only on demand. */
const [mostBytes, mostPixels] = [10 * 1024 ** 2, 40_000_000];
/** Largest size of an image in the chat, in CSS pixels. */
const [widest, highest] = [240, 200];

type Props = {
  file: ChatFile;
  /** For sizes. */
  locale: string;
  load: () => Promise<SendingModel>;
  /** The server’s clock. */
  now: () => number;
};

/** The address of a file; a fresh one where it has expired. */
const useLink = ({ file, load, now }: Props) => {
  const fresh = useSignal<{ of: string; link: string } | undefined>(undefined);
  const isGone = useSignal(false);
  const link = fresh.value?.of === file.link ? fresh.value.link : file.link;
  const isOver = () => Number(/expires=(\d+)/.exec(link)?.[1]) * 1000 <= now();
  const renew = async (): Promise<string | undefined> => {
    try {
      const renewed = await (await load()).link(file.id);
      fresh.value = { of: file.link, link: renewed };
      return renewed;
    } catch {
      isGone.value = true;
      return undefined;
    }
  };
  return { link, isGone, isOver, renew };
};
type Link = ReturnType<typeof useLink>;

/** A file in the chat: an image is shown itself, other files as a card. */
export function FileLine(props: Props) {
  const { file } = props;
  const { width = 0, height = 0, size } = file;
  const link = useLink(props);
  const isPicture = width > 0 && size <= mostBytes && width * height <= mostPixels;
  const failed = useSignal(false);
  return isPicture && !failed.value && !link.isGone.value ? (
    <Picture {...props} link={link} onFailed={() => (failed.value = true)} />
  ) : (
    <Card {...props} link={link} />
  );
}

function Picture({ file, link, onFailed }: Props & { link: Link; onFailed: () => void }) {
  const t = useText();
  const isOpen = useSignal(false);
  const { name, width = 1, height = 1 } = file;
  const scale = Math.min(1, widest / width, highest / height);
  const picture = (className: string | undefined) => (
    <img
      class={className}
      src={link.link}
      alt={name}
      {...{ width, height }}
      loading="lazy"
      decoding="async"
      onError={() => {
        if (link.isOver()) void link.renew();
        else onFailed();
      }}
    />
  );
  return (
    <>
      <button
        type="button"
        class={styles.thumbnail}
        style={{ width: `${Math.max(48, Math.round(width * scale))}px`, aspectRatio: `${width} / ${height}` }}
        aria-label={t('files.open', { name })}
        title={name}
        data-testid="chat-picture"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        {picture(undefined)}
      </button>
      {isOpen.value && (
        <Dialog title={<UserText text={name} />} onClose={() => (isOpen.value = false)} testId="picture" isLight isWide>
          <DialogBody>{picture(styles.large)}</DialogBody>
          <DialogActions>
            <Download name={name} link={link} class={`${controls.button} ${controls.primary} ${styles.plain}`}>
              {t('files.downloadShort')}
            </Download>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}

type DownloadProps = { name: string; link: Link; class: string | undefined; children: preact.ComponentChildren };

function Download({ name, link, children, ...rest }: DownloadProps) {
  const t = useText();
  return (
    <a
      {...rest}
      href={link.link}
      download={name}
      title={t('files.download', { name })}
      data-testid="chat-download"
      onClick={async (event) => {
        if (!link.isOver()) return;
        event.preventDefault();
        const fresh = await link.renew();
        if (fresh) downloadFrom(fresh, name);
      }}
    >
      {children}
    </a>
  );
}

function Card({ file, locale, link }: Props & { link: Link }) {
  const t = useText();
  const { name, size } = file;
  const facts = (
    <>
      <span class={styles.preview} aria-hidden="true">
        <FileIcon />
      </span>
      <span class={styles.facts}>
        <span class={styles.name}>
          <UserText text={name} />
        </span>
        <span class={styles.size}>{link.isGone.value ? t('files.gone') : bytesText(size, locale)}</span>
      </span>
    </>
  );
  if (link.isGone.value) return <div class={styles.card}>{facts}</div>;
  return (
    <Download name={name} link={link} class={`${styles.card} ${styles.active}`}>
      {facts}
      <DownloadIcon />
    </Download>
  );
}
