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
  /** Values that change with the first and with the last entry of the list. */
  first?: unknown;
  last: unknown;
  /** True when the user added the last entry: the list then always scrolls to it. */
  isOwn?: boolean;
  /** Label of the button that scrolls to new entries, for users who have scrolled up. */
  newest: string;
  children: ComponentChildren;
};

/** A list that stays at its end, also when it gets smaller, unless the user has scrolled up. */
export function FollowedLog({ label, testId, live, first, last, isOwn = false, newest, children }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const height = useRef(0);
  const size = useRef('');
  /** True when there are new entries that the user has not seen. */
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
    // The end moves when a phone opens its keyboard, when images load, or when lines wrap differently.
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
    // Entries that are added above must not move the visible ones.
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
