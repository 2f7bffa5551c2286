import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SendingModel } from '../../model/meeting/sending.ts';
import type { ChatView } from '../../view/chat.ts';
import { useText } from '../text.ts';
import styles from './DropTarget.module.css';

type Props = { load: () => Promise<SendingModel>; view: InstanceType<typeof ChatView>; onDropped: () => void };

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** The whole frame takes files that are dropped, for the chat: the browser would leave the meeting to show them. */
export function DropTarget({ load, view, onDropped }: Props) {
  const t = useText();
  const isOver = useSignal(false);
  const maySend = view.maySendFiles.value;
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = maySend ? 'copy' : 'none';
      isOver.value = maySend;
    };
    const leave = (event: DragEvent): void => {
      // Out of the frame, not from one element to another.
      if (event.relatedTarget === null) isOver.value = false;
    };
    const drop = async (event: DragEvent): Promise<void> => {
      isOver.value = false;
      if (!hasFiles(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (!maySend) return;
      onDropped();
      await (await load()).choose(files);
    };
    const dropped = (event: DragEvent) => void drop(event).catch(() => {});
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', dropped);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', dropped);
    };
  }, [load, maySend]);
  const to = view.to.value;
  return isOver.value ? (
    <p class={styles.drop} data-testid="chat-drop">
      {to ? t('chat.dropOne', { name: to.name }) : t('chat.dropAll')}
    </p>
  ) : null;
}
