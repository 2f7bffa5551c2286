import type { Language } from '../http.ts';
import type { PartnerUser } from '../platform.ts';

/** Employees of the company that runs this OA. They have no accounts on the meeting platform until they sign on. */
const employees = [
  { account: 'li.na', name: 'Li Na', job: { en: 'Head of product', 'zh-CN': '产品负责人' } },
  { account: 'wang.wei', name: 'Wang Wei', job: { en: 'Engineer', 'zh-CN': '工程师' } },
  { account: 'zhao.min', name: 'Zhao Min', job: { en: 'Designer', 'zh-CN': '设计师' } },
  { account: 'sun.lei', name: 'Sun Lei', job: { en: 'Finance', 'zh-CN': '财务' } },
];

export const employeesIn = (language: Language): PartnerUser[] =>
  employees.map(({ job, ...employee }) => ({ ...employee, job: job[language] }));

export const employeeOf = (account: unknown): PartnerUser | undefined =>
  employeesIn('en').find((employee) => employee.account === account);
