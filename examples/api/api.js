/** Drives a meeting with every method of the interface. `?room=1012&name=Li` fills the form in. */
const $ = (id) => document.getElementById(id);

const log = (name, value) => {
  $('log').textContent =
    `${new Date().toLocaleTimeString()} ${name} ${JSON.stringify(value) ?? ''}\n${$('log').textContent}`.slice(
      0,
      20_000,
    );
};

const fetchSign = async () => {
  const answer = await fetch('/sign');
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
};

export const start = (RTCPeer, host) => {
  const query = new URLSearchParams(location.search);
  const rtcPeer = new RTCPeer({
    host,
    container: '#stage',
    mode: 'pc',
    sign: fetchSign,
    username: query.get('name') ?? undefined,
    locale: query.get('locale') ?? document.documentElement.lang,
  });
  window.rtcPeer = rtcPeer;
  const { meeting } = rtcPeer;
  let published;

  /** Every outcome is shown, failures too. */
  const attempt = async (name, action) => {
    try {
      log(`✓ ${name}`, await action());
    } catch (error) {
      log(`✗ ${name}`, { code: error.code, message: error.message });
    }
  };

  rtcPeer.on('*', (name, payload) => {
    if (name === 'stateChanged') {
      $('user').value = rtcPeer.getCurrentUser()?.name ?? '';
      return;
    }
    log(name, payload);
  });
  setInterval(() => {
    $('clock').textContent = rtcPeer.utils.dateTimeFormat(meeting.getMeetingTimeLength());
  }, 1000);

  const actions = {
    publish: async () => {
      published = await meeting.publish({ audio: true, video: true, localTag: 'local', remoteTag: 'remote' });
      return published.client;
    },
    mute: () => meeting.updateMute({ isMute: true }),
    unmute: () => meeting.updateMute({ isMute: false }),
    cameraOff: () => meeting.updateVideo({ video: false }),
    cameraOn: () => meeting.updateVideo({ video: true }),
    devices: () => meeting.getMediaDevices(),
    bitrate: () => (published ? published.getBitrate() : meeting.getBitrate()),
    exit: () => meeting.exit(),
    logout: () => rtcPeer.logout(),
  };
  for (const button of document.querySelectorAll('[data-do]')) {
    const name = button.dataset.do;
    button.addEventListener('click', () => attempt(name, actions[name]));
  }

  const onSubmit = (id, action) =>
    $(id).addEventListener('submit', (event) => {
      event.preventDefault();
      attempt(id, () => action(Object.fromEntries(new FormData(event.target)), event.target));
    });
  onSubmit('login', ({ name, password }) => rtcPeer.login({ name, password }));
  onSubmit('enter', ({ room, username, password }) =>
    meeting.enter({ roomId: Number(room), ...(username && { username }), ...(password && { password }) }),
  );
  onSubmit('chat', async ({ content }, form) => {
    const sent = await meeting.chat({ content, userId: rtcPeer.state.client?.id, roomId: rtcPeer.state.room?.id });
    form.reset();
    return sent;
  });
  $('enter').elements.room.value = query.get('room') ?? '1012';
  $('enter').elements.username.value = query.get('name') ?? '';

  attempt('ready', () => rtcPeer.ready);
  return rtcPeer;
};
