#include "guide/loan.hpp"
#include "platform/site/site.hpp"

namespace wardmote::loans {

void routes(site::Site &site) {
    site.records<Loan>();
}

} // namespace wardmote::loans
