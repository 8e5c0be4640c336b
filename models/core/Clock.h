// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Time.h"

namespace mailward {

/// Where "now" comes from, so that tests can move it. Thread-safe: implementations hold no mutable state, or guard it.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override;
};

/// A clock that stands still until it is told otherwise.
class FixedClock final : public Clock
{
public:
    explicit FixedClock(Instant at) : m_now(at) {}
    [[nodiscard]] Instant now() const override { return m_now; }
    void advance(std::chrono::microseconds by) { m_now += by; }

private:
    Instant m_now;
};

} // namespace mailward
