import type { PartnerUser } from '../platform.ts';

/** Employees of the company that runs this OA. They have no accounts on the meeting platform until they sign on. */
export const employees: readonly PartnerUser[] = [
  { account: 'li.na', name: 'Li Na', job: 'Head of product' },
  { account: 'wang.wei', name: 'Wang Wei', job: 'Engineer' },
  { account: 'zhao.min', name: 'Zhao Min', job: 'Designer' },
  { account: 'sun.lei', name: 'Sun Lei', job: 'Finance' },
];

export const employeeOf = (account: unknown): PartnerUser | undefined =>
  employees.find((employee) => employee.account === account);
