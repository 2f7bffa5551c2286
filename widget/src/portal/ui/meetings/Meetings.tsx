import { useModel, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../../ui/controls/Button.tsx';
import { RoomIcon } from '../../../ui/icons.tsx';
import { later } from '../../../ui/later.tsx';
import { CalendarIcon } from '../../../ui/panelIcons.tsx';
import { AgendaView } from '../../view/agenda.ts';
import { problemOf } from '../../view/problem.ts';
import { usePortal } from '../context.ts';
import { useEnter } from '../enter.ts';
import { Empty } from '../list/Empty.tsx';
import list from '../list/List.module.css';
import { Listing } from '../list/Listing.tsx';
import page from '../Page.module.css';
import { Page } from '../Page.tsx';
import { JoinForm } from '../welcome/JoinForm.tsx';
import { AppointmentRow } from './AppointmentRow.tsx';
import type { OpenDialog } from './dialog.ts';
import styles from './Meetings.module.css';

/** A chunk of its own: it comes once the list is there, and is fetched at the latest when a dialog opens. */
const AppointmentDialogs = later(() =>
  import('../appointment/AppointmentDialogs.tsx').then((chunk) => chunk.AppointmentDialogs),
);

/** The planned meetings, day by day, and the ways to start or join a meeting now. */
export function Meetings() {
  const { t, app, portal, format, notify } = usePortal();
  const { appointments } = portal;
  const view = useModel(() => new AgendaView(app, portal));
  const dialog = useSignal<OpenDialog | undefined>(undefined);
  const isStarting = useSignal(false);
  const { enter } = useEnter();
  const scope = appointments.scope.value;
  const now = view.now.value;
  const name = app.identity.user.value?.name ?? '';
  const show = (next: OpenDialog | undefined) => {
    dialog.value = next;
  };

  async function startNow(): Promise<void> {
    isStarting.value = true;
    try {
      // The lobby comes next: the link to send is shown in the meeting.
      const { meetingId } = await appointments.instant(t('meetings.instantName', { name }));
      await enter(meetingId);
    } catch (error) {
      notify(problemOf(error), 'bad');
    }
    isStarting.value = false;
  }

  const isThere = appointments.items.value !== undefined;
  useEffect(() => {
    if (isThere) AppointmentDialogs.foresee();
  }, [isThere]);

  const schedule = () => show({ kind: 'form', details: undefined });

  return (
    <Page title={t('meetings.hello', { name })} sub={format.date(now, now)}>
      <section class={`${page.card} ${styles.start}`} aria-label={t('meetings.start')}>
        {view.mayMake.value && (
          <div class={styles.ways}>
            <Button look="primary" data-testid="new-meeting" disabled={isStarting.value} onClick={startNow}>
              <RoomIcon />
              {t('meetings.new')}
            </Button>
            <Button data-testid="schedule" onClick={schedule}>
              <CalendarIcon />
              {t('meetings.schedule')}
            </Button>
          </div>
        )}
        <div class={styles.join}>
          <JoinForm />
        </div>
      </section>

      <section class={styles.agenda} aria-labelledby="agenda-title">
        <header class={page.head}>
          <h2 id="agenda-title" class={styles.title}>
            {t('meetings.title')}
          </h2>
          <div class={styles.scopes}>
            {(['upcoming', 'past'] as const).map((each) => (
              <button
                key={each}
                type="button"
                class={styles.scope}
                aria-pressed={scope === each}
                data-testid={`scope-${each}`}
                onClick={() => void appointments.look(each)}
              >
                {t(`meetings.${each}`)}
              </button>
            ))}
          </div>
        </header>
        <Listing
          list={appointments}
          empty={
            <Empty
              icon={CalendarIcon}
              title={`meetings.none.${scope}`}
              text={`meetings.noneText.${scope}`}
              testId="no-meetings"
            >
              {scope === 'upcoming' && view.mayMake.value && (
                <Button data-testid="schedule-first" onClick={schedule}>
                  {t('meetings.schedule')}
                </Button>
              )}
            </Empty>
          }
        >
          {view.days.value?.map((day) => (
            <section key={day.key} class={styles.day} aria-label={format.date(day.at, now)} data-testid="day">
              <h3 class={styles.date}>
                {format.near(day.at, now) && <strong>{format.near(day.at, now)}</strong>}
                <span>{format.date(day.at, now)}</span>
              </h3>
              <ul class={list.rows}>
                {day.rows.map((row) => (
                  <AppointmentRow key={row.appointment.id} row={row} onOpen={show} />
                ))}
              </ul>
            </section>
          ))}
        </Listing>
        {appointments.items.value && (
          <div class={styles.more}>
            <p class={styles.reach}>
              {t(scope === 'upcoming' ? 'meetings.until' : 'meetings.since', {
                date: format.date(appointments.reach.value, now),
              })}
            </p>
            <Button data-testid="more" disabled={appointments.busy.value} onClick={() => void appointments.more()}>
              {t(scope === 'upcoming' ? 'meetings.later' : 'meetings.earlier')}
            </Button>
          </div>
        )}
      </section>
      {dialog.value && <AppointmentDialogs open={dialog.value} show={show} now={() => view.now.peek()} />}
    </Page>
  );
}
