// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "join/spatial.hpp"
#include "model/layer.hpp"

namespace isopleth::join {

/// One table of other names: columns alias and name (and kind). A name is its own alias; of an alias that
/// leads to names of several kinds the first row counts.
class Aliases {
public:
    Aliases() = default;
    /// A Usage error when the columns are absent; an Input error for an alias that leads to two names of one
    /// kind.
    static Aliases from(const model::Layer& table);
    /// The official name, or the trimmed text itself when the table does not know it. Full-width letters are
    /// folded, inner blanks dropped.
    std::string resolve(std::string_view text) const;

private:
    std::map<std::string, std::string, std::less<>> m_name_of;
};

/// Matches rows whose resolved names are equal. Left names may be lists ("和平里;安定门"): each part is
/// resolved when `separator` is set. Every left row that matches nothing, and every right row that no left
/// row wanted, is a finding with its row and the nearest candidates; a right name that stands twice for one
/// left row is matched twice. Streets with and without 街道 match through the alias table only.
struct NameOptions {
    std::string left_field;
    std::string right_field;
    char separator = 0;
    bool report_unused_right = true;
};
Matches match_by_name(const model::Layer& left, const model::Layer& right, const NameOptions& options,
                      const Aliases& aliases, base::Findings& findings);

}  // namespace isopleth::join
