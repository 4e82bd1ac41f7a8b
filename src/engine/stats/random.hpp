/// Random numbers that depend only on a key and a place, not on who draws them or in what order.
///
/// Philox 4x32-10 (Salmon and others 2011) by way of Random123: each replicate has its own stream,
/// so simulations come out the same on any number of threads. Include it in .cpp files only.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

#include <Random123/philox.h>

namespace wardmote::stats {

class RandomStream {
public:
    RandomStream(std::uint64_t seed, std::uint64_t stream)
        : m_key{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}}
        , m_counter{{0, 0, static_cast<std::uint32_t>(stream),
                     static_cast<std::uint32_t>(stream >> 32)}} {}

    /// Strictly between nought and one, on a grid of 2^-32: fine enough for simulation, and a block
    /// of the generator gives four.
    double uniform() { return (static_cast<double>(word()) + 0.5) * 0x1p-32; }

    /// A whole number from 0 to below `end`, each equally likely (Lemire 2019). `end` is above 0.
    std::uint32_t below(std::uint32_t end) {
        std::uint64_t product = std::uint64_t{word()} * end;
        if (static_cast<std::uint32_t>(product) < end) {
            const std::uint32_t least = -end % end; // 2^32 modulo end
            while (static_cast<std::uint32_t>(product) < least)
                product = std::uint64_t{word()} * end;
        }
        return static_cast<std::uint32_t>(product >> 32);
    }

    /// Standard normal, two from each pair of uniforms (Box and Muller 1958).
    double normal() {
        if (m_spare_held) {
            m_spare_held = false;
            return m_spare;
        }
        const double radius = std::sqrt(-2 * std::log(uniform()));
        const double angle = 2 * std::numbers::pi * uniform();
        m_spare = radius * std::sin(angle);
        m_spare_held = true;
        return radius * std::cos(angle);
    }

    /// Gamma of unit scale (Marsaglia and Tsang 2000).
    double gamma(double shape) {
        if (shape < 1)
            return gamma(shape + 1) * std::pow(uniform(), 1 / shape);
        const double d = shape - 1.0 / 3;
        const double c = 1 / std::sqrt(9 * d);
        for (;;) {
            const double x = normal();
            const double root = 1 + c * x;
            if (root <= 0)
                continue;
            const double v = root * root * root;
            const double u = uniform();
            const double x2 = x * x;
            // The squeeze spares nearly every logarithm.
            if (u < 1 - 0.0331 * x2 * x2 || std::log(u) < x2 / 2 + d * (1 - v + std::log(v)))
                return d * v;
        }
    }

    /// Poisson: by multiplication when small, else by transformed rejection (Hormann 1993, PTRS).
    double poisson(double mean) {
        if (!(mean > 0))
            return 0;
        if (mean < 10) {
            const double stop = std::exp(-mean);
            double product = uniform();
            double count = 0;
            for (; product > stop; ++count)
                product *= uniform();
            return count;
        }
        const double b = 0.931 + 2.53 * std::sqrt(mean);
        const double a = -0.059 + 0.02483 * b;
        const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
        const double quick = 0.9277 - 3.6224 / (b - 2);
        for (;;) {
            const double u = uniform() - 0.5;
            const double v = uniform();
            const double us = 0.5 - std::fabs(u);
            const double count = std::floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= quick)
                return count;
            if (count < 0 || (us < 0.013 && v > us))
                continue;
            if (std::log(v * inverse_alpha / (a / (us * us) + b)) <=
                count * std::log(mean) - mean - std::lgamma(count + 1))
                return count;
        }
    }

    /// Any 32 bits.
    std::uint32_t word() {
        if (m_used == 4) {
            m_block = r123::Philox4x32{}(m_counter, m_key);
            ++m_counter[0];
            m_used = 0;
        }
        return m_block[m_used++];
    }

private:
    r123::Philox4x32::key_type m_key;
    r123::Philox4x32::ctr_type m_counter;
    r123::Philox4x32::ctr_type m_block{};
    unsigned m_used = 4;
    double m_spare = 0;
    bool m_spare_held = false;
};

} // namespace wardmote::stats
