namespace CaaS.Shop.Roles;

/// <summary>The last hour as users saw it, in windows of five seconds.</summary>
internal sealed class LoadWindows(TimeProvider time)
{
    private const int WindowSeconds = 5;

    /// <summary>An hour.</summary>
    private const int WindowCountMax = 3600 / WindowSeconds;

    private readonly Queue<LoadWindow> _closed = new(WindowCountMax);
    private readonly List<double> _durationsMs = [];
    private readonly Lock _lock = new(); // senders record, the endpoint reads
    private DateTimeOffset _start = Floor(time.GetUtcNow());
    private int _errorCount;

    /// <summary>Records a request that has just ended.</summary>
    public void Record(double durationMs, bool isError)
    {
        lock (_lock)
        {
            Close_NeedsLock();
            _durationsMs.Add(durationMs);
            _errorCount += isError ? 1 : 0;
        }
    }

    /// <summary>The closed windows that start at or after an instant, oldest first.</summary>
    public LoadWindow[] Since(DateTimeOffset instant)
    {
        lock (_lock)
        {
            Close_NeedsLock();
            return [.. _closed.Where(window => window.Start >= instant)];
        }
    }

    /// <summary>Closes every window whose time has passed, empty ones too.</summary>
    private void Close_NeedsLock()
    {
        var current = Floor(time.GetUtcNow());
        while (_start < current)
        {
            if (_closed.Count == WindowCountMax)
            {
                _closed.Dequeue();
            }

            _durationsMs.Sort();
            double? p95 = _durationsMs.Count == 0
                ? null
                : Math.Round(_durationsMs[(int)Math.Ceiling(0.95 * _durationsMs.Count) - 1], 1);
            _closed.Enqueue(new LoadWindow(_start, _durationsMs.Count, _errorCount, p95));
            _durationsMs.Clear();
            _errorCount = 0;
            _start = _start.AddSeconds(WindowSeconds);
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds() / WindowSeconds * WindowSeconds);
}
