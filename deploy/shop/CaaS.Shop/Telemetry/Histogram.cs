using System.Globalization;
using System.Text;

namespace CaaS.Shop.Telemetry;

/// <summary>One Prometheus histogram family in seconds, with .NET's own bucket bounds for HTTP.</summary>
internal sealed class Histogram(string name, string help)
{
    /// <summary>Label sets kept; the shop's routes, callees and status codes make a few dozen.</summary>
    private const int SeriesCountMax = 200;

    private static readonly double[] Bounds =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly Lock _lock = new(); // observations are few and short

    /// <summary>Counts one duration under a label set.</summary>
    /// <param name="labels">The set as Prometheus writes it between braces; empty values left out.</param>
    /// <param name="duration">What was measured.</param>
    public void Observe(string labels, TimeSpan duration)
    {
        var seconds = duration.TotalSeconds;
        lock (_lock)
        {
            if (!_series.TryGetValue(labels, out var series))
            {
                if (_series.Count >= SeriesCountMax)
                {
                    return;
                }

                _series[labels] = series = new Series(new long[Bounds.Length + 1]);
            }

            var index = Array.BinarySearch(Bounds, seconds);
            series.Counts[index < 0 ? ~index : index]++;
            series.Sum += seconds;
        }
    }

    /// <summary>Writes the family in Prometheus' text format.</summary>
    public void WriteTo(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} histogram\n");
        lock (_lock)
        {
            foreach (var (labels, series) in _series)
            {
                var count = 0L;
                for (var index = 0; index <= Bounds.Length; index++)
                {
                    count += series.Counts[index];
                    var bound = index == Bounds.Length
                        ? "+Inf"
                        : Bounds[index].ToString(CultureInfo.InvariantCulture);
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"{bound}\"}} {count}\n");
                }

                text.Append(CultureInfo.InvariantCulture, $"{name}_sum{{{labels}}} {series.Sum}\n");
                text.Append(CultureInfo.InvariantCulture, $"{name}_count{{{labels}}} {count}\n");
            }
        }
    }

    private sealed class Series(long[] counts)
    {
        /// <summary>Observations per bucket, not cumulative; the last is above every bound.</summary>
        public long[] Counts { get; } = counts;

        public double Sum { get; set; }
    }
}
