import { expect, test } from 'vitest';
import { Look } from './look.ts';

test('a page changes its livery and the interface bit by bit', () => {
  const look = new Look({});
  look.propose({ theme: 'dark', brand: { color: '#112233', radius: 4 } });
  look.propose({ brand: { radius: null } });
  expect([look.theme.value, look.brand.value]).toEqual(['dark', { color: '#112233', radius: null }]);
  look.propose({ ui: { chat: false } });
  look.propose({ ui: { buttons: [{ id: 'notes', label: 'Notes' }] } });
  expect([look.parts.value.chat, look.parts.value.people, look.buttons.value.length]).toEqual([false, true, 1]);
  look.propose({ ui: { toolbar: false } });
  expect([look.parts.value.people, look.parts.value.header, look.parts.value.invite]).toEqual([false, true, true]);
  look.propose({ ui: { bare: true } });
  expect([look.parts.value.header, look.parts.value.names, look.parts.value.isBare]).toEqual([false, false, true]);
  look.propose({ ui: { bare: false, toolbar: true } });
  expect([look.parts.value.people, look.parts.value.chat]).toEqual([true, false]);
});
