import type { User } from '@meetframe/contract';
import { useModel } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { CallScreensModel } from '../../model/callScreens.ts';
import type { CallTextKey } from '../../model/callTexts.ts';
import type { AppModel } from '../../model/compose.ts';
import type { ReadLook } from '../../model/look.ts';
import { CallView } from '../../view/calls.ts';
import { Avatar } from '../controls/Avatar.tsx';
import { UserText } from '../controls/UserText.tsx';
import { Video } from '../controls/Video.tsx';
import { CameraIcon, CloseIcon, type Icon } from '../icons.tsx';
import { later } from '../later.tsx';
import styles from './Call.module.css';
import { useFrame } from './frame.ts';
import { BellOffIcon, BringInIcon, CallIcon, HangUpIcon } from './icons.tsx';

type ActionProps = { label: string; icon: Icon; tone: 'accept' | 'decline' | 'plain'; testId: string; run: () => void };
const Action = ({ label, icon: Picture, tone, testId, run }: ActionProps) => (
  <button type="button" class={styles.action} data-testid={testId} onClick={run}>
    <span class={`${styles.round} ${styles[tone]}`}>
      <Picture />
    </span>
    <span>{label}</span>
  </button>
);

type CardProps = {
  peer: User;
  line: string;
  note?: string | undefined;
  testId: string;
  /** Above it. */
  picture?: ComponentChildren;
  children: ComponentChildren;
};
const Card = ({ peer, line, note, testId, picture, children }: CardProps) => (
  <section class={styles.card} aria-label={`${peer.name}: ${line}`} data-testid={testId}>
    {picture}
    <div class={styles.who}>
      <Avatar id={peer.id} name={peer.name} picture={peer.photo} class={styles.face} />
      <div class={styles.words} role="status">
        <p class={styles.name}>
          <UserText text={peer.name} />
        </p>
        <p class={styles.line}>{line}</p>
        {note && <p class={styles.note}>{note}</p>}
      </div>
    </div>
    <div class={styles.actions}>{children}</div>
  </section>
);

const Incoming = ({ view, isInMeeting }: { view: InstanceType<typeof CallView>; isInMeeting: boolean }) => {
  const { text } = view;
  const call = view.ringing.value;
  const callId = call?.callId;
  useEffect(() => {
    if (callId === undefined) return undefined;
    const silence = ({ key }: KeyboardEvent): void => {
      const shown = view.ringing.peek();
      if (key === 'Escape' && shown) view.silence(shown);
    };
    addEventListener('keydown', silence);
    return () => removeEventListener('keydown', silence);
  }, [callId]);
  if (!call) return null;
  const isAudio = call.type === 1;
  const isLoud = !call.waiting && !call.silenced;
  return (
    <Card
      peer={call.peer}
      line={text(call.waiting ? 'incoming.waiting' : isAudio ? 'incoming.audio' : 'incoming.video')}
      note={isLoud && !view.audible.value ? text('incoming.silent') : undefined}
      testId="incoming-call"
    >
      <Action
        label={text('decline')}
        icon={HangUpIcon}
        tone="decline"
        testId="decline-call"
        run={() => view.decline(call)}
      />
      {isLoud && (
        <Action
          label={text('silence')}
          icon={BellOffIcon}
          tone="plain"
          testId="silence-call"
          run={() => view.silence(call)}
        />
      )}
      {call.waiting && isInMeeting && (
        <Action
          label={text('bringIn')}
          icon={BringInIcon}
          tone="plain"
          testId="bring-in-call"
          run={() => view.bringIn(call)}
        />
      )}
      <Action
        label={text(call.waiting ? 'acceptInstead' : 'accept')}
        icon={isAudio ? CallIcon : CameraIcon}
        tone="accept"
        testId="accept-call"
        run={() => view.accept(call)}
      />
    </Card>
  );
};

/** The user's own video, as the other side will see it. */
const Preview = ({ app: { devices } }: { app: AppModel }) => {
  const stream = devices.cameraStream.value;
  if (!stream) return null;
  const mirrored = devices.isCameraMirrored.value ? styles.mirrored : '';
  return <Video stream={stream} class={`${styles.preview} ${mirrored}`} />;
};

type Props = {
  calls: CallScreensModel;
  look: ReadLook;
  /** With the code for meetings. */
  app?: AppModel;
  /** The cards are all that the frame shows; else they lie over the screens. */
  isFrame?: boolean;
};

const InCall = later(() => import('./InCall.tsx').then(({ InCall }) => InCall));

/** The incoming call, the outgoing one, and how the last one ended. */
export function CallLayer({ calls, look, app, isFrame = false }: Props) {
  const view = useModel(() => new CallView({ calls, look }));
  const { text } = view;
  const layer = useRef<HTMLDivElement>(null);
  const isRinging = view.ringing.value !== undefined;
  const isInMeeting = app?.screen.value === 'meeting';
  const inCall = isInMeeting && calls.isInCall.value ? app : undefined;
  /** True when the called user already has a tile in the meeting. */
  const hasTile = (call: { callId: string } | undefined) =>
    inCall && calls.shape.value !== 'small' && calls.called.value.some(({ callId }) => callId === call?.callId);
  const outgoing = hasTile(view.outgoing.value) ? undefined : view.outgoing.value;
  const ended = hasTile(view.ended.value) ? undefined : view.ended.value;
  const isOpening = isRinging || outgoing !== undefined;
  useEffect(() => {
    if (isOpening) InCall.foresee();
  }, [isOpening]);
  const hasCards = isRinging || outgoing !== undefined || ended !== undefined;
  const isOnlySmall = isFrame && !hasCards && inCall !== undefined;
  useFrame(layer, isFrame ? (hasCards || isOnlySmall ? 'card' : 'none') : 'full', isOnlySmall, calls.wantFrame);
  const during = inCall && <InCall at="over" app={inCall} calls={calls} isFrame={isFrame} />;
  const box = isFrame
    ? [styles.framed, isOnlySmall && styles.onlySmall]
    : [styles.layer, isInMeeting && styles.overMeeting];
  const cards = (hasCards || isOnlySmall) && (
    <div ref={layer} class={box.filter(Boolean).join(' ')}>
      {isFrame && during}
      {isRinging && <Incoming view={view} isInMeeting={isInMeeting} />}
      {outgoing && (
        <Card
          peer={outgoing.peer}
          line={text(
            outgoing.state === 'ringing' ? 'outgoing.ringing' : outgoing.tried ? 'outgoing.tried' : 'outgoing.calling',
          )}
          testId="outgoing-call"
          picture={app && !inCall && outgoing.type !== 1 && <Preview app={app} />}
        >
          <Action
            label={text('cancel')}
            icon={HangUpIcon}
            tone="decline"
            testId="cancel-call"
            run={() => view.cancel(outgoing)}
          />
        </Card>
      )}
      {!isRinging && !outgoing && ended?.reason && (
        <Card
          peer={ended.peer}
          line={text(`${ended.outgoing ? 'ended.out' : 'ended.in'}.${ended.reason}` as CallTextKey)}
          testId="ended-call"
        >
          <Action label={text('close')} icon={CloseIcon} tone="plain" testId="close-call" run={view.dismiss} />
        </Card>
      )}
    </div>
  );
  return (
    <>
      {!isFrame && during}
      {cards}
    </>
  );
}
