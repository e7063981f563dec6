// SPDX-License-Identifier: MIT
#include "base/parallel.hpp"

#include "base/error.hpp"
#include "base/statistics.hpp"

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

namespace isopleth::base {

namespace {

/// The chunks of one call: which one failed first and how many are done.
class Chunks {
public:
    using Work = std::function<void(std::size_t, std::size_t)>;

    Chunks(const Job& job, std::size_t count, std::size_t chunk, const Work& work, const std::string& what)
        : m_job(job), m_count(count), m_chunk(chunk), m_work(work), m_what(what) {}

    std::size_t number() const { return (m_count - 1) / m_chunk + 1; }

    /// Keeps an exception instead of letting it out: TBB would rethrow whichever came first in time.
    void run(std::size_t index) noexcept {
        // Chunks before a failed one still run, for the failure reported must be the first by chunk order.
        if (index > m_failed.load()) return;
        try {
            m_job.check();
            const std::size_t begin = index * m_chunk;
            m_work(begin, begin + std::min(m_chunk, m_count - begin));
            count_done();
        } catch (...) {
            const std::lock_guard lock(m_mutex);
            if (index < m_failed.load()) {
                m_failed = index;
                m_error = std::current_exception();
            }
        }
    }

    void rethrow() const {
        if (m_error) std::rethrow_exception(m_error);
    }

private:
    void count_done() {
        if (m_what.empty() || !m_job.progress) return;
        const std::lock_guard lock(m_mutex);
        ++m_done;
        m_job.report(static_cast<double>(m_done) / static_cast<double>(number()), m_what);
    }

    const Job& m_job;
    std::size_t m_count;
    std::size_t m_chunk;
    const Work& m_work;
    const std::string& m_what;
    std::mutex m_mutex;
    std::size_t m_done = 0;
    std::atomic<std::size_t> m_failed{std::numeric_limits<std::size_t>::max()};
    std::exception_ptr m_error;
};

#ifdef __SANITIZE_THREAD__
/// The thread sanitizer cannot see how TBB's library hands work over and takes every chunk for a race: under
/// it plain threads run the chunks, so that what it reports is ours.
void run_on_threads(int threads, Chunks& chunks) {
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> pool;
    for (int i = 0; i < std::max(threads, 4); ++i) {
        pool.emplace_back([&] {
            for (std::size_t index = next++; index < chunks.number(); index = next++) chunks.run(index);
        });
    }
    for (std::thread& thread : pool) thread.join();
}
#else
void run_on_threads(int threads, Chunks& chunks) {
    // TBB starts no more threads than there are cores unless told: --threads 7 means seven.
    const auto allowed = threads > 0 ? static_cast<std::size_t>(threads)
                                     : static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
    const tbb::global_control control(tbb::global_control::max_allowed_parallelism, allowed);
    tbb::task_arena arena(static_cast<int>(allowed));
    arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, chunks.number(), 1),
            [&](const tbb::blocked_range<std::size_t>& range) {
                for (std::size_t index = range.begin(); index < range.end(); ++index) chunks.run(index);
            },
            tbb::simple_partitioner());
    });
}
#endif

}  // namespace

void parallel_chunks(const Job& job, std::size_t count, std::size_t chunk,
                     const std::function<void(std::size_t begin, std::size_t end)>& work,
                     const std::string& what) {
    if (chunk == 0) bug("parallel work in chunks of 0");
    job.check();
    if (count == 0) return;
    Chunks chunks(job, count, chunk, work, what);
    if (job.threads == 1 || chunks.number() == 1) {
        for (std::size_t index = 0; index < chunks.number(); ++index) chunks.run(index);
    } else {
        run_on_threads(job.threads, chunks);
    }
    chunks.rethrow();
}

double parallel_sum(const Job& job, std::size_t count, std::size_t chunk,
                    const std::function<double(std::size_t begin, std::size_t end)>& work) {
    if (chunk == 0) bug("parallel work in chunks of 0");
    std::vector<double> parts(count == 0 ? 0 : (count - 1) / chunk + 1);
    parallel_chunks(job, count, chunk,
                    [&](std::size_t begin, std::size_t end) { parts[begin / chunk] = work(begin, end); });
    return sum(parts);
}

}  // namespace isopleth::base
