using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>All targets of all sources, in the order they were first seen.</summary>
internal sealed class TargetBook(AnalyticsOptions options)
{
    private readonly Dictionary<string, SourceState> _sources = [];
    private readonly Dictionary<(string Source, EntityRef Entity, string Pod), Target> _byKey = [];

    /// <summary>Finds or makes a target.</summary>
    /// <param name="source">Name of the source.</param>
    /// <param name="entity">Entity of its series.</param>
    /// <param name="pod">Pod label, or empty.</param>
    /// <param name="owner">State of the pod or entity.</param>
    /// <returns>The target, or null beyond the cap.</returns>
    public Target? Of(string source, EntityRef entity, string pod, ObjectState? owner)
    {
        if (_byKey.TryGetValue((source, entity, pod), out var target) || _byKey.Count >= options.MaxObjects)
        {
            return target;
        }

        if (!_sources.TryGetValue(source, out var state))
        {
            state = new SourceState(options);
            _sources.Add(source, state);
        }

        Label[] labels = pod.Length == 0
            ? [new Label("source", source)]
            : [new Label(SeriesKey.PodLabel, pod), new Label("source", source)];
        var key = new SeriesKey(entity, SignalRoles.SilenceMetric, labels, MetricKind.Gauge);
        target = new Target(state, key, owner, options);
        _byKey.Add((source, entity, pod), target);
        state.TargetCount++;
        return target;
    }

    /// <summary>Judges all silences; call once a slot.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="observedMs">Observed time.</param>
    /// <param name="found">Where to tell.</param>
    public void Judge(long nowMs, long observedMs, List<Anomaly> found)
    {
        foreach (var (key, target) in _byKey)
        {
            var isForgotten = observedMs - target.HeardMs >= options.ForgetAfter.TotalMilliseconds;
            var told = isForgotten ? target.Forget(nowMs) : target.Judge(nowMs, observedMs);
            if (told is not null)
            {
                found.Add(told);
            }

            if (isForgotten)
            {
                _byKey.Remove(key);
                _sources[key.Source].TargetCount--;
            }
        }
    }
}
