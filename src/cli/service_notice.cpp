// SPDX-License-Identifier: Apache-2.0
#include "cli/service_notice.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace doudi::cli {

// One datagram to the socket that the environment names. A notice that does not arrive is not worth an error:
// the service manager has a time limit of its own.
void notify_service_manager(std::string_view lines) {
    const char* place = std::getenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    if (place == nullptr || (place[0] != '/' && place[0] != '@')) return;
    const std::size_t length = std::strlen(place);
    if (length >= sizeof address.sun_path) return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, place, length);
    if (place[0] == '@') address.sun_path[0] = '\0';  // a name without a file
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return;
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
    (void)!::sendto(socket, lines.data(), lines.size(), MSG_NOSIGNAL,
                    reinterpret_cast<const sockaddr*>(&address), size);
    ::close(socket);
}

}  // namespace doudi::cli
