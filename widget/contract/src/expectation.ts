/** What a schema says of a value that does not fit. */
export type Issue = { code?: string; path?: PropertyKey[]; message?: string; [key: string]: unknown };

/** What the forms of a union expect. The forms for an empty text and for `null` are left out. */
const eitherOf = (forms: readonly Issue[][]): string => {
  const expected = forms.flatMap(([issue]) => (issue ? [expectation(issue)] : []));
  return [...new Set(expected)].filter((form) => !['one of ', 'null', ''].includes(form)).join(' or ');
};

/** Says in words what a field should have been. */
export const expectation = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return String(issue.expected);
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_value':
      return `one of ${(issue.values as unknown[]).join(', ')}`;
    case 'invalid_format':
      return issue.message && issue.message !== 'Invalid input'
        ? issue.message
        : `the form ${issue.pattern ?? issue.format}`;
    case 'invalid_union':
      return eitherOf((issue.errors ?? []) as Issue[][]) || 'one of the allowed forms';
    default:
      return issue.message ?? 'something else';
  }
};

/** For a value that fits no form of a union: the issue inside the form that the caller most likely meant. */
export const innermost = (issue: Issue): Issue => {
  const forms = issue.code === 'invalid_union' ? ((issue.errors ?? []) as Issue[][]) : [];
  const inside = forms.flatMap(([first]) => (first?.path?.length ? [first] : []))[0];
  return inside ? innermost({ ...inside, path: [...(issue.path ?? []), ...(inside.path ?? [])] }) : issue;
};
