import { expect, test } from 'vitest';
import { Look } from './look.ts';
import { partsOf } from './parts.ts';

test('a page changes its branding and the interface bit by bit', () => {
  const look = new Look({});
  const parts = () => partsOf(look.ui.value);
  look.propose({ theme: 'dark', brand: { color: '#112233', radius: 4 } });
  look.propose({ brand: { radius: null } });
  expect([look.theme.value, look.brand.value]).toEqual(['dark', { color: '#112233', radius: null }]);
  look.propose({ ui: { chat: false } });
  look.propose({ ui: { buttons: [{ id: 'notes', label: 'Notes' }] } });
  expect([parts().chat, parts().people, look.ui.value.buttons?.length]).toEqual([false, true, 1]);
  look.propose({ ui: { toolbar: false } });
  expect([parts().people, parts().header, parts().invite]).toEqual([false, true, true]);
  look.propose({ ui: { bare: true } });
  expect([parts().header, parts().names, parts().isBare]).toEqual([false, false, true]);
  look.propose({ ui: { bare: false, toolbar: true } });
  expect([parts().people, parts().chat]).toEqual([true, false]);
});
