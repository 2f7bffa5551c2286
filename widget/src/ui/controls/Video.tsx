import { useLayoutEffect, useRef } from 'preact/hooks';

/** A video without audio; the audio is played elsewhere. */
export function Video({ stream, class: className }: { stream: MediaStream; class?: string | undefined }) {
  const element = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const video = element.current;
    if (!video) return undefined;
    video.srcObject = stream;
    // Browsers refuse it while the page is hidden; `autoplay` tries again.
    void video.play?.()?.catch(() => undefined);
    return () => {
      video.srcObject = null;
    };
  }, [stream]);
  return <video ref={element} class={className} autoplay playsInline muted disablePictureInPicture />;
}
