using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>All targets of all sources, in the order they were first seen.</summary>
internal sealed class TargetBook(AnalyticsOptions options)
{
    private readonly Dictionary<string, SourceState> _sources = [];
    private readonly Dictionary<SeriesKey, Target> _byKey = [];
    private readonly List<Target> _order = [];

    /// <summary>Finds or makes a target.</summary>
    /// <param name="source">Name of the source.</param>
    /// <param name="entity">Entity of its series.</param>
    /// <param name="pod">Pod label, or empty.</param>
    /// <param name="owner">State of the pod or entity.</param>
    /// <returns>The target, or null beyond the cap.</returns>
    public Target? Of(string source, EntityRef entity, string pod, ObjectState? owner)
    {
        Label[] labels = pod.Length == 0
            ? [new Label("source", source)]
            : [new Label(SeriesKey.PodLabel, pod), new Label("source", source)];
        var key = new SeriesKey(entity, SignalRoles.SilenceMetric, labels, MetricKind.Gauge);
        if (_byKey.TryGetValue(key, out var target) || _order.Count >= options.MaxObjects)
        {
            return target;
        }

        if (!_sources.TryGetValue(source, out var state))
        {
            state = new SourceState(options);
            _sources.Add(source, state);
        }

        target = new Target(state, key, owner, options);
        _byKey.Add(key, target);
        _order.Add(target);
        state.TargetCount++;
        return target;
    }

    /// <summary>Judges all silences; call once a slot.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="observedMs">Observed time.</param>
    /// <param name="found">Where to tell.</param>
    public void Judge(long nowMs, long observedMs, List<Anomaly> found)
    {
        var kept = 0;
        for (var index = 0; index < _order.Count; index++)
        {
            var target = _order[index];
            var isForgotten = observedMs - target.HeardMs >= options.ForgetAfter.TotalMilliseconds;
            var told = isForgotten ? target.Forget(nowMs) : target.Judge(nowMs, observedMs);
            if (told is not null)
            {
                found.Add(told);
            }

            if (isForgotten)
            {
                _byKey.Remove(target.Key);
                target.Source.TargetCount--;
                continue;
            }

            _order[kept++] = target;
        }

        _order.RemoveRange(kept, _order.Count - kept);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Map(_sources, source => Sync(archive, source));
        archive.List(_order, target => Sync(archive, target) ?? throw StateArchive.Damaged("a target is missing"));
        foreach (var target in _order)
        {
            _byKey[target.Key] = target;
        }
    }

    /// <summary>Saves or loads a target, which a series may still feed after it was forgotten here.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="target">Target; null for none, and while loading.</param>
    /// <returns>The one that counts.</returns>
    public Target? Sync(StateArchive archive, Target? target) => archive.SharedOrNull(target, item =>
    {
        var source = Sync(archive, item?.Source);
        var key = archive.Key(item?.Key);
        var owner = ObjectState.Sync(archive, item?.Owner);
        item ??= new Target(source, key, owner, options);
        item.Sync(archive);
        return item;
    });

    private SourceState Sync(StateArchive archive, SourceState? source) => archive.Shared(source, item =>
    {
        item ??= new SourceState(options);
        item.Sync(archive);
        return item;
    });
}
