// SPDX-License-Identifier: MIT
#include "base/linear_algebra.hpp"

#include "base/error.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <utility>

namespace isopleth::base {

namespace {

constexpr double kSingular = 1e-15;

Eigen::Index index(std::size_t value) {
    return static_cast<Eigen::Index>(value);
}

Eigen::Map<const Eigen::MatrixXd> view(const Matrix& matrix) {
    return {matrix.values().data(), index(matrix.rows()), index(matrix.columns())};
}

Eigen::Map<const Eigen::VectorXd> view(std::span<const double> values) {
    return {values.data(), index(values.size())};
}

}  // namespace

struct LinearSolver::State {
    Eigen::PartialPivLU<Eigen::MatrixXd> factors;
    double reciprocal_condition;
};

LinearSolver::LinearSolver(std::unique_ptr<State> state) : m_state(std::move(state)) {}
LinearSolver::LinearSolver(LinearSolver&&) noexcept = default;
LinearSolver& LinearSolver::operator=(LinearSolver&&) noexcept = default;
LinearSolver::~LinearSolver() = default;

std::optional<LinearSolver> LinearSolver::factor(const Matrix& matrix) {
    if (matrix.rows() != matrix.columns()) bug("a linear system whose matrix is not square");
    const auto values = view(matrix);
    if (matrix.rows() == 0 || !values.allFinite() || values.isZero(0)) return std::nullopt;
    auto state = std::make_unique<State>(State{Eigen::PartialPivLU<Eigen::MatrixXd>(values), 0});
    state->reciprocal_condition = state->factors.rcond();
    // NaN comes from a pivot that is exactly 0.
    if (!(state->reciprocal_condition >= kSingular)) return std::nullopt;
    return LinearSolver(std::move(state));
}

void LinearSolver::solve(std::span<const double> right_side, std::span<double> solution) const {
    const auto size = static_cast<std::size_t>(m_state->factors.rows());
    if (right_side.size() != size || solution.size() != size)
        bug("a right side of another size than its matrix");
    const Eigen::VectorXd result = m_state->factors.solve(view(right_side));
    std::copy(result.begin(), result.end(), solution.begin());
}

double LinearSolver::reciprocal_condition() const {
    return m_state->reciprocal_condition;
}

std::optional<std::vector<double>> least_squares(const Matrix& design, std::span<const double> observed,
                                                 std::span<const double> weights) {
    if (observed.size() != design.rows() || weights.size() != design.rows()) {
        bug("least squares with another number of observations or weights than rows");
    }
    if (design.rows() < design.columns() || design.columns() == 0) return std::nullopt;
    if (std::any_of(weights.begin(), weights.end(), [](double weight) { return !(weight >= 0); })) {
        bug("least squares with a negative weight");
    }
    const Eigen::VectorXd roots = view(weights).cwiseSqrt();
    const Eigen::MatrixXd scaled = roots.asDiagonal() * view(design);
    const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> factors(scaled);
    if (!scaled.allFinite() || factors.rank() < scaled.cols()) return std::nullopt;
    const Eigen::VectorXd solution = factors.solve(roots.cwiseProduct(view(observed)));
    return std::vector<double>(solution.begin(), solution.end());
}

}  // namespace isopleth::base
