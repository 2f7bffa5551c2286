import { type Handlers, type Method, widgetMethods } from '@meetframe/contract';
import { check } from './check.ts';
import { type Own, toInput } from './dispatch.ts';

export type LocalHandlers = Handlers<typeof widgetMethods, undefined>;

/** The methods that the widget answers by itself: their input is checked here, as the server checks that of all others. */
export const createOwn = (handlers: LocalHandlers): Own => ({
  names: Object.keys(widgetMethods),
  async run(name, { args, isInverted, title }) {
    const row: Method = widgetMethods[name as keyof typeof widgetMethods];
    const handler = handlers[name as keyof typeof widgetMethods] as (input: unknown, context: undefined) => unknown;
    return await handler(check(row.input, toInput(row, args, isInverted), title), undefined);
  },
});
