// The part of GOV.UK Frontend that app.ts uses; the package brings no types of its own.
declare module "govuk-frontend" {
  interface Component {
    new (root: Element, config?: object): object;
    moduleName: string;
  }
  export const Button: Component;
  export const Checkboxes: Component;
  export const ErrorSummary: Component;
  export const NotificationBanner: Component;
  export const PasswordInput: Component;
  export const Radios: Component;
  export const SkipLink: Component;
  export function createAll(component: Component, config?: object): object[];
}
