import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import styles from './FollowedLog.module.css';
import { DownIcon } from './panelIcons.tsx';

/** Distance from the end, in CSS pixels, within which a list scrolls to what is new. */
const following = 80;

const sizeOf = ({ clientWidth, clientHeight }: Element): string => `${clientWidth} ${clientHeight}`;

type Props = {
  /** Accessible name of the list. */
  label: string;
  testId: string;
  /** Whether screen readers read aloud what is added. */
  live: 'polite' | 'off';
  /** Change with what is first and last in the list. */
  first?: unknown;
  last: unknown;
  /** The user has added what is last: it is shown in any case. */
  isOwn?: boolean;
  /** The button that leads to what is new, for those who have scrolled up. */
  newest: string;
  children: ComponentChildren;
};

/** A list that stays at its end, also when it gets smaller, unless the user has scrolled up. */
export function FollowedLog({ label, testId, live, first, last, isOwn = false, newest, children }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const height = useRef(0);
  const size = useRef('');
  /** Something is new that the user has not had before the eyes. */
  const isBehind = useSignal(false);
  const toEnd = (): void => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
    isFollowing.current = true;
    isBehind.value = false;
  };
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    // The keyboard of a phone takes the place of the end; what is loaded later, or wraps otherwise, moves it.
    const observer = new ResizeObserver(() => {
      if (isFollowing.current) toEnd();
      size.current = sizeOf(element);
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const element = list.current;
    // What is added above moves nothing before the eyes.
    if (element && !isFollowing.current) element.scrollTop += element.scrollHeight - height.current;
  }, [first]);
  useLayoutEffect(() => {
    if (isFollowing.current || isOwn) toEnd();
    else isBehind.value = true;
  }, [last, isOwn]);
  useLayoutEffect(() => {
    // A line before the last one may be new, too, or have become longer.
    if (isFollowing.current) toEnd();
    height.current = list.current?.scrollHeight ?? 0;
  });
  return (
    <div class={styles.area}>
      <div
        ref={list}
        class={styles.log}
        role="log"
        aria-live={live}
        aria-label={label}
        data-testid={testId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling element must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        onScroll={({ currentTarget }) => {
          // The browser scrolls, too, when the list gets another size: the user has not left the end then.
          if (sizeOf(currentTarget) !== size.current) return;
          const { scrollHeight, scrollTop, clientHeight } = currentTarget;
          isFollowing.current = scrollHeight - scrollTop - clientHeight < following;
          if (isFollowing.current) isBehind.value = false;
        }}
      >
        <div>{children}</div>
      </div>
      {isBehind.value && (
        <button type="button" class={styles.newest} data-testid={`${testId}-newest`} onClick={toEnd}>
          <DownIcon />
          {newest}
        </button>
      )}
    </div>
  );
}
