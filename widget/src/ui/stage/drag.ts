import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Distance in CSS pixels from which a movement is a drag, and no click. */
const start = 6;

/** Calls `drop` with the middle of an element where a pointer dragged it to, in pixels from the corner of its parent. */
export const useDrag = (
  element: RefObject<HTMLElement | null>,
  drop: ((to: { x: number; y: number }) => void) | undefined,
) =>
  useEffect(() => {
    const tile = element.current;
    if (!tile || !drop) return undefined;
    let from: { x: number; y: number } | undefined;
    const press = ({ clientX, clientY, pointerId, target }: PointerEvent) => {
      if (target instanceof Element && target.closest('button')) return;
      from = { x: clientX, y: clientY };
      tile.setPointerCapture(pointerId);
    };
    const move = ({ clientX, clientY }: PointerEvent) => {
      if (from) tile.style.translate = `${clientX - from.x}px ${clientY - from.y}px`;
    };
    const release = ({ type, clientX, clientY }: PointerEvent) => {
      if (!from) return;
      const isDrag = type === 'pointerup' && Math.hypot(clientX - from.x, clientY - from.y) >= start;
      from = undefined;
      const box = tile.getBoundingClientRect();
      const stage = tile.parentElement?.getBoundingClientRect();
      tile.style.translate = '';
      if (isDrag && stage) drop({ x: box.x + box.width / 2 - stage.x, y: box.y + box.height / 2 - stage.y });
    };
    const events = { pointerdown: press, pointermove: move, pointerup: release, pointercancel: release };
    for (const [name, listener] of Object.entries(events)) tile.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(events)) tile.removeEventListener(name, listener as EventListener);
      tile.style.translate = '';
    };
  }, [element, drop]);
