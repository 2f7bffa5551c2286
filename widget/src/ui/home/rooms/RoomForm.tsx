import type { Definition, Room, RoomType } from '@meetframe/contract';
import { useMemo } from 'preact/hooks';
import { createRoomForm } from '../../../view/home/roomForm.ts';
import { useHome } from '../context.ts';
import { CheckField, ChoiceField, SelectField, TextArea, TextField } from '../Field.tsx';
import { FormDialog } from '../FormDialog.tsx';
import parts from '../parts.module.css';

const types: readonly RoomType[] = [2, 1, 3];
const definitions: readonly Definition[] = ['240p', '480p', '720p', '1080p'];

export function RoomForm({ room, onClose }: { room: Room | undefined; onClose: () => void }) {
  const { t, home, say } = useHome();
  // What was typed outlives every new rendering.
  const form = useMemo(() => createRoomForm(home.rooms, room), []);
  return (
    <FormDialog
      title={t(room ? 'rooms.edit' : 'rooms.new')}
      form={form}
      action={t(room ? 'common.save' : 'rooms.create')}
      testId="room-form"
      onDone={() => {
        onClose();
        say({ key: room ? 'rooms.saved' : 'rooms.created' });
      }}
      onClose={onClose}
    >
      <TextField
        form={form}
        name="name"
        label={t('rooms.name')}
        testId="room-name"
        autocomplete="off"
        maxLength={100}
      />
      <ChoiceField
        form={form}
        name="roomType"
        label={t('type.label')}
        testId="room-type"
        options={types.map((value) => ({ value, label: t(`type.${value}`) }))}
      />
      <div class={parts.pair}>
        <TextField
          form={form}
          name="numberLimit"
          label={t('rooms.numberLimit')}
          hint={t('rooms.numberLimitHint')}
          testId="room-limit"
          inputMode="numeric"
          autocomplete="off"
          maxLength={3}
        />
        <SelectField
          form={form}
          name="definition"
          label={t('rooms.definition')}
          testId="room-definition"
          options={definitions.map((value) => ({ value, label: value }))}
        />
      </div>
      <TextArea form={form} name="desc" label={t('rooms.desc')} testId="room-desc" rows={2} maxLength={1000} />
      <CheckField
        form={form}
        name="isPublic"
        label={t('rooms.isPublic')}
        hint={t('rooms.isPublicHint')}
        testId="room-public"
      />
    </FormDialog>
  );
}
