import { defineElement } from './element.ts';
import { RTCPeer } from './rtcPeer.ts';

declare global {
  interface Window {
    RTCPeer: typeof RTCPeer;
  }
}

window.RTCPeer = RTCPeer;
defineElement();
