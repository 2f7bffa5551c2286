/** An invite code with spaces between groups of digits, so that it is easier to read out. */
export const grouped = (code: string): string =>
  code.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3').replace(/^(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3');
