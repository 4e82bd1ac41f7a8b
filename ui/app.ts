// The script of signed-in pages. It adds comfort only: every page works without it.
import {
  Button, Checkboxes, createAll, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink,
} from "govuk-frontend";

import { keepDrafts } from "./islands/drafts";
import { openFilters } from "./islands/filter";
import { listenForKeys } from "./islands/keys";
import { tellOfPrints } from "./islands/print";
import { warnBeforeTimeout } from "./islands/timeout";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
for (const component of [Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink])
  createAll(component);

const keepNow = keepDrafts();
warnBeforeTimeout(keepNow);
listenForKeys();
openFilters();
tellOfPrints();
