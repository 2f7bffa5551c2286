/** What the pages of the OA and of the CRM have in common: their own back end, signing in, a meeting, and building what they show. */

export const { lang: language } = document.documentElement;
/** A text of the page, in its language. */
export const say = (english, chinese) => (language === 'en' ? english : chinese);

const moment = new Intl.DateTimeFormat(language, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
/** A time of ISO 8601 as people write it. */
export const momentOf = (time) => moment.format(new Date(time));

export const $ = (id) => document.getElementById(id);

/** An element with children; text is text, whatever it says. */
export const make = (tag, properties = {}, ...children) => {
  const { className, dataset, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  if (className) element.className = className;
  Object.assign(element.dataset, dataset);
  element.append(...children);
  return element;
};

/** A button that is off while its action runs, and says what went wrong. */
export const button = (text, action, className = '') => {
  const made = make('button', { type: 'button', className }, text);
  made.addEventListener('click', async () => {
    made.disabled = true;
    await attempt(action);
    made.disabled = false;
  });
  return made;
};

/** The picture of a person: initials, in a colour of the person's own. */
export const avatar = (name) => {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const made = make('span', { className: 'avatar', ariaHidden: 'true' }, ...name.split(' ').map(([first]) => first));
  made.style.setProperty('--hue', hue);
  return made;
};

/** Calls this page's own back end; a refusal is an Error with a sentence for people. */
export const createBackEnd = (base) => async (method, path, body) => {
  const answer = await fetch(`${base}/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json');
  if (!answer.ok) {
    if (isJson) throw Object.assign(new Error(JSON.parse(text).message), { isForPeople: true });
    throw new Error(text);
  }
  return isJson ? JSON.parse(text) : text;
};

/** Shows what went wrong in the page's one place for it; a next success takes it away. */
export const attempt = async (action) => {
  try {
    $('problem').textContent = '';
    return await action();
  } catch (error) {
    console.error(error);
    $('problem').textContent = error.isForPeople
      ? error.message
      : say('That did not work. Please try again.', '操作未成功，请重试。');
    return undefined;
  }
};

/** The sign-in of the site itself: the user picks an account. `onChange` gets the user, or `null` when signed out. */
export const createSignIn = async (ask, onChange) => {
  const show = async (me) => {
    $('signIn').hidden = Boolean(me);
    for (const element of document.querySelectorAll('.signedIn')) element.hidden = !me;
    $('me').value = me?.name ?? '';
    await attempt(() => onChange(me));
  };
  for (const { account, name, job } of await ask('GET', 'people')) {
    const person = button('', async () => show(await ask('POST', 'login', { account })), 'person');
    person.dataset.account = account;
    person.append(avatar(name), make('span', {}, name), make('small', {}, job));
    $('people').append(person);
  }
  $('signOut').addEventListener('click', () =>
    attempt(async () => {
      await show(null);
      await ask('POST', 'logout');
    }),
  );
  await show(await ask('GET', 'me'));
};

/**
 * The meeting in this page: this is all that a page does for it. The sign is asked of the back end whenever it is needed,
 * and the session id says that it is this person; neither is kept in the page or in an address.
 */
export const createStage = (RTCPeer, host, ask, onChange) => {
  let rtcPeer;
  const close = async () => {
    const open = rtcPeer;
    rtcPeer = undefined;
    onChange(false);
    await open?.destroy();
  };
  return {
    close,
    /** `onScreen` hears which screen the widget shows, such as `left` once the user has left the meeting. */
    async open({ roomId, SID, name }, onScreen) {
      await close();
      onChange(true);
      rtcPeer = new RTCPeer({
        host,
        container: '#stage',
        sign: () => ask('GET', 'sign'),
        SID,
        room: roomId,
        username: name,
        locale: language,
      });
      if (onScreen) rtcPeer.on('stateChanged', ({ screen }) => onScreen(screen));
      await rtcPeer.ready;
    },
  };
};
