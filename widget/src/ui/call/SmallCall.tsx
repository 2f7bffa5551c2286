import { useModel } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { textOf } from '../../view/calls.ts';
import { SmallCallView } from '../../view/smallCall.ts';
import { ToolbarView } from '../../view/toolbar.ts';
import { Avatar } from '../controls/Avatar.tsx';
import { UserText } from '../controls/UserText.tsx';
import { Video } from '../controls/Video.tsx';
import { type Icon, MicIcon, MicOffIcon } from '../icons.tsx';
import { MoveIcon } from '../meetingIcons.tsx';
import { GrowIcon, HangUpIcon } from './icons.tsx';
import type { PartProps } from './partProps.ts';
import round from './Round.module.css';
import styles from './SmallCall.module.css';

/** Drags by the element: reports each step in CSS pixels. Screen coordinates, because the frame may move with the pointer. */
const useDragSteps = (step: (x: number, y: number) => void) => {
  const last = useRef<{ x: number; y: number } | undefined>(undefined);
  const end = () => {
    last.current = undefined;
  };
  return {
    onPointerDown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      last.current = { x: event.screenX, y: event.screenY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: ({ screenX: x, screenY: y }: PointerEvent) => {
      const from = last.current;
      if (!from) return;
      last.current = { x, y };
      step(x - from.x, y - from.y);
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
};

/** Its distance from the left and upper edge of the window, in CSS pixels, as from the right one. */
const edge = 16;

/** Far enough for any window: the card stops at its edges. */
const far = 100_000;
/** The corners one after the other, for users who do not drag. */
const corners = [
  { x: -far, y: far },
  { x: -far, y: -far },
  { x: far, y: -far },
  { x: far, y: far },
];

/** The call as a small card over the home screen or the page. */
export function SmallCall({ app, calls, isFrame = false }: PartProps) {
  const text = textOf(app);
  const { client, stream } = useModel(() => new SmallCallView(app));
  const toolbar = useModel(() => new ToolbarView(app));
  const card = useRef<HTMLElement>(null);
  const [at, setAt] = useState({ x: 0, y: 0 });
  const corner = useRef(0);
  const move = (x: number, y: number): void => {
    if (isFrame) {
      calls.dragFrame(x, y);
      return;
    }
    // From its corner it moves to the left and up only.
    const { offsetLeft = 0, offsetTop = 0 } = card.current ?? {};
    const within = (value: number, room: number) => Math.min(0, Math.max(value, edge - room));
    setAt((now) => ({ x: within(now.x + x, offsetLeft), y: within(now.y + y, offsetTop) }));
  };
  const turn = (): void => {
    const { x, y } = corners[corner.current++ % corners.length] ?? { x: 0, y: 0 };
    move(x, y);
  };
  const drag = useDragSteps(move);
  useEffect(() => {
    const keepInside = () => move(0, 0);
    addEventListener('resize', keepInside);
    return () => removeEventListener('resize', keepInside);
  }, []);
  useEffect(() => {
    // The button that was pressed is gone, and keyboard and screen readers go on from here.
    if (document.activeElement === document.body) card.current?.querySelector<HTMLElement>('[data-grow]')?.focus();
  }, []);
  const grow = () => calls.setShape('full');
  const who = client.value;
  const { isOn, toggle } = toolbar.microphone.value;
  // Problems are shown at full size only.
  const isBlocked = toolbar.dialog.value !== undefined;
  useEffect(() => {
    if (isBlocked) grow();
  }, [isBlocked]);
  const button = (label: string, Picture: Icon, testId: string, run: () => void, look = '') => (
    <button
      type="button"
      class={`${round.round} ${look}`}
      aria-label={label}
      title={label}
      data-testid={testId}
      data-grow={run === grow || undefined}
      onClick={run}
    >
      <Picture />
    </button>
  );
  return (
    <section
      ref={card}
      class={`${styles.small} ${isFrame ? styles.inFrame : ''}`}
      style={isFrame ? undefined : { translate: `${at.x}px ${at.y}px` }}
      data-theme="dark"
      aria-label={who ? text('small.call', { name: who.name }) : text('small.alone')}
      data-testid="small-call"
    >
      <div class={styles.picture} {...drag}>
        {stream.value ? (
          <Video stream={stream.value} class={styles.video} />
        ) : (
          who && <Avatar id={who.id} name={who.name} picture={who.pictureurl} class={styles.face} />
        )}
        {app.meeting.recording.onServer.value && (
          <span class={styles.recorded} role="img" aria-label={text('small.recorded')} title={text('small.recorded')} />
        )}
        <p class={styles.name}>{who ? <UserText text={who.name} /> : text('small.alone')}</p>
      </div>
      <div class={styles.bar}>
        {button(text(isOn ? 'mute' : 'unmute'), isOn ? MicIcon : MicOffIcon, 'small-microphone', toggle)}
        {button(text('small.move'), MoveIcon, 'small-move', turn)}
        {button(text('small.grow'), GrowIcon, 'small-grow', grow)}
        {button(text('hangUp'), HangUpIcon, 'small-hang-up', toolbar.leave, round.ends)}
      </div>
    </section>
  );
}
