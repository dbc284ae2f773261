namespace CaaS.Rca.Findings;

/// <summary>What one pod used over the last quarter of an hour.</summary>
internal sealed class UsageTrack
{
    /// <summary>Samples kept, five seconds apart: a quarter of an hour.</summary>
    private const int MaxSamples = 180;

    /// <summary>Series of one pod: a pod has a handful of containers.</summary>
    private const int MaxSeries = 64;

    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(45);

    private readonly SortedDictionary<ulong, UsageSeries> _series = [];
    private readonly Queue<UsageSample> _samples = new();
    private DateTimeOffset _lastSample = DateTimeOffset.MinValue;

    public DateTimeOffset LastAt => _lastSample;

    /// <summary>What was used, oldest first.</summary>
    public IReadOnlyCollection<UsageSample> Samples => _samples;

    public void Attach(ulong id, UsageSeries series)
    {
        if (_series.Count < MaxSeries)
        {
            _series[id] = series;
        }
    }

    public void Sample(DateTimeOffset now)
    {
        if (now - _lastSample < Spacing)
        {
            return;
        }

        _lastSample = now;
        _samples.Enqueue(new UsageSample(now, Sum(false, now), Sum(true, now)));
        while (_samples.Count > MaxSamples)
        {
            _samples.Dequeue();
        }
    }

    /// <summary>Mean cores between two instants; NaN without a sample.</summary>
    public double Cores(DateTimeOffset from, DateTimeOffset to) =>
        Mean(_samples.Where(s => s.At > from && s.At <= to && double.IsFinite(s.Cores)).Select(s => s.Cores));

    /// <summary>The first instant after another at which so many cores were used, or null.</summary>
    public DateTimeOffset? RoseAt(double cores, DateTimeOffset from)
    {
        foreach (var sample in _samples)
        {
            if (sample.At > from && sample.Cores >= cores)
            {
                return sample.At;
            }
        }

        return null;
    }

    /// <summary>Largest working set between two instants, bytes; NaN without a sample.</summary>
    public double PeakBytes(DateTimeOffset from, DateTimeOffset to) =>
        _samples.Where(s => s.At > from && s.At <= to && double.IsFinite(s.Bytes))
            .Select(s => s.Bytes).DefaultIfEmpty(double.NaN).Max();

    /// <summary>Smallest working set between two instants, bytes; NaN without a sample.</summary>
    public double LowBytes(DateTimeOffset from, DateTimeOffset to) =>
        _samples.Where(s => s.At > from && s.At <= to && double.IsFinite(s.Bytes))
            .Select(s => s.Bytes).DefaultIfEmpty(double.NaN).Min();

    private static double Mean(IEnumerable<double> values)
    {
        var sum = 0.0;
        var count = 0;
        foreach (var value in values)
        {
            sum += value;
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }

    private double Sum(bool isMemory, DateTimeOffset now)
    {
        var best = double.NaN;
        for (var source = UsageSource.Process; source >= UsageSource.Container; source--)
        {
            var sum = double.NaN;
            foreach (var series in _series.Values)
            {
                if (series.IsMemory == isMemory && series.Source == source && now - series.At < Fresh && double.IsFinite(series.Value))
                {
                    sum = (double.IsFinite(sum) ? sum : 0) + series.Value;
                }
            }

            best = double.IsFinite(sum) ? sum : best;
        }

        return best;
    }
}
