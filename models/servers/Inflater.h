// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <QByteArray>

#include <memory>

namespace mailward {

/// gzip, streamed, in bounds: a stranger's few bytes may unfold to gigabytes.
class Inflater
{
public:
    /// LimitExceeded beyond `maxOutput` bytes, or 200 times what came in (after the first 10 MiB).
    explicit Inflater(std::uint64_t maxOutput);
    ~Inflater();

    /// The content of the next bytes of the file. Several members one after the other are one content.
    /// Corrupt: not gzip.
    [[nodiscard]] Result<QByteArray> feed(QByteArrayView bytes);
    /// The last member ended where the bytes ended.
    [[nodiscard]] bool isComplete() const;

private:
    struct Stream;
    std::unique_ptr<Stream> m_stream;
    std::uint64_t m_maxOutput;
    std::uint64_t m_in = 0;
    std::uint64_t m_out = 0;
    bool m_complete = false;
};

} // namespace mailward
