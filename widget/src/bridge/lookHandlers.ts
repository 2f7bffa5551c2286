import type { AppModel } from '../model/compose.ts';
import type { LocalHandlers } from './own.ts';

/** The methods that change the language, the look and the parts of the interface. */
export const createLookHandlers = (app: AppModel) =>
  ({
    configure: (change) => {
      app.configure(change);
      return {};
    },
    setTheme: (change) => {
      app.propose(change);
      return {};
    },
    setUi: async (change) => {
      if (change.texts) {
        const { checkTexts } = await import('./ownTexts.ts');
        checkTexts(change.texts, { what: 'setUi', field: 'texts' });
      }
      app.propose({ ui: change });
      return {};
    },
  }) satisfies Partial<LocalHandlers>;
