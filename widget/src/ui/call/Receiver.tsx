import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { Base } from '../../model/base.ts';
import type { AppModel } from '../../model/compose.ts';
import '../tokens.css';
import { useLook } from '../look.ts';
import { CallLayer } from './CallLayer.tsx';

type Props = {
  base: Base;
  whole: ReadonlySignal<{ app: AppModel; Screens: ComponentType } | undefined>;
};

/** The interface of a widget that waits for calls: only the cards of calls, and the meeting of an accepted call. */
export function Receiver({ base, whole }: Props) {
  useLook(base.look);
  const calls = base.calls.screens.value;
  const { app, Screens } = whole.value ?? {};
  if (Screens && app?.screen.value !== 'idle') return <Screens />;
  return calls ? <CallLayer calls={calls} look={base.look} {...(app && { app })} isFrame /> : null;
}
