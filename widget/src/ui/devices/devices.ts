import '../../view/deviceTexts.ts';

/** The interface for camera, microphone and speaker besides turning them on and off: one chunk for lobby and meeting. */
export { DeviceDialogs } from './DeviceDialogs.tsx';
export { CameraMenu, MicrophoneMenu } from './DeviceMenu.tsx';
export { DeviceNotes } from './DeviceNotes.tsx';
export { FlipButton } from './FlipButton.tsx';
export { LobbyDevices } from './LobbyDevices.tsx';
export { LobbyInside } from './LobbyInside.tsx';
export { LobbyNotes } from './LobbyNotes.tsx';
export { MutedHint } from './MutedHint.tsx';
export { SettingsDevices } from './SettingsDevices.tsx';
