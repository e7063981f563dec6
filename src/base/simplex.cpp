// SPDX-License-Identifier: MIT
#include "base/simplex.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>

namespace isopleth::base {

namespace {

struct Corner {
    std::vector<double> place;
    double value = 0;
};

class Simplex {
public:
    using Function = std::function<double(std::span<const double>)>;

    Simplex(const Function& function, const std::vector<double>& start, double step) : m_function(function) {
        add(start);
        for (std::size_t i = 0; i < start.size(); ++i) {
            std::vector<double> place = start;
            place[i] += step;
            add(std::move(place));
        }
        sort();
    }

    std::size_t calls() const { return m_calls; }
    const Corner& best() const { return m_corners.front(); }

    /// The most that a coordinate differs from the best corner's.
    double spread() const {
        double most = 0;
        for (const Corner& corner : m_corners) {
            for (std::size_t i = 0; i < corner.place.size(); ++i)
                most = std::max(most, std::abs(corner.place[i] - best().place[i]));
        }
        return most;
    }

    void advance() {
        Corner& worst = m_corners.back();
        const Corner mirrored = beyond(1);
        if (mirrored.value < best().value) {
            const Corner farther = beyond(2);
            worst = farther.value < mirrored.value ? farther : mirrored;
        } else if (mirrored.value < m_corners[m_corners.size() - 2].value) {
            worst = mirrored;
        } else {
            const bool is_outside = mirrored.value < worst.value;
            const Corner nearer = beyond(is_outside ? 0.5 : -0.5);
            if (nearer.value < std::min(mirrored.value, worst.value)) {
                worst = nearer;
            } else {
                shrink();
            }
        }
        sort();
    }

private:
    double ask(const std::vector<double>& place) {
        ++m_calls;
        return m_function(place);
    }
    void add(std::vector<double> place) {
        const double value = ask(place);
        m_corners.push_back({std::move(place), value});
    }
    /// Earlier corners before later ones of the same value.
    void sort() {
        std::stable_sort(m_corners.begin(), m_corners.end(),
                         [](const Corner& left, const Corner& right) { return left.value < right.value; });
    }
    /// From the worst corner through the middle of the others, `factor` times as far behind it.
    Corner beyond(double factor) {
        const std::size_t size = m_corners.size() - 1;
        Corner corner{std::vector<double>(size), 0};
        for (std::size_t i = 0; i < size; ++i) {
            double middle = 0;
            for (std::size_t c = 0; c < size; ++c) middle += m_corners[c].place[i];
            middle /= static_cast<double>(size);
            corner.place[i] = middle + factor * (middle - m_corners.back().place[i]);
        }
        corner.value = ask(corner.place);
        return corner;
    }
    void shrink() {
        for (std::size_t c = 1; c < m_corners.size(); ++c) {
            for (std::size_t i = 0; i < m_corners[c].place.size(); ++i)
                m_corners[c].place[i] = (m_corners[c].place[i] + best().place[i]) / 2;
            m_corners[c].value = ask(m_corners[c].place);
        }
    }

    const Function& m_function;
    std::vector<Corner> m_corners;  ///< best first
    std::size_t m_calls = 0;
};

}  // namespace

Minimum minimum_by_simplex(const std::function<double(std::span<const double>)>& function,
                           const std::vector<double>& start, const SimplexRule& rule) {
    if (start.empty()) bug("a minimum over no coordinates");
    Simplex simplex(function, start, rule.step);
    while (simplex.calls() < rule.most_calls && simplex.spread() > rule.tolerance) simplex.advance();
    return {simplex.best().place, simplex.best().value, simplex.calls()};
}

}  // namespace isopleth::base
