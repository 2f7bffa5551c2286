import { defineElement } from '{{PLATFORM}}/app/sdk/rtcpeer.js';

/** What each customer of this site sees: a name, a theme and the livery of the meeting. */
const liveries = {
  cloud: { name: 'CloudMeet', theme: 'light', brand: { color: '#0f766e', radius: 14, font: null } },
  maple: { name: 'Maple Telehealth', theme: 'dark', brand: { color: '#f97316', radius: 2, font: 'Georgia, serif' } },
};

const $ = (id) => document.getElementById(id);
const frame = document.querySelector('meeting-frame');
defineElement();
const { rtcPeer } = frame;
window.rtcPeer = rtcPeer;

const dress = () => {
  const { name, theme, brand } = liveries[$('livery').value];
  $('name').textContent = name;
  document.documentElement.style.setProperty('--livery', brand.color);
  document.documentElement.style.colorScheme = theme;
  return rtcPeer.setTheme({ theme, brand });
};
for (const [id, { name }] of Object.entries(liveries)) $('livery').append(new Option(name, id));
$('livery').addEventListener('change', dress);
await dress();

// With its own buttons the page asks the widget for nothing but the stage. Before the meeting the lobby asks for a name.
const show = () => {
  const { screen, microphone, camera } = rtcPeer.state;
  const own = $('own').checked;
  $('controls').hidden = !own || screen !== 'meeting';
  $('microphone').ariaPressed = String(microphone);
  $('camera').ariaPressed = String(camera);
  return rtcPeer.setUi({ bare: own });
};
$('own').addEventListener('change', show);
for (const name of ['EnterRoom', 'ExitRoom', 'onMute']) rtcPeer.on(name, show);
const act = (id, action) => $(id).addEventListener('click', () => action().then(show));
act('microphone', () => rtcPeer.meeting.updateMute(rtcPeer.state.microphone));
act('camera', () => rtcPeer.meeting.updateVideo({ video: !rtcPeer.state.camera }));
act('leave', () => rtcPeer.meeting.exit());
