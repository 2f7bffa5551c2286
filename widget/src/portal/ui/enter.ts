import { useSignal } from '@preact/signals';
import type { EntryResult } from '../model/entry.ts';
import type { Format } from '../view/format.ts';
import { problemOf } from '../view/problem.ts';
import type { Text } from '../view/text.ts';
import { usePortal } from './context.ts';

/**
 * The address of an open room goes into the address bar, so that a reload and the browser's Back work. For a closed
 * room, returns the text to show.
 */
export const followEntry = (entry: EntryResult, format: Format): Text | undefined => {
  if (entry.reason === 'open') {
    history.pushState(null, '', entry.address);
    return undefined;
  }
  if (entry.reason === 'early' && entry.startTime !== undefined)
    return { key: 'enter.early', params: { time: format.moment(entry.startTime) } };
  return { key: entry.reason === 'over' ? 'enter.over' : 'enter.unknown' };
};

/** Enters an appointment, or shows why that is not possible. */
export function useEnter() {
  const { portal, format, notify } = usePortal();
  const isEntering = useSignal(false);
  return {
    isEntering: isEntering.value,
    async enter(meetingId: number): Promise<void> {
      isEntering.value = true;
      try {
        const refusal = followEntry(await portal.entry.appointment(meetingId), format);
        if (refusal) notify(refusal, 'bad');
      } catch (error) {
        notify(problemOf(error), 'bad');
      }
      isEntering.value = false;
    },
  };
}
