import english from './announcements/en.mp3?url';
import chinese from './announcements/zh-CN.mp3?url';

/** Recordings that were announced on this page: a reconnect is no reason to do it again. */
const announced = new Set<number>();

/**
 * Plays a voice announcement that the meeting is being recorded, once for each recording. The audio file comes from the platform, so no
 * speech synthesis is needed. If the browser plays nothing before a click, it is played on the next click.
 */
export const announce = async (recordId: number, to: { locale: string; speakerId: string }): Promise<void> => {
  if (announced.has(recordId)) return;
  announced.add(recordId);
  const audio = new Audio(to.locale.startsWith('zh') ? chinese : english);
  if (to.speakerId && 'setSinkId' in audio) await audio.setSinkId(to.speakerId).catch(() => {});
  await audio
    .play()
    .catch(() => addEventListener('pointerdown', () => void audio.play().catch(() => {}), { once: true }));
};
