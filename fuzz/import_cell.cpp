/// A cell of somebody's spreadsheet: whatever stands in it, reading it as any kind of field never
/// fails, and what it comes to is read and judged as a form is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "platform/record/example_for_test.hpp"
#include "platform/record/form.hpp"
#include "platform/record/import_cell.hpp"
#include "platform/record/import_headings.hpp"

namespace record = wardmote::record;

namespace {

struct OneAuthority final : record::References {
    std::optional<record::Reference> find(std::string_view, std::string_view id) const override {
        return record::Reference{std::string{id}, "Police", "/authorities/1"};
    }
    std::vector<record::Reference> candidates(std::string_view) const override {
        return {{"1", "Police", "/authorities/1"}};
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string cell{reinterpret_cast<const char *>(data), size};
    const auto &what = record::description<record::test::Operation>();
    const OneAuthority references;
    const record::NameBook names{what, references};
    for (const auto &field : what.fields) {
        const auto input = record::cell_input(field, cell, names);
        if (!input.problem.empty() && !input.inputs.empty()) {
            std::abort(); // what cannot be read must not be half read
        }
        record::parse(what, input.inputs, references);
    }
    const std::vector<std::string> headings{cell};
    if (record::guessed_fields(what, headings).size() != 1 ||
        record::folded(record::folded(cell)) != record::folded(cell)) {
        std::abort();
    }
    return 0;
}
