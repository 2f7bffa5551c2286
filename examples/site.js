/** What the pages of the OA and of the CRM have in common: their own back end, signing in, and building what they show. */

export const $ = (id) => document.getElementById(id);

/** An element with children; text is text, whatever it says. */
export const make = (tag, properties = {}, ...children) => {
  const { className, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  if (className) element.className = className;
  element.append(...children);
  return element;
};

export const initials = (name) =>
  make('span', { className: 'initials', ariaHidden: 'true' }, ...name.split(' ').map(([first]) => first));

/** Calls this page's own back end; a refusal is an Error with a sentence for people. */
export const createBackEnd = (base) => async (method, path, body) => {
  const answer = await fetch(`${base}/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json');
  if (!answer.ok) throw new Error((isJson && JSON.parse(text).message) || text);
  return isJson ? JSON.parse(text) : text;
};

/** Shows what went wrong in the page's one place for it; a next success takes it away. */
export const attempt = async (action) => {
  try {
    $('problem').textContent = '';
    return await action();
  } catch (error) {
    $('problem').textContent = error.message;
    return undefined;
  }
};

/** The sign-in of the site itself: the user picks an account. `onChange` gets the user, or `null` when signed out. */
export const createSignIn = async (ask, onChange) => {
  const show = (me) => {
    $('signIn').hidden = Boolean(me);
    $('site').hidden = !me;
    $('signOut').hidden = !me;
    $('me').value = me?.name ?? '';
    onChange(me);
  };
  for (const person of await ask('GET', 'people')) {
    const button = make(
      'button',
      { className: 'person', type: 'button' },
      initials(person.name),
      make('span', {}, person.name),
      make('small', {}, person.job),
    );
    button.dataset.account = person.account;
    button.addEventListener('click', () =>
      attempt(async () => show(await ask('POST', 'login', { account: person.account }))),
    );
    $('people').append(button);
  }
  $('signOut').addEventListener('click', () =>
    attempt(async () => {
      await ask('POST', 'logout');
      show(null);
    }),
  );
  show(await ask('GET', 'me'));
};

/**
 * The meeting in this page: this is all that a page does for it. The sign is asked of the back end whenever it is needed,
 * and the session id says that it is this person; neither is kept in the page or in an address.
 */
export const createStage = (RTCPeer, host, ask) => {
  let rtcPeer;
  const close = async () => {
    const open = rtcPeer;
    rtcPeer = undefined;
    await open?.destroy();
    $('empty').hidden = rtcPeer !== undefined;
  };
  return {
    close,
    async open({ roomId, SID, name }) {
      await close();
      $('empty').hidden = true;
      rtcPeer = new RTCPeer({
        host,
        container: '#stage',
        sign: () => ask('GET', 'sign'),
        SID,
        room: roomId,
        username: name,
        locale: 'en',
      });
      await rtcPeer.ready;
    },
  };
};
