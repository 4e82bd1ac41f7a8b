/// For tests only: govuk-frontend's fixtures, options in and markup out, and the means to hold our
/// components against them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/html/content.hpp"

namespace wardmote::html::fixtures {

/// The same markup always reads the same: attributes sorted, whitespace collapsed and dropped next
/// to tags, character references decoded. Whatever else differs, differs.
std::string normalised(std::string_view markup);

using Options = nlohmann::json;

/// An option as words: "" when it is absent, null or false.
std::string words(const Options &options, const char *key);
bool truth(const Options &options, const char *key);
std::optional<bool> maybe_truth(const Options &options, const char *key);
int integer(const Options &options, const char *key, int otherwise);
/// The option, or an empty object.
const Options &part(const Options &options, const char *key);
/// The elements that are objects, for Nunjucks skips what is false.
std::vector<Options> list(const Options &options, const char *key);
/// `html` as it is, or `text` escaped. `html_key` wins, as in the templates.
Content content(const Options &options, const char *text_key = "text",
                const char *html_key = "html");
Attributes attributes_of(const Options &options, const char *key = "attributes");

/// One of govuk-frontend's components and how its options are given to ours.
struct Adapter {
    std::string component; ///< "error-summary"
    Html (*draw)(const Options &options);
    /// Takes what our component leaves out by decision from the expected markup.
    std::string (*without)(std::string normalised) = nullptr;
};
const std::vector<Adapter> &word_adapters();
const std::vector<Adapter> &form_adapters();

} // namespace wardmote::html::fixtures
