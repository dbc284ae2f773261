using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>How long each pod takes to answer: services are judged as a whole, but a node slows only the pods on
/// it.</summary>
internal sealed class ServeBook(RcaOptions options)
{
    private readonly Dictionary<EntityRef, ServeTrack> _byPod = [];

    public ServeTrack? Find(EntityRef pod) => _byPod.GetValueOrDefault(pod);

    /// <summary>The series' place in the book; null when it is not half of a served requests' duration, or there are
    /// too many pods.</summary>
    public ServeSeries? Place(SeriesKey series, EntityRef pod)
    {
        var isSum = series.Metric.EndsWith("_sum", StringComparison.Ordinal);
        if ((!isSum && !series.Metric.EndsWith("_count", StringComparison.Ordinal))
            || !series.Metric.Contains("_server_", StringComparison.Ordinal)
            || !series.Metric.Contains("_duration", StringComparison.Ordinal))
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

        return new ServeSeries(track, isSum);
    }

    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var pod in _byPod.Where(pair => pair.Value.LastAt < horizon).Select(pair => pair.Key).ToArray())
        {
            _byPod.Remove(pod);
        }
    }
}
