using CaaS.Analytics.Derived;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>How much each pod serves, and how long it takes: services are judged as a whole, but a node slows only the
/// pods on it.</summary>
internal sealed class ServeBook(RcaOptions options)
{
    private readonly Dictionary<EntityRef, ServeTrack> _byPod = [];

    public ServeTrack? Find(EntityRef pod) => _byPod.GetValueOrDefault(pod);

    /// <summary>The series' place in the book; null when it does not count requests or their duration, or there are
    /// too many pods.</summary>
    public ServeSeries? Place(SeriesKey series, EntityRef pod)
    {
        if (PartOf(series.Metric) is not { } part)
        {
            return null;
        }

        if (!_byPod.TryGetValue(pod, out var track))
        {
            if (_byPod.Count >= options.MaxPods)
            {
                return null;
            }

            track = new ServeTrack();
            _byPod.Add(pod, track);
        }

        return new ServeSeries(track, part, RequestSeries.HasFailed(series) == true);
    }

    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var pod in _byPod.Where(pair => pair.Value.LastAt < horizon).Select(pair => pair.Key).ToArray())
        {
            _byPod.Remove(pod);
        }
    }

    private static ServePart? PartOf(string metric)
    {
        var isSum = metric.EndsWith("_sum", StringComparison.Ordinal);
        if ((!isSum && !metric.EndsWith("_count", StringComparison.Ordinal)) || !metric.Contains("_duration", StringComparison.Ordinal))
        {
            return null;
        }

        return metric.Contains("_server_", StringComparison.Ordinal) ? isSum ? ServePart.Time : ServePart.Served
            : metric.Contains("_client_", StringComparison.Ordinal) && !isSum ? ServePart.Made
            : null;
    }
}
