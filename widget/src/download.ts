/** Gives the user the file at an address. Without a name it gets the one that the server says. */
export const downloadFrom = (address: string, name = ''): void =>
  Object.assign(document.createElement('a'), { href: address, download: name }).click();

/** Gives the user a file that was made here. */
export const download = (file: Blob, name: string): void => {
  const address = URL.createObjectURL(file);
  downloadFrom(address, name);
  // A download that has begun does not need the address.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
/** Gives the user a text as a file. */
export const downloadText = (content: string, { type, name }: { type: string; name: string }): void =>
  download(new Blob([content], { type }), name);
