import { RTCPeer } from '@meetframe/host-sdk';
import { useEffect, useRef } from 'react';

/** A meeting for as long as the component is mounted. `getSign` asks the page's own back end for a sign. */
export function Meeting({ host, room, getSign }) {
  const container = useRef(null);
  useEffect(() => {
    const rtcPeer = new RTCPeer({
      host,
      room,
      sign: getSign,
      locale: document.documentElement.lang,
      container: container.current,
    });
    return () => void rtcPeer.destroy();
  }, [host, room, getSign]);
  return <div ref={container} className="stage" />;
}
