#ifndef AFFINITY_TEXT_TABLE_H_
#define AFFINITY_TEXT_TABLE_H_

#include <string>
#include <vector>

namespace affinity {

// FormatTable aligns the columns of `rows`, the first of which is the heading, two blanks apart.
// Lines end without blanks. Widths count bytes.
std::string FormatTable(const std::vector<std::vector<std::string>>& rows);

}  // namespace affinity

#endif  // AFFINITY_TEXT_TABLE_H_
