/// The versions of a document: shown on its page, added and downloaded. Inside partnership/ only.
#pragma once

#include "platform/site/site.hpp"

namespace wardmote::partnership {

void add_document_pages(site::Site &site);

/// The versions, and the form that adds one, below the facts of a document.
html::Html versions_on_page(db::Transaction &tx, const access::Visit &visit,
                            const record::Stored &document, const std::string &problem = {});

} // namespace wardmote::partnership
