import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import styles from './Files.module.css';
import { FileIcon } from './icons.tsx';

const shown = /^image\/(png|jpeg|gif|webp)$/;
/** Side of the square, in CSS pixels, twice for sharp screens. */
const side = 80;

/** A thumbnail of an image that was not sent yet; an icon for other files. */
export function Preview({ file }: { file: Blob }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isPicture = useSignal(false);
  useEffect(() => {
    isPicture.value = false;
    let isOver = false;
    const draw = async (): Promise<void> => {
      const picture = await createImageBitmap(file);
      const { width, height } = picture;
      if (!isOver) {
        // The middle of it fills the square.
        const least = Math.min(width, height);
        const from = [(width - least) / 2, (height - least) / 2] as const;
        canvas.current?.getContext('2d')?.drawImage(picture, ...from, least, least, 0, 0, side, side);
        isPicture.value = true;
      }
      picture.close();
    };
    if (shown.test(file.type)) draw().catch(() => {});
    return () => {
      isOver = true;
    };
  }, [file]);
  return (
    <span class={styles.preview} aria-hidden="true">
      <canvas ref={canvas} width={side} height={side} hidden={!isPicture.value} />
      {!isPicture.value && <FileIcon />}
    </span>
  );
}
