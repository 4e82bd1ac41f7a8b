#include "work/evidence/views.hpp"

#include <cctype>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/html/table.hpp"

namespace wardmote::evidence {

using html::format;

namespace {

std::string encoded(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (std::isalnum(byte) || letter == '-' || letter == '_' || letter == '.') {
            out += letter;
        } else {
            out += fmt::format("%{:02X}", byte);
        }
    }
    return out;
}

bool is_year_span(std::string_view text) {
    const auto digit = [&](std::size_t i) {
        return std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    };
    return text.size() >= 7 && digit(0) && digit(1) && digit(2) && digit(3) && text[4] == '-' &&
           digit(5) && digit(6);
}

} // namespace

std::string address(std::string path, const Fields &fields) {
    char joint = '?';
    for (const auto &[name, value] : fields) {
        if (!value.empty()) {
            path += joint + name + "=" + encoded(value);
            joint = '&';
        }
    }
    return path;
}

Fields PageQuery::standpoint() const {
    const auto &asking = options.asking;
    return {{"place", asking.area},
            {"as-at", asking.as_at ? asking.as_at->iso() : ""},
            {"as-known-on", asking.as_known_on ? asking.as_known_on->london_date().iso() : ""}};
}

Fields PageQuery::fields() const {
    auto fields = standpoint();
    using Span = Basis::Span;
    using Sort = DashboardOptions::Sort;
    const auto &basis = options.basis;
    fields.emplace_back("period", basis.span == Span::quarter          ? "quarter"
                                  : basis.span == Span::rolling_twelve ? "rolling12"
                                                                       : "");
    fields.emplace_back("against",
                        basis.against == Basis::Against::three_years ? "three-years" : "");
    fields.emplace_back("theme", options.theme);
    fields.emplace_back("sort", options.sort == Sort::name   ? "name"
                                : options.sort == Sort::size ? "size"
                                                             : "");
    fields.emplace_back("wards", wards);
    std::erase_if(fields, [](const auto &field) { return field.second.empty(); });
    return fields;
}

Fields PageQuery::with(const std::string &name, const std::string &value) const {
    auto all = fields();
    std::erase_if(all, [&](const auto &field) { return field.first == name; });
    if (!value.empty()) {
        all.emplace_back(name, value);
    }
    return all;
}

Html years_kept_whole(std::string_view text) {
    Html out;
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_year_span(text.substr(i))) {
            out += html::text(text.substr(from, i - from));
            out += format(R"(<span class="app-nowrap">{}</span>)", text.substr(i, 7));
            i += 6;
            from = i + 1;
        }
    }
    return out + html::text(text.substr(from));
}

std::string short_hash(const std::string &sha256) {
    return sha256.size() < 12 ? sha256
                              : fmt::format("{} {} … {}", sha256.substr(0, 4), sha256.substr(4, 4),
                                            sha256.substr(sha256.size() - 4));
}

Html files_table(const std::vector<FileLine> &files, std::string caption, bool whole_hash) {
    html::DataTable table{
        .caption = std::move(caption),
        .columns = {{.heading = "File", .label = "File"},
                    {.heading = "Received", .label = "Received"},
                    {.heading = "Rows in", .label = "Rows in", .numeric = true},
                    {.heading = "Kept", .label = "Kept", .numeric = true},
                    {.heading = "Set aside", .label = "Set aside", .numeric = true},
                    {.heading = "Repeats", .label = "Repeats", .numeric = true},
                    {.heading = "SHA-256", .label = "SHA-256"}},
        .rows = {},
        .tight = true};
    const auto count = [](std::uint64_t rows) {
        return core::number(static_cast<std::int64_t>(rows));
    };
    for (const auto &line : files) {
        const auto &file = line.file;
        const auto name =
            line.id.empty()
                ? html::text(file.name)
                : format(R"(<a class="govuk-link" href="/sources/{}">{}</a>)", line.id, file.name);
        table.rows.push_back(
            {.cells = {name, file.received.london_date().text(), count(file.rows), count(file.kept),
                       count(file.quarantined), count(file.repeats),
                       format(R"(<span class="app-hash">{}</span>)",
                              whole_hash ? file.sha256 : short_hash(file.sha256))}});
    }
    return html::data_table(table);
}

const chart::Chart *MeasurePage::chart(std::string_view kind) const {
    for (const auto &[name, drawn] : charts) {
        if (name == kind) {
            return &drawn;
        }
    }
    return nullptr;
}

Html accessibility_view(const Settings &settings) {
    return format(
        R"(<h1 class="govuk-heading-l">Accessibility</h1><div class="app-measure">)"
        R"(<p class="govuk-body">These pages of {} are made to work for everyone: with a keyboard )"
        R"(alone, with a screen reader, at 400% zoom, on a telephone, on paper, and without a )"
        R"(script.</p><h2 class="govuk-heading-m">How pictures are made plain</h2>)"
        R"(<p class="govuk-body">Every chart and map has a headline that says what it shows, a )"
        R"(sentence with the numbers, and a table of every number drawn, which can be downloaded. )"
        R"(Colour never carries a meaning alone.</p><h2 class="govuk-heading-m">How it was )"
        R"(checked</h2><p class="govuk-body">Each page is checked by axe against WCAG 2.2 A )"
        R"(and AA )"
        R"(in a real browser, at the width of a telephone and of a desk, each time the program is )"
        R"(tested. No fault is known. Reports in PDF are tagged, titled and marked with their )"
        R"(language.</p><h2 class="govuk-heading-m">If something does not work for you</h2>)"
        R"(<p class="govuk-body">Tell the partnership, and say which page and what you use. It )"
        R"(can give you any report or table in another form.</p></div>)",
        settings.partnership);
}

} // namespace wardmote::evidence
