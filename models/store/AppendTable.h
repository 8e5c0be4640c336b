// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace mailward {

/// A vector that only grows and never moves its items: one writer appends while readers hold views of what was there
/// before. Items behind a view's size belong to the writer alone, so no lock is needed once a view was handed over.
template <class T>
class AppendTable
{
    static constexpr std::uint32_t kSegment = 1024;
    using Segment = std::array<T, kSegment>;
    using Segments = std::vector<std::shared_ptr<Segment>>;

public:
    class View
    {
    public:
        [[nodiscard]] std::uint32_t size() const { return m_size; }
        [[nodiscard]] const T& operator[](std::uint32_t index) const
        {
            return (*(*m_segments)[index / kSegment])[index % kSegment];
        }

    private:
        friend class AppendTable;
        std::shared_ptr<const Segments> m_segments = std::make_shared<const Segments>();
        std::uint32_t m_size = 0;
    };

    [[nodiscard]] std::uint32_t size() const { return m_size; }
    [[nodiscard]] const T& operator[](std::uint32_t index) const
    {
        return (*(*m_segments)[index / kSegment])[index % kSegment];
    }

    std::uint32_t append(T item)
    {
        if (m_size % kSegment == 0) {
            auto grown = std::make_shared<Segments>(*m_segments);
            grown->push_back(std::make_shared<Segment>());
            m_segments = std::move(grown);
        }
        (*m_segments->back())[m_size % kSegment] = std::move(item);
        return m_size++;
    }

    [[nodiscard]] View view() const
    {
        View view;
        view.m_segments = m_segments;
        view.m_size = m_size;
        return view;
    }

private:
    std::shared_ptr<const Segments> m_segments = std::make_shared<const Segments>();
    std::uint32_t m_size = 0;
};

} // namespace mailward
