import type { AppModel } from '../model/compose.ts';
import type { LocalHandlers } from './own.ts';

/** The methods that concern files in the chat. */
export const createChatHandlers = ({ meeting: { chat, roster } }: AppModel) =>
  ({
    'meeting.sendFile': async ({ file, name, to }) => {
      roster.ownClient();
      return chat.forPage(await (await chat.sending.load()).send({ file, name, to }));
    },
  }) satisfies Partial<LocalHandlers>;
