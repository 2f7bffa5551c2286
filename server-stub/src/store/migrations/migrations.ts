import type { MigrationProvider } from 'kysely/migration';
import { calendar } from './calendar.ts';
import { callGuests } from './callGuests.ts';
import { callLists } from './callLists.ts';
import { callRooms } from './callRooms.ts';
import { calls } from './calls.ts';
import { chatFiles } from './chatFiles.ts';
import { contacts } from './contacts.ts';
import { endedMeetings } from './endedMeetings.ts';
import { first } from './first.ts';
import { guestUse } from './guestUse.ts';
import { leftovers } from './leftovers.ts';
import { lists } from './lists.ts';
import { locks } from './locks.ts';
import { meetings } from './meetings.ts';
import { platformTables } from './platform.ts';
import { recordFileProgress } from './recordFileProgress.ts';
import { recordFiles } from './recordFiles.ts';
import { recording } from './recording.ts';
import { signOn } from './signOn.ts';
import { storedTranscripts } from './storedTranscripts.ts';
import { transcripts } from './transcripts.ts';
import { trustPages } from './trustPages.ts';
import { waitingRooms } from './waitingRooms.ts';
import { webhooks } from './webhooks.ts';

/** In the order of their names. A released migration is never changed. */
export const migrations: MigrationProvider = {
  getMigrations: async () => ({
    '001_first': first,
    '002_platform': platformTables,
    '003_lists': lists,
    '004_sign_on': signOn,
    '005_leftovers': leftovers,
    '006_meetings': meetings,
    '020_calls': calls,
    '021_contacts': contacts,
    '022_trust_pages': trustPages,
    '040_call_lists': callLists,
    '050_transcripts': transcripts,
    '060_recording': recording,
    '070_webhooks': webhooks,
    '071_ended_meetings': endedMeetings,
    '080_locks': locks,
    '081_call_guests': callGuests,
    '090_stored_transcripts': storedTranscripts,
    '100_guest_use': guestUse,
    '110_record_files': recordFiles,
    '130_waiting_rooms': waitingRooms,
    '131_calendar': calendar,
    '133_call_rooms': callRooms,
    '134_record_file_progress': recordFileProgress,
    '135_chat_files': chatFiles,
  }),
};
