// SPDX-License-Identifier: Apache-2.0
#include "access/office_above.h"

namespace doudi::access {

UnitId office_above(const UnitTree& units, UnitId unit, Date day) {
    UnitId office;
    for (const UnitId one : units.path(unit, day)) {
        const Unit* found = units.find(one);
        if (found != nullptr && found->kind != UnitKind::department) office = one;
    }
    return office;
}

}  // namespace doudi::access
