import { useModel } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { AppModel } from '../model/compose.ts';
import type { Client } from '../platform/client.ts';
import { regionalLocale } from '../view/regional.ts';
import { Portal } from './model/portal.ts';
import { PortalContext } from './ui/context.ts';
import { Notifications } from './ui/Notifications.tsx';
import { Shell } from './ui/Shell.tsx';
import { Restoring, Welcome } from './ui/welcome/Welcome.tsx';
import { createFormat } from './view/format.ts';
import { NotificationsView } from './view/notifications.ts';
import { createPortalTranslate } from './view/text.ts';

/**
 * The home screen of the platform's own page: the way into a meeting and, for a signed-in user, their meetings, rooms
 * and recordings. Its data outlives its component, which is removed during a meeting.
 */
export const createPortal = (client: Client, app: AppModel) => {
  const portal = new Portal(client, app);
  const t = createPortalTranslate(app.locale);
  const Home = () => {
    const { notifications, notify, dismiss } = useModel(() => new NotificationsView());
    const locale = app.locale.value;
    const format = useMemo(() => createFormat(regionalLocale(locale, navigator.languages)), [locale]);
    const value = useMemo(() => ({ app, portal, t, format, notify }), [format, notify]);
    const { user, restoring } = app.identity;
    return (
      <PortalContext.Provider value={value}>
        {restoring.value ? <Restoring /> : user.value ? <Shell key={user.value.id} user={user.value} /> : <Welcome />}
        <Notifications notifications={notifications} dismiss={dismiss} />
      </PortalContext.Provider>
    );
  };
  return { Home, dispose: () => portal[Symbol.dispose]() };
};
