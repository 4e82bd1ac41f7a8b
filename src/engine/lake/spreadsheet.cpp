#include <cpl_error.h>
#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <mutex>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "engine/lake/row_source.hpp"

namespace wardmote::lake {

namespace {

/// Opens a spreadsheet with every cell as text and the first row as a row like any other.
std::unique_ptr<GDALDataset> open(const std::string &path) {
    static std::once_flag once;
    std::call_once(once, [] {
        GDALAllRegister();
        for (const char *driver : {"OGR_XLSX", "OGR_ODS"}) {
            CPLSetConfigOption(fmt::format("{}_HEADERS", driver).c_str(), "DISABLE");
            CPLSetConfigOption(fmt::format("{}_FIELD_TYPES", driver).c_str(), "STRING");
        }
    });
    // Asked of GDAL, whose files may also lie in memory.
    if (VSIStatBufL status; VSIStatExL(path.c_str(), &status, VSI_STAT_EXISTS_FLAG) != 0) {
        throw std::runtime_error{fmt::format("There is no file {}.", path)};
    }
    const CPLErrorHandlerPusher quiet{CPLQuietErrorHandler};
    CPLErrorReset();
    static constexpr const char *drivers[] = {"XLSX", "ODS", nullptr};
    std::unique_ptr<GDALDataset> data{
        GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers)};
    if (!data) {
        const std::string reason = CPLGetLastErrorMsg();
        throw std::runtime_error{
            reason.empty()
                ? fmt::format("{} is not an XLSX or ODS spreadsheet, or it is damaged.", path)
                : fmt::format("{} cannot be read as a spreadsheet: {}.", path, reason)};
    }
    return data;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "2014/12/31", as GDAL writes a date cell, as "2014-12-31"; a midnight that only says "a day"
/// goes.
bool mend_date(std::string &text) {
    if (text.size() < 10 || text[4] != '/' || text[7] != '/') {
        return false;
    }
    for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
        if (!is_digit(text[i])) {
            return false;
        }
    }
    text[4] = text[7] = '-';
    if (text.size() > 10 && text.compare(10, std::string::npos, " 00:00:00") == 0) {
        text.resize(10);
    }
    return true;
}

/// Spreadsheets keep binary numbers: 12.340000000000002 is 12.34 and 1.5E3 is 1500 to whoever typed
/// them. Text that merely looks like a number, such as 1.10, is left alone.
void mend_number(std::string &text) {
    std::size_t digits = 0;
    bool binary = false;
    for (const char c : text) {
        digits += is_digit(c) ? 1 : 0;
        binary = binary || c == 'E' || c == 'e' || c == '.';
        if (!is_digit(c) && c != '.' && c != '-' && c != '+' && c != 'E' && c != 'e') {
            return;
        }
    }
    const bool exponent = text.find_first_of("Ee") != std::string::npos;
    if (!binary || (digits < 16 && !exponent)) {
        return;
    }
    if (const std::optional<double> value = core::parse_real(text)) {
        if (std::abs(*value) < 1e15 && std::abs(*value) >= 1e-4) {
            std::string fifteen = fmt::format("{:.15g}", *value);
            text = fifteen.find('e') == std::string::npos ? std::move(fifteen)
                                                          : fmt::format("{:.0f}", *value);
        }
    }
}

class SpreadsheetSource final : public RowSource {
public:
    SpreadsheetSource(const std::string &path, const std::string &sheet)
        : m_path{path}
        , m_data{open(path)}
        , m_layer{m_data->GetLayerByName(sheet.c_str())} {
        if (m_layer == nullptr) {
            throw std::runtime_error{fmt::format("{} has no sheet \"{}\".", path, sheet)};
        }
        m_layer->ResetReading();
    }

    bool next(Row &row) override {
        const CPLErrorHandlerPusher quiet{CPLQuietErrorHandler};
        CPLErrorReset();
        const std::unique_ptr<OGRFeature> feature{m_layer->GetNextFeature()};
        if (!feature) {
            if (CPLGetLastErrorType() == CE_Failure) {
                throw std::runtime_error{fmt::format("{} is damaged after row {}: {}.", m_path,
                                                     m_line, CPLGetLastErrorMsg())};
            }
            return false;
        }
        ++m_line;
        const auto count = static_cast<std::size_t>(feature->GetFieldCount());
        m_cells.resize(count);
        m_fields.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            const int field = static_cast<int>(i);
            m_cells[i] =
                feature->IsFieldSetAndNotNull(field) ? feature->GetFieldAsString(field) : "";
            if (!mend_date(m_cells[i])) {
                mend_number(m_cells[i]);
            }
            m_fields[i] = m_cells[i];
        }
        row = Row{m_line, m_fields, {}, {}};
        return true;
    }

private:
    std::string m_path;
    std::unique_ptr<GDALDataset> m_data;
    OGRLayer *m_layer;
    std::uint64_t m_line = 0;
    std::vector<std::string> m_cells;
    std::vector<std::string_view> m_fields;
};

} // namespace

std::vector<std::string> spreadsheet_sheets(const std::string &path) {
    const std::unique_ptr<GDALDataset> data = open(path);
    std::vector<std::string> names;
    for (OGRLayer *layer : data->GetLayers()) {
        names.emplace_back(layer->GetName());
    }
    return names;
}

std::unique_ptr<RowSource> open_spreadsheet(const std::string &path, const std::string &sheet) {
    return std::make_unique<SpreadsheetSource>(path, sheet);
}

} // namespace wardmote::lake
