// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <tl/expected.hpp>

namespace mailward {

/// What went wrong, as a program may want to tell it apart.
enum class ErrorCode {
    InvalidInput,   ///< the caller's words or data are off
    NotFound,       ///< a file, server, account or row is not there
    Permission,     ///< this user may not
    Io,             ///< reading or writing failed
    Corrupt,        ///< data does not hold what its format promises
    LimitExceeded,  ///< a cap on size, time or count was hit
    Timeout,        ///< no answer in time
    Network,        ///< no connection, or it broke
    HostKeyUnknown, ///< first contact: a person must look at the key
    HostKeyChanged, ///< hard stop: nothing may be sent to this server
    AuthRefused,    ///< the server refused the log-in; never retried by itself
    Refused,        ///< a guard said no
    Conflict,       ///< the state is not the one that the plan was made from
    Remote,         ///< a command on the server failed
    Cancelled,      ///< the user stopped it
    Internal        ///< a bug
};

/// An error as a person sees it: what happened, and what can be done about it. Plain text, never markup.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString text;
    QString hint;

    /// "text (hint)", for one line on stderr.
    [[nodiscard]] QString toString() const;
};

/// Short stable word for scripts and tests, such as "host-key-changed".
[[nodiscard]] QString errorCodeName(ErrorCode code);

template <class T>
using Result = tl::expected<T, Error>;

/// Builds the failing branch of any Result.
[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, QString text, QString hint = {})
{
    return tl::unexpected<Error>(Error{code, std::move(text), std::move(hint)});
}

} // namespace mailward
