using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Processor and memory of each pod, followed without learning: a new pod has no band to leave.</summary>
internal sealed class UsageBook(RcaOptions options)
{
    private readonly Dictionary<EntityRef, UsageTrack> _byPod = [];

    public UsageTrack? Find(EntityRef pod) => _byPod.GetValueOrDefault(pod);

    /// <summary>The series' place in the book; null when it measures something else, or there are too many
    /// pods.</summary>
    public UsageSeries? Place(SeriesKey series, EntityRef pod)
    {
        var (isMemory, source) = series.Metric switch
        {
            "container_cpu_usage_seconds_total" => (false, UsageSource.Container),
            "container_memory_working_set_bytes" => (true, UsageSource.Container),
            "process_cpu_seconds_total" => (false, UsageSource.Process),
            "process_resident_memory_bytes" or "process_working_set_bytes" => (true, UsageSource.Process),
            _ => (false, (UsageSource?)null),
        };
        if (source is not { } kind)
        {
            return null;
        }

        var container = series.LabelOrNull("container") ?? "";
        if (container == "POD")
        {
            return null;
        }

        kind = kind == UsageSource.Container && container.Length == 0 ? UsageSource.Pod : kind;
        if (!_byPod.TryGetValue(pod, out var track))
        {
            if (_byPod.Count >= options.MaxPods)
            {
                return null;
            }

            track = new UsageTrack();
            _byPod.Add(pod, track);
        }

        var placed = new UsageSeries(track, kind, isMemory);
        track.Attach(series.Id, placed);
        return placed;
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
