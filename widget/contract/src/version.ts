/**
 * Version of the protocol between host SDK, widget and server. A different major number means that two
 * sides cannot work together; a higher minor number only adds.
 */
export const protocol = { major: 1, minor: 1 } as const;

/** The published specification that the public interface follows. */
export const specification = 'RTCPeer v3.0.8';

/** The version of this release, as it stands in the packages. */
export const version = '1.0.0';
