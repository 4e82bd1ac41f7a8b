/// The style sheets of a report that stands by itself: on a screen, and on paper.
#pragma once

#include "platform/html/html.hpp"

namespace wardmote::document {

html::Html screen_style();
html::Html print_style();

} // namespace wardmote::document
