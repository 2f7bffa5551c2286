import { callMethods } from '@meetframe/contract/calls';
import { implement } from '@meetframe/contract/define';
import type { Caller } from '../account/caller.ts';
import type { Calls } from './calls.ts';

export type CallServices = { calls: Calls };

export const callHandlers = ({ calls }: CallServices) =>
  implement(callMethods)<Caller>({
    'call.doInvite': calls.call,
    'call.doAgree': calls.agree,
    'call.reject': calls.reject,
    'call.cancel': calls.cancel,
    'call.ring': calls.ring,
    'call.busy': calls.busy,
    'call.connected': calls.connected,
    'call.doEvent': calls.doEvent,
    'call.doRegister': calls.register,
  });
