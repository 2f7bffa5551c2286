import { useModel } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { HomeModel } from '../../model/home/home.ts';
import type { AppModel } from '../../model/types.ts';
import { createFormat, regionalLocale } from '../../view/home/format.ts';
import { SaidView } from '../../view/home/said.ts';
import { createHomeTranslate } from '../../view/home/text.ts';
import { HomeContext } from './context.ts';
import { Said } from './Said.tsx';
import { Shell } from './Shell.tsx';
import { Restoring, Welcome } from './welcome/Welcome.tsx';

/** The platform's own page while no meeting is open: the way in, and for whoever is signed in what is theirs. */
export function Home({ app, home }: { app: AppModel; home: HomeModel }) {
  const said = useModel(() => new SaidView());
  const t = useMemo(() => createHomeTranslate(app.locale), [app]);
  const locale = app.locale.value;
  const format = useMemo(() => createFormat(regionalLocale(locale, navigator.languages)), [locale]);
  const value = useMemo(() => ({ app, home, t, format, say: said.say }), [app, home, t, format, said]);
  const { user, restoring } = app.session;
  return (
    <HomeContext.Provider value={value}>
      {restoring.value ? <Restoring /> : user.value ? <Shell key={user.value.id} user={user.value} /> : <Welcome />}
      <Said lines={said.lines} dismiss={said.dismiss} />
    </HomeContext.Provider>
  );
}
