import { createModel, effect } from '@preact/signals';
import type { Call, CallScreensModel } from '../model/callScreens.ts';
import { type CallTextKey, callText, endStays } from '../model/callTexts.ts';
import type { ReadLook } from '../model/look.ts';
import { fill, type TextParams } from './fill.ts';

type Deps = { calls: CallScreensModel; look: ReadLook };

/** Texts of calls, in the language of the user. */
export const textOf =
  (look: ReadLook) =>
  (key: CallTextKey, params?: TextParams): string =>
    fill(callText(look, key), params);

/** What the cards of calls show and do. */
export const CallView = createModel(({ calls, look }: Deps) => {
  const guarded = (step: (call: Call) => Promise<void>) => (call: Call) => {
    // A call that ended meanwhile is gone from the screen by its own event.
    step(call).catch(() => {});
  };
  effect(() => {
    if (!calls.ended.value) return undefined;
    const timer = setTimeout(calls.dismiss, endStays);
    return () => clearTimeout(timer);
  });
  return {
    text: textOf(look),
    ringing: calls.ringing,
    outgoing: calls.outgoing,
    ended: calls.ended,
    audible: calls.audible,
    accept: guarded(calls.accept),
    bringIn: guarded(calls.bringIn),
    decline: guarded(calls.decline),
    cancel: guarded(calls.cancel),
    silence: calls.silence,
    dismiss: calls.dismiss,
  };
});
