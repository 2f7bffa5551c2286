import { callListMethods } from '@meetframe/contract/callLists';
import { callMethods } from '@meetframe/contract/calls';
import { implement } from '@meetframe/contract/define';
import { type Caller, userOf } from '../account/caller.ts';
import { pageOf, pagesOf } from '../lists/paging.ts';
import type { Calls } from './calls.ts';
import type { CallHistory } from './history.ts';
import type { CallSettings } from './settings.ts';

export type CallServices = { calls: Calls; callSettings: CallSettings; callHistory: CallHistory };

const callListHandlers = ({ callSettings, callHistory }: CallServices) =>
  implement(callListMethods)<Caller>({
    'call.queryCalls': async ({ onlyMissed, ...page }, caller) => {
      const found = await callHistory.query(pageOf(page), { onlyMissed }, userOf(caller));
      return { ...found, totalPage: pagesOf(found.totalCount, page.pageSize) };
    },
    'call.markSeen': async (_, caller) => {
      await callSettings.seen(userOf(caller));
      return { result: 0 };
    },
    'call.querySettings': (_, caller) => callSettings.query(userOf(caller)),
    'call.updateSettings': (change, caller) => callSettings.update(change, userOf(caller)),
    'call.block': async ({ userId, blocked }, caller) => {
      await callSettings.block(userId, blocked, userOf(caller));
      return { result: 0 };
    },
    'call.queryBlocked': async (_, caller) => ({ users: await callSettings.blocked(userOf(caller)) }),
  });

export const callHandlers = (services: CallServices) => {
  const { calls } = services;
  return {
    ...callListHandlers(services),
    ...implement(callMethods)<Caller>({
      'call.doInvite': calls.call,
      'call.doAgree': calls.agree,
      'call.reject': calls.reject,
      'call.cancel': calls.cancel,
      'call.ring': calls.ring,
      'call.busy': calls.busy,
      'call.connected': calls.connected,
      'call.doEvent': calls.doEvent,
      'call.doRegister': calls.register,
    }),
  };
};
