import { chunkParts } from '../later.tsx';

const { part, foresee } = chunkParts(() => import('./devices.ts'));

/** The parts of `devices.ts`, each shown as soon as it is there. */
export const CameraMenu = part((chunk) => chunk.CameraMenu);
export const DeviceDialogs = part((chunk) => chunk.DeviceDialogs);
export const DeviceNotes = part((chunk) => chunk.DeviceNotes);
export const FlipButton = part((chunk) => chunk.FlipButton);
export const LobbyDevices = part((chunk) => chunk.LobbyDevices);
export const LobbyInside = part((chunk) => chunk.LobbyInside);
export const LobbyNotes = part((chunk) => chunk.LobbyNotes);
export const MicrophoneMenu = part((chunk) => chunk.MicrophoneMenu);
export const MutedHint = part((chunk) => chunk.MutedHint);
export const SettingsDevices = part((chunk) => chunk.SettingsDevices);

export const foreseeDevices = foresee;
