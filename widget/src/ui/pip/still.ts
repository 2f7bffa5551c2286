import { initials } from '../../view/person.ts';

/** A still video with the initials of a participant whose camera is off. */
export const stillOf = () => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [480, 270];
  const stream = canvas.captureStream(2);
  let name: string | undefined;
  const draw = (): void => {
    const context = canvas.getContext('2d');
    if (!context || name === undefined) return;
    context.fillStyle = '#20252d';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = '#fff';
    context.font = '600 96px system-ui, sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(initials(name), canvas.width / 2, canvas.height / 2);
  };
  // A stream of a canvas has a frame only where something was drawn.
  const timer = setInterval(draw, 500);
  return {
    of(next: string): MediaStream {
      name = next;
      draw();
      return stream;
    },
    close(): void {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
    },
  };
};
