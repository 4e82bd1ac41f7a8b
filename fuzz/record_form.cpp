/// The form of a record: whatever is sent, reading it never fails, what is accepted breaks no rule,
/// and it reads back as itself.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/record/example_for_test.hpp"
#include "platform/record/form.hpp"
#include "platform/record/search_index.hpp"

namespace record = wardmote::record;

namespace {

struct AnyAuthority final : record::References {
    std::optional<record::Reference> find(std::string_view, std::string_view id) const override {
        return record::Reference{std::string{id}, "Police", "/authorities/1"};
    }
    std::vector<record::Reference> candidates(std::string_view) const override { return {}; }
};

} // namespace

/// Parts "name=value" between vertical bars, as a form's fields.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    std::string_view left{reinterpret_cast<const char *>(data), size};
    std::vector<std::pair<std::string, std::string>> form;
    while (!left.empty()) {
        const auto end = std::min(left.find('|'), left.size());
        const auto line = left.substr(0, end);
        const auto sign = std::min(line.find('='), line.size());
        form.emplace_back(line.substr(0, sign), line.substr(std::min(sign + 1, line.size())));
        left.remove_prefix(std::min(end + 1, left.size()));
        record::search_words(line, true);
    }
    const auto &what = record::description<record::test::Operation>();
    const AnyAuthority references;
    const auto parsed = record::parse(what, form, references);
    record::fields(what, parsed.typed, parsed.problems, references);
    record::error_lines(what, parsed.problems, parsed.typed);
    if (!parsed.ok()) {
        return 0;
    }
    if (!record::problems_of(what, parsed.values, references).empty()) {
        std::abort();
    }
    const auto typed = record::typed_of(what, parsed.values);
    const auto again = record::parse(
        what, std::vector<std::pair<std::string, std::string>>{typed.begin(), typed.end()},
        references);
    if (!again.ok() || again.values != parsed.values) {
        std::abort();
    }
    return 0;
}
