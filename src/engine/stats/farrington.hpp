/// What a month's count should have been, from the same season of past years: Farrington and others
/// (1996), and the flexible form of Noufaily and others (2013).
///
/// A quasi-Poisson regression with a log link on a season factor and, with enough years, a trend.
/// Past outbreaks are weighted down, else they would hide the next. The months used and their
/// levels are the same for every series, so a Baseline is made once and fitted many times.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace wardmote::stats {

struct FarringtonOptions {
    int years = 5;       ///< how many years back at most, 1 to 10; fewer when there are not so many
    int half_window = 1; ///< months either side of the same month in past years, 0 to 5
    int season_levels = 10; ///< levels of the season factor: 1 uses the windows alone; else the
                            ///< windows are one level and the months between share the others
    int left_out = 2;   ///< the months just before the one judged, lest what is growing hide itself
    bool trend = true;  ///< with three years or more, if it does not run off above the data
    double trend_p = 1; ///< ... and its p-value is below this
    bool reweight = true;            ///< weight past outbreaks down
    double weights_threshold = 2.58; ///< standardised Anscombe residual above which a month is one
    /// Works as R surveillance 1.20.3 does, to the last figure: its stopping rule, which leaves the
    /// dispersion at the last but one step, and its standard error without the mean as a factor.
    bool as_surveillance = false;
};

/// The settings of the paper of 1996: windows alone, trend at 5 %, every high month weighted down.
FarringtonOptions farrington_1996();

/// What the past says of the month judged.
struct FarringtonFit {
    double mean = 0;           ///< expected count
    double standard_error = 0; ///< of the mean, allowing for dispersion
    double dispersion = 1;     ///< variance over mean, at least 1
    double months = 0; ///< so many months' worth of knowledge: mean over its Poisson variance
    double trend = 0;  ///< log per month; nought without one
};

/// Which months a fit uses, and the level of the season each belongs to.
class Baseline {
public:
    /// For the month at index `now` of series that start at index 0. Nothing when there is not one
    /// whole year and window before `now`, or the options are out of range.
    static std::optional<Baseline> of(std::size_t now, const FarringtonOptions &options);

    struct Row {
        std::size_t month;  ///< index into the series
        std::uint8_t level; ///< 0: the windows, and so the month judged
        double time;        ///< months from the one judged, so never above nought
    };
    std::span<const Row> rows() const { return m_rows; }
    int years() const { return m_years; }
    const FarringtonOptions &options() const { return m_options; }

    /// Fits one series, at least now + 1 long. Figures that are negative or not finite are missing
    /// and left out. Nothing when no month of the windows or no degree of freedom is left, or (as
    /// surveillance alone) nothing settles in 25 rounds.
    std::optional<FarringtonFit> fit(std::span<const double> counts) const;

private:
    std::vector<Row> m_rows;
    int m_years = 0;
    FarringtonOptions m_options;
};

} // namespace wardmote::stats
