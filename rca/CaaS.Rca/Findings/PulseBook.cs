using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Which pods, nodes and sources still speak.</summary>
internal sealed class PulseBook(RcaOptions options)
{
    private readonly Dictionary<EntityRef, Pulse> _byEntity = [];
    private readonly SortedDictionary<string, Pulse> _bySource = new(StringComparer.Ordinal);

    /// <summary>The pulse of a pod or node; null when there are too many.</summary>
    public Pulse? Of(EntityRef entity, DateTimeOffset now)
    {
        if (!_byEntity.TryGetValue(entity, out var pulse) && _byEntity.Count < options.MaxPods * 2)
        {
            pulse = new Pulse(now);
            _byEntity.Add(entity, pulse);
        }

        return pulse;
    }

    public Pulse? Find(EntityRef entity) => _byEntity.GetValueOrDefault(entity);

    public void BeatSource(string source, DateTimeOffset now)
    {
        if (_bySource.TryGetValue(source, out var pulse))
        {
            pulse.Beat(now);
        }
        else if (_bySource.Count < 100)
        {
            _bySource.Add(source, new Pulse(now));
        }
    }

    public bool IsSilent(EntityRef entity, DateTimeOffset now) =>
        _byEntity.TryGetValue(entity, out var pulse) && pulse.IsSilent(now, options.SilenceAfter);

    public bool HasSource(string source) => _bySource.ContainsKey(source);

    /// <summary>Sources that were regular and have said nothing for a minute.</summary>
    public IEnumerable<(string Source, TimeSpan Quiet)> SilentSources(DateTimeOffset now) =>
        from pair in _bySource
        where pair.Value.IsSilent(now, TimeSpan.FromMinutes(1))
        select (pair.Key, now - pair.Value.Last);

    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var entity in _byEntity.Where(pair => pair.Value.Last < horizon).Select(pair => pair.Key).ToArray())
        {
            _byEntity.Remove(entity);
        }
    }
}
