import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { identity, index, no, required, type Schema } from './columns.ts';

/**
 * Webhooks of apps and the events on their way there. A delivery does not reference its webhook, so that an event is stored without
 * waiting for the removal of a webhook; those that are left over are swept away.
 */
export const webhooks: Migration = {
  async up(db: Schema) {
    await db.schema
      .createTable('webhook')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('appId', 'text', (column) => required(column).references('app.id').onDelete('cascade'))
      .addColumn('url', 'text', required)
      .addColumn('secret', 'text', required)
      .addColumn('events', 'text', required)
      .addColumn('createdAt', 'bigint', required)
      .execute();
    await index(db, 'webhook_app', 'webhook', ['appId']);
    await db.schema
      .createTable('webhook_delivery')
      .addColumn(...identity(db))
      .addColumn('webhookId', 'text', required)
      .addColumn('key', 'text', required)
      .addColumn('event', 'text', required)
      .addColumn('subject', 'text', required)
      .addColumn('body', 'text', required)
      .addColumn('since', 'bigint', required)
      .addColumn('nextAt', 'bigint', required)
      .addColumn('attempts', 'integer', no)
      .addColumn('doneAt', 'bigint')
      .addColumn('isDelivered', 'integer', no)
      .addColumn('outcome', 'text')
      .addUniqueConstraint('webhook_delivery_key', ['webhookId', 'key'])
      .execute();
    await index(db, 'webhook_delivery_due', 'webhook_delivery', ['nextAt'], sql`"doneAt" is null`);
    await index(
      db,
      'webhook_delivery_order',
      'webhook_delivery',
      ['webhookId', 'subject', 'id'],
      sql`"doneAt" is null`,
    );
    await index(db, 'webhook_delivery_list', 'webhook_delivery', ['webhookId', 'id']);
    await index(db, 'webhook_delivery_done', 'webhook_delivery', ['doneAt']);
  },
};
