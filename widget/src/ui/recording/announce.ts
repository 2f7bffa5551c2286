import english from './announcements/en.mp3?url';
import chinese from './announcements/zh-CN.mp3?url';

/** Recordings that were announced on this page: a reconnect is no reason to do it again. */
const announced = new Set<number>();

/**
 * Says by voice that the meeting is being recorded, once for each recording. The voice comes from the platform, so it needs none of the
 * browser or of the system. Where the browser plays nothing before a click, it is said at the next one.
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
