// SPDX-License-Identifier: Apache-2.0
#include "access/register_class.h"

namespace doudi::access {

FieldClass class_of(std::string_view register_field) {
    if (register_field == "name" || register_field == "head_name") return FieldClass::name;
    if (register_field == "id_number") return FieldClass::identity_number;
    if (register_field == "phone") return FieldClass::phone;
    if (register_field == "address") return FieldClass::address;
    return register_field == "income_per_head_month" ? FieldClass::means : FieldClass::plain;
}

}  // namespace doudi::access
